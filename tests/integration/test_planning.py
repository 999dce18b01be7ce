"""A schedule asks by itself: invitations, SMS and ladders in bulk, each occurrence once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from database.engine import Database
from messaging.outbox import OutboxMessage
from portal.domain.meetings import Way
from portal.domain.schedules import ScheduleKind
from portal.runtime import Portal
from portal.services import planning
from portal.services.invitations import send_questionnaire
from portal.services.sms.texts import SmsTexts
from portal.store.answering import Invitation, Measurement
from portal.store.meetings import Meeting
from portal.store.people import Citizen, Staff
from portal.store.reminders import ReminderLadder, ReminderSchedule
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case
from tests.portals import portal_on
from tests.windows import local

MONDAY = local("2026-11-16T07:30")


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database, lambda: MONDAY)


def schedule(database: Database, case: Case, **values: Any) -> int:
    known: dict[str, Any] = {
        "kind": ScheduleKind.EVERY,
        "months": 3,
        "starts_on": MONDAY.date(),
        "questionnaire_id": case.questionnaire_id,
        "made_by": case.staff_id,
        "created_at": MONDAY,
    }
    with database.write(case.municipality_id) as session:
        team_id = session.get_one(Citizen, case.citizen_id).team_id
        row = ReminderSchedule(team_id=team_id, **{**known, **values})
        session.add(row)
        session.flush()
        return row.id


def more_citizens(database: Database, case: Case, count: int, **values: Any) -> None:
    with database.write(case.municipality_id) as session:
        staff = session.get_one(Staff, case.staff_id)
        for _ in range(count):
            factories.add_citizen(session, MONDAY - timedelta(days=200), staff, **values)


def plan_at(portal: Portal, moment: datetime) -> None:
    portal.clock = lambda: moment
    planning.plan_due(portal, moment)


def count(database: Database, case: Case, what: type[Any]) -> int:
    with database.read(case.municipality_id) as session:
        return session.scalar(select(func.count(what.id))) or 0


def test_a_team_is_asked_by_each_ones_own_caseworker_in_the_morning(
    portal: Portal, database: Database, case: Case
) -> None:
    more_citizens(database, case, 4)
    schedule(database, case)
    plan_at(portal, MONDAY)
    with database.read(case.municipality_id) as session:
        messages = session.scalars(select(OutboxMessage)).all()
        invitations = session.scalars(select(Invitation)).all()
        ladders = session.scalars(select(ReminderLadder)).all()
        entries = session.scalars(select(ThreadEntry)).all()
    assert {message.due_at for message in messages} == {local("2026-11-16T09:00")}
    assert {each.message_id for each in invitations} == {message.id for message in messages}
    assert {each.message_id for each in ladders} == {each.message_id for each in entries}
    assert {each.sent_by for each in invitations} == {case.staff_id}
    assert len({each.citizen_id for each in invitations}) == len(ladders) == 5


def test_a_planned_sms_is_rendered_as_any_other_and_held_as_what_is_planned(
    portal: Portal, database: Database, case: Case
) -> None:
    schedule(database, case)
    plan_at(portal, MONDAY)
    portal.clock = lambda: local("2026-11-16T09:00")
    with database.write(case.municipality_id) as session:
        message = session.scalars(select(OutboxMessage)).one()
        assert "Hej Mette" in str(SmsTexts(portal).render(session, message))
        session.get_one(Citizen, case.citizen_id).reminders_paused_at = MONDAY
        session.flush()
        assert "paused" in str(SmsTexts(portal).render(session, message))


def test_a_planning_that_runs_again_asks_nobody_twice(
    portal: Portal, database: Database, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "AT_ONCE", 2)
    more_citizens(database, case, 4)
    made = schedule(database, case)
    for hour in range(3):
        planning.plan(portal, case.municipality_id, made, MONDAY + timedelta(hours=hour))
    assert (count(database, case, Invitation), count(database, case, OutboxMessage)) == (5, 5)


def test_an_occurrence_that_another_worker_has_planned_meanwhile_is_left_to_it(
    portal: Portal, database: Database, case: Case
) -> None:
    made = schedule(database, case)
    with database.read(case.municipality_id) as session:
        wanted = planning.due_today(session, session.get_one(ReminderSchedule, made), MONDAY.date())
    for _ in range(2):
        with database.write(case.municipality_id) as session:
            planning._ask(session, made, wanted, MONDAY)
    assert count(database, case, Invitation) == 1


def test_three_months_later_she_is_asked_again_about_a_new_measurement(
    portal: Portal, database: Database, case: Case
) -> None:
    schedule(database, case)
    plan_at(portal, MONDAY)
    plan_at(portal, MONDAY + timedelta(days=60))
    assert count(database, case, Invitation) == 1
    plan_at(portal, MONDAY + timedelta(days=92))
    assert (count(database, case, Invitation), count(database, case, Measurement)) == (2, 2)


def test_nothing_is_planned_in_the_night(portal: Portal, database: Database, case: Case) -> None:
    schedule(database, case)
    plan_at(portal, local("2026-11-16T06:59"))
    assert count(database, case, Invitation) == 0


@pytest.mark.parametrize("state", ["paused_at", "stopped_at"])
def test_a_schedule_that_is_paused_or_stopped_asks_nobody(
    portal: Portal, database: Database, case: Case, state: str
) -> None:
    schedule(database, case, **{state: MONDAY})
    plan_at(portal, MONDAY)
    assert count(database, case, Invitation) == 0


def test_who_stands_outside_or_was_asked_lately_is_left_out(
    portal: Portal, database: Database, case: Case
) -> None:
    more_citizens(database, case, 1, standing="exempt")
    more_citizens(database, case, 1, reminders_paused_at=MONDAY)
    more_citizens(database, case, 1, reminders_paused_at=MONDAY, reminders_paused_until=MONDAY.date())
    with database.write(case.municipality_id) as session:
        send_questionnaire(session, case.citizen_id, case.questionnaire_id, case.staff_id, MONDAY)
    schedule(database, case)
    plan_at(portal, MONDAY)
    assert count(database, case, Invitation) == 2


def test_before_a_meeting_counts_from_her_next_meeting_and_stops_on_it(
    portal: Portal, database: Database, case: Case
) -> None:
    more_citizens(database, case, 1)
    schedule(database, case, kind=ScheduleKind.BEFORE_MEETING, months=None, days=3)
    with database.write(case.municipality_id) as session:
        session.add(
            Meeting(
                citizen_id=case.citizen_id, starts_at=local("2026-11-20T10:00"), way=Way.PHONE,
                made_by=case.staff_id, made_at=MONDAY,
            )
        )  # fmt: skip
    plan_at(portal, MONDAY)
    assert count(database, case, Invitation) == 0
    plan_at(portal, MONDAY + timedelta(days=1))
    with database.read(case.municipality_id) as session:
        ladder = session.scalars(select(ReminderLadder)).one()
    assert ladder.citizen_id == case.citizen_id
    assert ladder.too_late_at == local("2026-11-20T00:00")
