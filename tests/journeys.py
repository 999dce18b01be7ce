"""A citizen who has been sent a questionnaire, for tests that go the way of her browser."""

from __future__ import annotations

from datetime import datetime

from flask.testing import FlaskClient

from database.engine import Database
from portal.services import links, pins
from portal.services.invitations import Invited, send_questionnaire
from portal.store.people import Citizen
from tests.cases import Case
from tests.factories import HASHER

PIN = "4711"


def give_pin(database: Database, case: Case, now: datetime) -> str:
    """She has chosen ``PIN``; the short code that she types with it."""
    with database.write(case.municipality_id) as session:
        pins.choose_pin(session, case.citizen_id, HASHER.hash(PIN), now)
        return session.get_one(Citizen, case.citizen_id).short_code


def sign_in_by_pin(client: FlaskClient, database: Database, case: Case, now: datetime) -> FlaskClient:
    """``client`` is her browser from now on."""
    short_code = give_pin(database, case, now)
    assert client.post("/kode", data={"code": short_code, "pin": PIN}).location == "/hjem"
    return client


def invite(database: Database, case: Case, now: datetime) -> str:
    """The token of the link in her SMS."""
    with database.write(case.municipality_id) as session:
        result = send_questionnaire(session, case.citizen_id, case.questionnaire_id, case.staff_id, now)
        assert isinstance(result, Invited)
        return links.make_link(session, result.invitation_id, now)


def answer_whole_form(client: FlaskClient, token: str, belief_in_work: str = "4") -> None:
    """From the link to the receipt."""
    form = client.post(f"/{token}").location.rpartition("/")[0]
    client.post(f"{form}/1", data={"belief_in_work": belief_in_work})
    client.post(f"{form}/2", data={"job_search": "1"})
    assert client.post(f"{form}/4", data={"wish": "Arbejde i en have"}).location == f"{form}/tak"
