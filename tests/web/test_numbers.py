"""A citizen's number on the pages: changed or confirmed by staff, and STOP said on her own page."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.services import pins
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case, make_case
from tests.conftest import NOW
from tests.factories import HASHER
from tests.web.conftest import sign_in_as

PIN = "4711"


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


@pytest.fixture
def desk(client: FlaskClient, database: Database, case: Case) -> FlaskClient:
    with database.read(case.municipality_id) as session:
        lone = session.get_one(Staff, case.staff_id)
    sign_in_as(client, database, lone)
    return client


@pytest.fixture
def hers(client: FlaskClient, database: Database, case: Case) -> FlaskClient:
    """The citizen, signed in with her PIN."""
    with database.write(case.municipality_id) as session:
        pins.choose_pin(session, case.citizen_id, HASHER.hash(PIN), NOW)
        code = session.get_one(Citizen, case.citizen_id).short_code
    assert client.post("/kode", data={"code": code, "pin": PIN}).location == "/hjem"
    return client


def citizen(database: Database, case: Case) -> Citizen:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id)


def kinds(database: Database, case: Case) -> list[tuple[str, str]]:
    with database.read(case.municipality_id) as session:
        return [(each.kind, each.channel) for each in session.scalars(select(ThreadEntry))]


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_a_new_number_is_taken_as_it_is_written_with_a_mark_and_a_trace(
    desk: FlaskClient, database: Database, case: Case
) -> None:
    answer = desk.post(f"/borgere/{case.citizen_id}/nummer", data={"phone": "12 34 56 78"})
    assert answer.location == f"/borgere/{case.citizen_id}"
    assert citizen(database, case).phone == "+4512345678"
    assert kinds(database, case) == [("number_changed", "portal")]
    with database.read(case.municipality_id) as session:
        trace = session.scalars(select(AuditEvent).where(AuditEvent.action == "citizen.number_changed")).one()
    assert "1234" not in str(trace.subject)
    assert "Nummeret er skiftet" in text(desk, f"/borgere/{case.citizen_id}")


@pytest.mark.parametrize("typed", ["", "1234", "ingen"])
def test_what_is_no_number_is_refused_beside_the_field_with_what_was_typed(
    desk: FlaskClient, database: Database, case: Case, typed: str
) -> None:
    before = citizen(database, case).phone
    answer = desk.post(f"/borgere/{case.citizen_id}/nummer", data={"phone": typed})
    assert answer.status_code == 422
    assert 'id="phone-error"' in answer.text and f'value="{typed}"' in answer.text
    assert citizen(database, case).phone == before


def test_a_frozen_number_is_confirmed_with_one_button(
    desk: FlaskClient, database: Database, case: Case
) -> None:
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).frozen_at = NOW
    assert "/nummer" in text(desk, f"/borgere/{case.citizen_id}")
    assert "/nummer-rigtigt" in text(desk, f"/borgere/{case.citizen_id}/nummer")
    desk.post(f"/borgere/{case.citizen_id}/nummer-rigtigt")
    assert citizen(database, case).frozen_at is None
    assert kinds(database, case) == [("number_confirmed", "portal")]


def test_a_number_that_somebody_else_has_is_taken_and_said_to_be_shared(
    desk: FlaskClient, database: Database, case: Case
) -> None:
    with database.write(case.municipality_id) as session:
        lone = session.get_one(Staff, case.staff_id)
        factories.add_citizen(session, NOW, lone, phone="+4512345678", first_name="Sara")
    desk.post(f"/borgere/{case.citizen_id}/nummer", data={"phone": "12345678"})
    page = text(desk, f"/borgere/{case.citizen_id}")
    assert "Flere borgere har nummeret" in page and "Sara" not in page


def test_she_says_no_and_yes_to_sms_on_her_own_page_each_with_one_button(
    hers: FlaskClient, database: Database, case: Case
) -> None:
    assert "/hjem/kontakt/sms" in text(hers, "/hjem/kontakt")
    assert "Du får SMS fra os" in text(hers, "/hjem/kontakt/sms")
    assert hers.post("/hjem/kontakt/sms/stop").location == "/hjem/kontakt"
    page = text(hers, "/hjem/kontakt")
    assert "Vi sender dig ikke flere SMS" in page and "Digital Post" in page
    assert citizen(database, case).opted_out_at == NOW
    hers.post("/hjem/kontakt/sms/stop")
    hers.post("/hjem/kontakt/sms/start")
    assert "Nu får du SMS fra os igen" in text(hers, "/hjem/kontakt")
    assert citizen(database, case).opted_out_at is None
    assert [kind for kind, _ in kinds(database, case)] == ["opted_out", "opted_in"]


@pytest.mark.parametrize("path", ["/hjem/kontakt/sms", "/hjem/kontakt/sms/stop", "/hjem/kontakt/sms/start"])
def test_nobody_else_says_it_for_her(client: FlaskClient, database: Database, case: Case, path: str) -> None:
    answer = client.get(path) if path == "/hjem/kontakt/sms" else client.post(path)
    assert answer.status_code in (302, 401)
    assert citizen(database, case).opted_out_at is None
