"""What a caseworker sees and decides of a citizen's reminders: the pause, the days they count from, what has ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from portal.domain.ageing import local_day
from portal.domain.ladders import NO_ANSWER
from portal.domain.questionnaires import Texts
from portal.domain.schedules import DateKind
from portal.store import ladders, schedules
from portal.store.people import Citizen
from portal.store.questionnaires import definition, newest_versions
from portal.store.reminders import CitizenDate, ReminderLadder


@dataclass(frozen=True)
class LadderSeen:
    """``waits_for_a_person``: it ended without an answer, and nobody has taken it up."""

    titles: Texts
    ladder: ReminderLadder
    waits_for_a_person: bool


@dataclass(frozen=True)
class RemindersOf:
    ladders: tuple[LadderSeen, ...]
    dates: Mapping[DateKind, CitizenDate]
    is_paused: bool

    @property
    def wait_for_a_person(self) -> bool:
        return any(each.waits_for_a_person for each in self.ladders)


def of_citizen(session: TenantSession, citizen: Citizen, now: datetime) -> RemindersOf:
    titles = {each.questionnaire_id: definition(each).titles for each in newest_versions(session)}
    rows = ladders.newest_of(session, citizen.id)
    return RemindersOf(
        ladders=tuple(
            LadderSeen(titles.get(form, {}), row, _waits(row) and place == 0)
            for place, (row, form) in enumerate(rows)
        ),
        dates=schedules.dates_of(session, citizen.id),
        is_paused=is_paused(citizen, local_day(now, COPENHAGEN)),
    )


def is_paused(citizen: Citizen, today: date) -> bool:
    until = citizen.reminders_paused_until
    return citizen.reminders_paused_at is not None and (until is None or today < until)


def is_ahead(day: date, now: datetime) -> bool:
    return day > local_day(now, COPENHAGEN)


def pause(citizen: Citizen, until: date | None, now: datetime) -> None:
    """Up to the day ``until``, or until it is lifted."""
    citizen.reminders_paused_at, citizen.reminders_paused_until = now, until


def resume(citizen: Citizen) -> None:
    """What was held goes on within a day: each is asked about again at its own hour."""
    citizen.reminders_paused_at = citizen.reminders_paused_until = None


def set_dates(
    session: TenantSession,
    citizen: Citizen,
    wanted: Mapping[DateKind, date | None],
    staff_id: int,
    now: datetime,
) -> None:
    """None takes a day away. The team's schedules look at them again today."""
    known = schedules.dates_of(session, citizen.id)
    for kind, day in wanted.items():
        row = known.get(kind)
        if day is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(CitizenDate(citizen_id=citizen.id, kind=kind, day=day, set_by=staff_id, set_at=now))
        elif row.day != day:
            row.day, row.set_by, row.set_at = day, staff_id, now
    schedules.plan_again(session, citizen.team_id)


def _waits(row: ReminderLadder) -> bool:
    return row.end == NO_ANSWER and row.settled_at is None
