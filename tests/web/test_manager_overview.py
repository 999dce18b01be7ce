"""The manager's page: every number leads to the list behind it, every rate names its denominator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from database.engine import Database
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.questionnaires import Questionnaire
from portal.domain.stored_forms import to_dict
from portal.store.answering import Invitation, Response
from portal.store.audit import AuditEvent
from portal.store.people import Citizen
from tests.conftest import NOW, add_municipality
from tests.factories import add_citizen, add_measurement, add_questionnaire, add_staff, add_team
from tests.web.conftest import sign_in_as

FORM = to_dict(Questionnaire(key="progression_citizen", titles={"da": "Hvordan går det?"}, pages=()))


@pytest.fixture
def manager(client: FlaskClient, database: Database) -> FlaskClient:
    """A manager, signed in, whose one team has a white citizen, a red one, a grey one and an exempt one."""
    municipality = add_municipality(database)
    with database.write(municipality) as session:
        team = add_team(session)
        caseworker = add_staff(session, NOW, team=team)
        manager = add_staff(session, NOW, role="manager", name="Birthe Dam")
        version = add_questionnaire(session, NOW, FORM)
        answered = {
            "Mette": timedelta(days=10),
            "Ali": timedelta(days=200),
            "Olena": None,
            "Bo": timedelta(days=1),
        }
        for number, (name, age) in enumerate(answered.items()):
            standing = "exempt" if name == "Bo" else "active"
            citizen = add_citizen(session, NOW, caseworker, first_name=name, standing=standing)
            measurement = add_measurement(session, NOW, citizen, version.questionnaire)
            finished_at = NOW - age if age else None
            message = OutboxMessage(
                dedupe_key=str(number), kind="invitation", recipient_ref=citizen.id, parameters={},
                status=Status.DELIVERED, reference=f"reference {number}", created_at=NOW, sent_at=NOW, finished_at=NOW,
            )  # fmt: skip
            session.add(message)
            session.flush()
            session.add(
                Invitation(
                    measurement_id=measurement.id, citizen_id=citizen.id, questionnaire_id=version.questionnaire_id,
                    sent_by=caseworker.id, created_at=NOW, message_id=message.id, finished_at=finished_at,
                )
            )  # fmt: skip
            if finished_at:
                session.add(
                    Response(
                        ref=f"ref{number}", measurement_id=measurement.id, citizen_id=citizen.id, version_id=version.id,
                        respondent="citizen", language="da", started_at=finished_at, finished_at=finished_at,
                    )
                )  # fmt: skip
    sign_in_as(client, database, manager)
    return client


def test_the_status_table_counts_each_citizen_once_and_the_exempt_outside(manager: FlaskClient) -> None:
    page = manager.get("/ledelse").text
    for group in ("white", "red", "grey", "exempt"):
        assert f'gruppe={group}"' in page, group
    assert 'gruppe=yellow"' not in page
    assert '<td class="number" data-title="Borgere">3</td>' in page


def test_a_number_leads_to_the_names_behind_it_with_what_is_missing(manager: FlaskClient) -> None:
    page = manager.get("/ledelse/borgere?skema=progression_citizen&gruppe=grey").text
    assert "Olena Holm" in page
    assert "Leveret, ikke åbnet" in page
    assert "Mette" not in page


def test_reading_a_list_of_citizens_leaves_a_trace(manager: FlaskClient, database: Database) -> None:
    manager.get("/ledelse/borgere?gruppe=red")
    with database.read(1) as session:
        subjects = session.scalars(
            select(AuditEvent.subject).where(AuditEvent.action == "citizen_list.read")
        ).all()
    assert subjects == ["red team all"]


def test_the_funnel_names_its_denominator_and_its_interval(manager: FlaskClient) -> None:
    page = manager.get("/ledelse").text
    assert "3/4" in page  # finished of sent
    assert "75 %" in page.replace("\xa0", " ")
    assert "30 %–95 %" in page.replace("\xa0", " ")  # Wilson, 3 of 4


SENSELESS = ("/ledelse/borgere?gruppe=blue", "/ledelse/borgere?gruppe=red&team=77", "/ledelse?periode=9")


@pytest.mark.parametrize("address", SENSELESS)
def test_an_address_that_makes_no_sense_is_not_found(manager: FlaskClient, address: str) -> None:
    assert manager.get(address).status_code == 404


def test_a_team_without_sendings_shows_no_rate(manager: FlaskClient, database: Database) -> None:
    with database.write(1) as session:
        add_team(session, "Team Tom")
    assert "0/0" in manager.get("/ledelse").text


def test_the_page_costs_the_same_queries_however_many_citizens(
    manager: FlaskClient, database: Database
) -> None:
    def queries() -> int:
        counted: list[str] = []
        event.listen(database.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
        manager.get("/ledelse")
        return len(counted)

    few = queries()
    with database.write(1) as session:
        caseworker = session.get_one(Citizen, 1).caseworker
        for _ in range(30):
            add_citizen(session, NOW, caseworker)
    many = queries() - few
    assert few <= 12
    assert many <= few
