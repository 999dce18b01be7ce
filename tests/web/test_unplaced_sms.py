"""The list of SMS that belong to nobody's conversation."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape

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
from portal.web.phones import as_read
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
        message_id = inbound.store(session, sms, NOW).message_id
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
    assert "Hvem er I?" in page and as_read("+4510999999") in page and "Ingen borger har nummeret" in page
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


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def add_mette(database: Database, desk: Desk) -> int:
    with database.write(desk.municipality_id) as session:
        return factories.add_citizen(session, NOW, session.get_one(Staff, desk.lone.id)).id


def test_an_sms_is_found_its_citizen_by_search_and_stands_in_her_thread(
    client: FlaskClient, database: Database, desk: Desk
) -> None:
    mette, sms = add_mette(database, desk), the_id(database, desk)
    sign_in_as(client, database, desk.lone)
    assert f"/ukendte/{sms}" in page(client, "/ukendte")
    for words, shown in (("zz", "Ingen i dit team passer"), ("holm", "Mette Holm")):
        assert shown in client.post(f"/ukendte/{sms}", data={"q": words}).text
    answer = client.post(f"/ukendte/{sms}/laeg", data={"citizen_id": mette})
    assert answer.location == f"/borgere/{mette}/samtale#slut"
    shown = page(client, f"/borgere/{mette}/samtale")
    assert "Hvem er I?" in shown and "lagt her af en kollega" in shown
    assert "Hvem er I?" not in page(client, "/ukendte")
    assert "inbox.placed" in actions(database, desk)


@pytest.mark.parametrize("chosen", ["", "0", "999", "x"])
def test_a_citizen_must_be_chosen_before_an_sms_is_placed(
    client: FlaskClient, database: Database, desk: Desk, chosen: str
) -> None:
    sign_in_as(client, database, desk.lone)
    answer = client.post(f"/ukendte/{the_id(database, desk)}/laeg", data={"citizen_id": chosen})
    assert (answer.status_code, "Vælg den borger" in unescape(answer.text)) == (422, True)


def test_putting_away_asks_why_and_can_be_undone(client: FlaskClient, database: Database, desk: Desk) -> None:
    sign_in_as(client, database, desk.lone)
    address = f"/ukendte/{the_id(database, desk)}"
    assert client.post(f"{address}/afslut", data={"reason": "because"}).status_code == 422
    client.post(f"{address}/afslut", data={"reason": "advertising"})
    assert client.get(address).status_code == 404
    away = page(client, "/ukendte/lagt-vaek")
    assert "Hvem er I?" in away and "Reklame" in away
    assert client.post(f"{address}/fortryd").status_code == 303
    assert client.post(f"{address}/fortryd").status_code == 404
    assert "Hvem er I?" in page(client, "/ukendte")
    assert "Hvem er I?" not in page(client, "/ukendte/lagt-vaek")


def test_an_sms_in_the_wrong_conversation_is_taken_out_again(
    client: FlaskClient, database: Database, desk: Desk
) -> None:
    with database.write(desk.municipality_id) as session:
        citizen = factories.add_citizen(session, NOW, desk.lone)
        other = factories.add_staff(session, NOW, team=factories.add_team(session, "Team Bakken"))
    sign_in_as(client, database, desk.lone)
    address = f"/ukendte/{the_id(database, desk)}"
    client.post(f"{address}/laeg", data={"citizen_id": citizen.id})
    thread = page(client, f"/borgere/{citizen.id}/samtale")
    assert "Hvem er I?" in thread and "fortryd det under SMS uden samtale" in thread
    away = page(client, "/ukendte/lagt-vaek")
    assert "Lagt i en samtale" in away and "Hvem er I?" in away and "Mette Holm" in away
    sign_in_as(client, database, other)
    assert "Hvem er I?" not in page(client, "/ukendte/lagt-vaek")
    assert client.post(f"{address}/fortryd").status_code == 404, "another team's citizen"
    sign_in_as(client, database, desk.lone)
    assert client.post(f"{address}/fortryd").status_code == 303
    assert client.post(f"{address}/fortryd").status_code == 404
    assert "Hvem er I?" not in page(client, f"/borgere/{citizen.id}/samtale")
    assert "Hvem er I?" in page(client, "/ukendte")
    assert "inbox.taken_back" in actions(database, desk)


def test_a_number_is_blocked_and_let_in_again(client: FlaskClient, database: Database, desk: Desk) -> None:
    sign_in_as(client, database, desk.lone)
    client.post(f"/ukendte/{the_id(database, desk)}/spaer")
    assert "Hvem er I?" not in page(client, "/ukendte")
    assert "+4510999999" in page(client, "/ukendte/spaerret")
    assert client.post("/ukendte/spaerret/1/ophaev").status_code == 303
    assert "+4510999999" not in page(client, "/ukendte/spaerret")
    assert client.post("/ukendte/spaerret/1/ophaev").status_code == 404


def test_a_suppliers_staff_reach_no_page_of_it(client: FlaskClient, database: Database, desk: Desk) -> None:
    sms = the_id(database, desk)
    sign_in_as(client, database, desk.supplier)
    assert client.get(f"/ukendte/{sms}").status_code == 404
    for action in ("laeg", "spaer", "fortryd"):
        assert client.post(f"/ukendte/{sms}/{action}").status_code == 404
    assert "+4510999999" not in page(client, "/ukendte/spaerret")


def test_words_of_crisis_from_a_stranger_are_told_on_the_list_of_citizens(
    client: FlaskClient, database: Database, desk: Desk
) -> None:
    sms = InboundSms("twilio", "SM2", "+4510999998", "+4510900000", "Jeg vil ikke leve mere")
    with database.write(desk.municipality_id) as session:
        message_id = inbound.store(session, sms, NOW).message_id
        inbound.process(session, message_id, Inbox(), NOW)
    sign_in_as(client, database, desk.lone)
    assert "1 SMS uden samtale indeholder ord fra listen" in page(client, "/borgere")
    assert "Beskeden indeholder ord fra listen" in page(client, "/ukendte")
    sign_in_as(client, database, desk.supplier)
    assert "ord fra listen" not in page(client, "/borgere")
