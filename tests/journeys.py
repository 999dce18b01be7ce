"""A citizen who has been sent a questionnaire, for tests that go the way of her browser."""

from __future__ import annotations

from datetime import datetime

from flask.testing import FlaskClient

from database.engine import Database
from portal.services import links
from portal.services.invitations import Invited, send_questionnaire
from tests.cases import Case


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
