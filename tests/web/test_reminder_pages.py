"""The caseworker's pages about reminders: the pause, the days, what was not sent, and the schedules."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from database.tenancy import TenantSession
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.schedules import DateKind
from portal.store.answering import Invitation
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Staff
from portal.store.questionnaires import Questionnaire
from portal.store.reminders import CitizenDate, ReminderLadder, ReminderSchedule
from tests.cases import Case, make_case
from tests.conftest import NOW
from tests.factories import add_citizen, add_measurement, add_staff, add_team
from tests.web.conftest import sign_in_as

DAY = timedelta(days=1)


@pytest.fixture
def case(database: Database, municipality: int, client: FlaskClient) -> Case:
    made = make_case(database, municipality, NOW - 100 * DAY)
    with database.read(municipality) as session:
        lone = session.get_one(Staff, made.staff_id)
    sign_in_as(client, database, lone)
    return made


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.text
    return response.text


def citizen(database: Database, case: Case) -> Citizen:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id)


def message(database: Database, case: Case, **values: object) -> None:
    with database.write(case.municipality_id) as session:
        known = {
            "kind": "reminder",
            "recipient_ref": case.citizen_id,
            "parameters": {},
            "created_at": NOW - DAY,
        }
        number = len(session.scalars(select(OutboxMessage.id)).all())
        row = {**known, "dedupe_key": f"k{number}", "reference": f"r{number}", **values}
        session.add(OutboxMessage(**row))


def ended_ladder(database: Database, case: Case) -> None:
    with database.write(case.municipality_id) as session:
        owner = session.get_one(Citizen, case.citizen_id)
        invitation = Invitation(
            measurement_id=add_measurement(session, NOW, owner, _form(session, case)).id,
            citizen_id=case.citizen_id, questionnaire_id=case.questionnaire_id, sent_by=case.staff_id,
            created_at=NOW - 12 * DAY,
        )  # fmt: skip
        session.add(invitation)
        session.flush()
        session.add(
            ReminderLadder(
                invitation_id=invitation.id, citizen_id=case.citizen_id, taken=3, too_late_at=NOW + 18 * DAY,
                ended_at=NOW - DAY, end="no_answer",
            )
        )  # fmt: skip


def _form(session: TenantSession, case: Case) -> Questionnaire:

    return session.get_one(Questionnaire, case.questionnaire_id)


def wanted(case: Case, **values: str) -> dict[str, str]:
    first = {"form": str(case.questionnaire_id), "kind": "every", "months": "3", "starts_on": "2026-11-30"}
    return {**first, "days": "3", "group": "", **values}


def test_a_pause_is_set_seen_on_the_card_and_lifted(
    client: FlaskClient, database: Database, case: Case
) -> None:
    path = f"/borgere/{case.citizen_id}/paamindelser"
    client.post(f"{path}/pause", data={"until": "2026-12-01"})
    assert citizen(database, case).reminders_paused_until == date(2026, 12, 1)
    assert "på pause" in page(client, f"/borgere/{case.citizen_id}")
    assert "tirsdag den 1. december" in page(client, path)
    client.post(f"{path}/genoptag")
    assert citizen(database, case).reminders_paused_at is None
    with database.read(case.municipality_id) as session:
        actions = session.scalars(select(AuditEvent.action)).all()
    assert {"reminders.paused", "reminders.resumed"} <= set(actions)


def test_a_pause_may_last_until_it_is_lifted(client: FlaskClient, database: Database, case: Case) -> None:
    client.post(f"/borgere/{case.citizen_id}/paamindelser/pause", data={"until": ""})
    assert citizen(database, case).reminders_paused_at == NOW


@pytest.mark.parametrize("until", ["2026-11-18", "2020-01-01", "i morgen"])
def test_a_pause_to_a_day_that_is_not_ahead_is_refused(
    client: FlaskClient, database: Database, case: Case, until: str
) -> None:
    answer = client.post(f"/borgere/{case.citizen_id}/paamindelser/pause", data={"until": until})
    assert answer.status_code == 422
    assert "efter i dag" in answer.text
    assert citizen(database, case).reminders_paused_at is None


def test_dates_are_set_changed_and_taken_away_and_the_schedules_look_again(
    client: FlaskClient, database: Database, case: Case
) -> None:
    client.post("/planer", data=wanted(case, kind="before_meeting", starts_on="2026-11-18"))
    with database.write(case.municipality_id) as session:
        session.scalars(select(ReminderSchedule)).one().planned_on = NOW.date()
    path = f"/borgere/{case.citizen_id}/paamindelser/datoer"
    client.post(path, data={"course_end": "2026-11-24", "start": "2026-11-02"})
    client.post(path, data={"course_end": "2026-11-25", "start": ""})
    with database.read(case.municipality_id) as session:
        dates = {row.kind: row.day for row in session.scalars(select(CitizenDate))}
        assert session.scalars(select(ReminderSchedule)).one().planned_on is None
    assert dates == {DateKind.COURSE_END: date(2026, 11, 25)}
    assert client.post(path, data={"course_end": "32-13"}).status_code == 422


def test_who_did_not_answer_three_sms_is_on_both_lists_until_somebody_takes_it_up(
    client: FlaskClient, database: Database, case: Case
) -> None:
    ended_ladder(database, case)
    assert "Tre SMS uden svar: ring" in page(client, "/borgere")
    assert "Ring til 1" in page(client, "/ikke-sendt")
    assert "Tre SMS uden svar" in page(client, f"/borgere/{case.citizen_id}/paamindelser")
    client.post(f"/borgere/{case.citizen_id}/paamindelser/taget")
    assert "uden svar: ring" not in page(client, "/borgere")
    assert "Ring til" not in page(client, "/ikke-sendt")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": Status.WITHHELD, "reason": "opted_out"}, ("der er skrevet STOP", "skriver START")),
        ({"status": Status.FAILED, "reason": "number_invalid"}, ("nummeret findes ikke", "nyt nummer")),
        ({"status": Status.UNDELIVERED, "reason": "phone_unreachable"}, ("slukket", "Prøv igen senere")),
        ({"status": Status.UNKNOWN, "reason": "no_receipt"}, ("ikke hørt fra", "Spørg borgeren")),
        ({"status": Status.QUEUED, "reason": "unanswered"}, ("mangler svar", "Svar på borgerens besked")),
        ({"status": Status.QUEUED, "reason": "paused"}, ("sat på pause", "Slut pausen")),
    ],
)
def test_what_was_not_sent_says_why_and_what_to_do(
    client: FlaskClient, database: Database, case: Case, values: dict[str, object], words: tuple[str, str]
) -> None:
    message(database, case, **values)
    shown = page(client, "/ikke-sendt")
    for each in words:
        assert each in shown


def test_what_was_not_needed_or_has_been_made_good_is_not_on_the_list(
    client: FlaskClient, database: Database, case: Case
) -> None:
    message(database, case, status=Status.UNDELIVERED, reason="phone_unreachable")
    message(database, case, status=Status.DELIVERED)
    message(database, case, status=Status.WITHHELD, reason="answered")
    message(database, case, status=Status.QUEUED, reason="outside_hours")
    assert "Alt er sendt" in page(client, "/ikke-sendt")


def test_another_teams_messages_are_not_on_the_list(
    client: FlaskClient, database: Database, case: Case
) -> None:
    message(database, case, status=Status.FAILED, reason="refused")
    with database.write(case.municipality_id) as session:
        stranger = add_staff(session, NOW, team=add_team(session, "Team Fjorden"))
    sign_in_as(client, database, stranger)
    assert "Alt er sendt" in page(client, "/ikke-sendt")
    page(client, f"/borgere/{case.citizen_id}/paamindelser", 404)


def test_a_schedule_is_shown_before_it_is_made(client: FlaskClient, database: Database, case: Case) -> None:
    with database.write(case.municipality_id) as session:
        lone = session.get_one(Staff, case.staff_id)
        add_citizen(session, NOW, lone, standing="exempt")
        add_citizen(session, NOW, lone, opted_out_at=NOW)
    shown = client.post("/planer/ny", data=wanted(case)).text
    assert "spørger 2 borgere" in shown
    assert "mandag den 30. november" in shown
    assert "1 er fritaget" in shown
    assert "1 har skrevet STOP" in shown
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(ReminderSchedule)).all() == []
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    for _ in range(2):
        assert client.post("/planer", data=sent).status_code == 303
    with database.read(case.municipality_id) as session:
        row = session.scalars(select(ReminderSchedule)).one()
    assert (row.months, row.starts_on, row.made_by) == (3, date(2026, 11, 30), case.staff_id)
    assert "Hver 3. måned" in page(client, "/planer")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"months": "0"}, "fra 1 til 24"),
        ({"months": "tre"}, "fra 1 til 24"),
        ({"kind": "before_meeting", "days": "99"}, "fra 1 til 30"),
        ({"starts_on": "2026-11-17"}, "fra i dag"),
        ({"starts_on": ""}, "fra i dag"),
        ({"form": "999"}, "Vælg et spørgeskema"),
        ({"group": "7"}, "Vælg en gruppe"),
        ({"kind": "nu"}, "Vælg, hvornår"),
    ],
)
def test_what_is_wrong_with_a_schedule_is_said_beside_the_field(
    client: FlaskClient, case: Case, values: dict[str, str], words: str
) -> None:
    answer = client.post("/planer/ny", data=wanted(case, **values))
    assert answer.status_code == 422
    assert words in answer.text
    assert client.post("/planer", data=wanted(case, **values)).status_code == 422


def test_a_schedule_is_paused_resumed_and_stopped_for_good(
    client: FlaskClient, database: Database, case: Case
) -> None:
    client.post("/planer", data=wanted(case))
    for verb, words in (("pause", "På pause"), ("genoptag", "I gang"), ("stop", "Stoppet")):
        assert client.post(f"/planer/1/{verb}").status_code == 303
        assert words in page(client, "/planer")
    assert client.post("/planer/1/genoptag").status_code == 404


def test_a_schedule_of_another_team_is_not_there(client: FlaskClient, database: Database, case: Case) -> None:
    client.post("/planer", data=wanted(case))
    with database.write(case.municipality_id) as session:
        stranger = add_staff(session, NOW, team=add_team(session, "Team Fjorden"))
    sign_in_as(client, database, stranger)
    assert client.post("/planer/1/stop").status_code == 404
    assert "ingen planer" in page(client, "/planer")
