"""The list of SMS that belong to nobody's conversation."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from messaging import inbound
from messaging.gateway import InboundSms
from portal.services.inbound import Inbox
from portal.store.audit import AuditEvent
from portal.store.people import Staff
from portal.store.thread import UnplacedMessage
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.web.conftest import sign_in_as


@dataclass(frozen=True)
class Desk:
    municipality_id: int
    lone: Staff
    supplier: Staff
    stranger: Staff
    """A caseworker of another municipality."""


@pytest.fixture
def desk(database: Database) -> Desk:
    here, there = add_municipality(database), add_municipality(database, "nabokoebing", "+4510900001")
    with database.write(here) as session:
        lone = factories.add_staff(session, NOW, team=factories.add_team(session))
        supplier = factories.add_staff(
            session, NOW, team=factories.add_team(session, "Vej", is_supplier=True)
        )
    with database.write(there) as session:
        stranger = factories.add_staff(session, NOW, team=factories.add_team(session))
    sms = InboundSms("twilio", "SM1", "+4510999999", "+4510900000", "Hvem er I?")
    with database.write(here) as session:
        message_id = inbound.store(session, sms, NOW).message.id
        inbound.process(session, message_id, Inbox(), NOW)
    return Desk(here, lone, supplier, stranger)


def the_id(database: Database, desk: Desk) -> int:
    with database.read(desk.municipality_id) as session:
        return session.scalars(select(UnplacedMessage.id)).one()


def actions(database: Database, desk: Desk) -> list[str]:
    with database.read(desk.municipality_id) as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_a_caseworker_sees_what_came_from_whom_and_why_it_is_there(
    client: FlaskClient, database: Database, desk: Desk
) -> None:
    sign_in_as(client, database, desk.lone)
    page = client.get("/ukendte").get_data(as_text=True)
    assert "Hvem er I?" in page and "+4510999999" in page and "Ingen borger har nummeret" in page
    assert 'href="/ukendte"' in page
    assert "inbox.read" in actions(database, desk)


def test_what_is_put_away_leaves_the_list_with_a_trace(
    client: FlaskClient, database: Database, desk: Desk
) -> None:
    sign_in_as(client, database, desk.lone)
    address = f"/ukendte/{the_id(database, desk)}/afslut"
    why = {"reason": "wrong_number"}
    assert [client.post(address, data=why).status_code for _ in range(2)] == [303, 303]
    assert "Hvem er I?" not in client.get("/ukendte").get_data(as_text=True)
    assert actions(database, desk).count("inbox.settled") == 1


def test_a_suppliers_staff_see_none_and_can_put_none_away(
    client: FlaskClient, database: Database, desk: Desk
) -> None:
    sign_in_as(client, database, desk.supplier)
    assert "Hvem er I?" not in client.get("/ukendte").get_data(as_text=True)
    assert client.post(f"/ukendte/{the_id(database, desk)}/afslut").status_code == 404


def test_another_municipality_has_its_own_list(client: FlaskClient, database: Database, desk: Desk) -> None:
    sign_in_as(client, database, desk.stranger)
    assert "Hvem er I?" not in client.get("/ukendte").get_data(as_text=True)
    assert client.post(f"/ukendte/{the_id(database, desk)}/afslut").status_code == 404


def test_a_page_that_asks_for_news_after_the_sign_out_is_told_to_stop(
    client: FlaskClient, database: Database, desk: Desk
) -> None:
    assert client.get("/ukendte").status_code == 302
    assert client.get("/ukendte", headers={"HX-Request": "true"}).status_code == 401
