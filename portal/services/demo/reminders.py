"""Schedules of the demo, ladders that ended without an answer, a pause, and the days that schedules count from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from messaging.ladder import LADDER, TIME_FOR_THE_LAST
from portal.content.demo_people import KNOWN
from portal.domain.ladders import NO_ANSWER
from portal.domain.links import LIFETIME
from portal.domain.schedules import ScheduleKind
from portal.services.demo.courses import CITIZENS_FORM
from portal.services.demo.days import Days
from portal.services.demo.measurements import Asked
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.store.people import Staff
from portal.store.reminders import ReminderLadder, ReminderSchedule

UNANSWERED = frozenset({Stand.NOT_OPENED, Stand.NOT_STARTED})
MADE_DAYS_AGO = 120
STARTS_IN_DAYS = 21
"""A schedule that began today would fill the demo's phones by itself."""


def add_reminders(
    session: Session,
    staff: Sequence[Staff],
    residents: Sequence[Resident],
    asked: Sequence[Asked],
    days: Days,
) -> None:
    first = next(person for person in staff if person.role == "caseworker" and person.team_id)
    theirs = [each for each in residents if each.row.caseworker_id == first.id]
    session.add_all(_schedules(first, _followed(asked), days))
    session.add_all(ladder for each in asked if (ladder := _ended(each, days)) is not None)
    up_to_date = [each for each in theirs if each.plan.stand is Stand.UP_TO_DATE and not _is_known(each)]
    _pause(up_to_date[0], days)


def _followed(asked: Sequence[Asked]) -> int:
    """The form by which citizens are followed."""
    return next(each.invitation.questionnaire_id for each in asked if each.ask.form == CITIZENS_FORM)


def _schedules(maker: Staff, questionnaire_id: int, days: Days) -> list[ReminderSchedule]:
    shared = {
        "questionnaire_id": questionnaire_id,
        "team_id": maker.team_id,
        "made_by": maker.id,
        "starts_on": days.ahead(STARTS_IN_DAYS, 9).date(),
        "created_at": days.at(MADE_DAYS_AGO, 10),
    }
    return [
        ReminderSchedule(kind=ScheduleKind.EVERY, months=3, **shared),
        ReminderSchedule(kind=ScheduleKind.BEFORE_MEETING, days=3, **shared),
    ]


def _ended(asked: Asked, days: Days) -> ReminderLadder | None:
    """Asked three times, and heard nothing."""
    invitation = asked.invitation
    is_open = invitation.finished_at is None and invitation.cancelled_at is None
    if asked.resident.plan.stand not in UNANSWERED or not is_open:
        return None
    ended_at = asked.ask.asked_at + timedelta(days=LADDER[-1].days) + TIME_FOR_THE_LAST
    if ended_at > days.at(1, 8):
        return None
    return ReminderLadder(
        invitation_id=invitation.id,
        citizen_id=invitation.citizen_id,
        message_id=invitation.message_id,
        taken=len(LADDER),
        too_late_at=asked.ask.asked_at + LIFETIME,
        ended_at=ended_at,
        end=NO_ANSWER,
    )


def _pause(resident: Resident, days: Days) -> None:
    resident.row.reminders_paused_at = days.at(2, 13)
    resident.row.reminders_paused_until = days.ahead(30, 9).date()


def _is_known(resident: Resident) -> bool:
    return any(
        (known.first_name, known.last_name) == (resident.row.first_name, resident.row.last_name)
        for known in KNOWN
    )
