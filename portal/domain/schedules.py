"""When a schedule asks whom: the schedule, what is known of a citizen, and today -> what is due, once each time.

Days are local days of the municipality's calendar.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.ageing import Standing, add_months

CATCH_UP = timedelta(days=14)
"""What a schedule could not ask on its day (a pause, a machine that was off) it asks within this time."""
ASKED_LATELY = timedelta(days=30)
"""Who was asked the same so lately, and has not answered yet, is still being asked."""


class ScheduleKind(StrEnum):
    EVERY = "every"
    """Every ``months`` months, counted for each citizen from the last time she was asked."""
    START_AND_AFTER = "start_and_after"
    """When she begins, and ``months`` months later."""
    BEFORE_MEETING = "before_meeting"
    """``days`` days before her next meeting."""
    COURSE_END = "course_end"
    """On the last day of her course."""


class DateKind(StrEnum):
    """The days of hers that a schedule counts from, beside her meetings."""

    START = "start"
    COURSE_END = "course_end"


DATES: dict[ScheduleKind, DateKind] = {
    ScheduleKind.START_AND_AFTER: DateKind.START,
    ScheduleKind.COURSE_END: DateKind.COURSE_END,
}
NEEDS_A_DAY = frozenset({*DATES, ScheduleKind.BEFORE_MEETING})
"""Meetings have a table of their own."""


class LeftOut(StrEnum):
    """Why a citizen of the team is not asked when the others are."""

    EXEMPT = "exempt"
    DROPPED_OUT = "dropped_out"
    PAUSED = "paused"
    ASKED_LATELY = "asked_lately"
    NO_DATE = "no_date"
    NOTHING_AHEAD = "nothing_ahead"
    """Her day has passed, or she has been asked."""


@dataclass(frozen=True)
class Schedule:
    """``months`` for the kinds that count months, ``days`` for those that count days; 0 for the others."""

    kind: ScheduleKind
    starts_on: date
    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class CitizenFacts:
    """``last_asked_on``: her newest invitation to this questionnaire, answered or not; ``has_open``: it has no
    answer yet. ``day``: the day of hers that the schedule counts from. ``asked``: the occurrences there were."""

    standing: Standing = Standing.ACTIVE
    paused: bool = False
    last_asked_on: date | None = None
    has_open: bool = False
    day: date | None = None
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Occurrence:
    """``key`` tells it apart from the schedule's other occurrences for the same citizen. It is asked about from
    ``on`` to ``until``, both included; ``until`` is None where it never grows old."""

    key: str
    on: date
    until: date | None = None

    def is_due(self, today: date) -> bool:
        return self.on <= today and (self.until is None or today <= self.until)

    def is_ahead(self, today: date) -> bool:
        return self.until is None or today <= self.until


def due(schedule: Schedule, facts: CitizenFacts, today: date) -> Occurrence | LeftOut | None:
    """What to ask her today; why she is left out; or None when nothing of hers is due yet."""
    coming = upcoming(schedule, facts, today)
    return coming if not isinstance(coming, Occurrence) or coming.is_due(today) else None


def upcoming(schedule: Schedule, facts: CitizenFacts, today: date) -> Occurrence | LeftOut:
    """What she will be asked next, today or later; or why nothing."""
    for reason, holds in _outside(facts, today).items():
        if holds:
            return reason
    if schedule.kind in NEEDS_A_DAY and facts.day is None:
        return LeftOut.NO_DATE
    ahead = (each for each in _occurrences(schedule, facts) if _is_wanted(each, schedule, facts, today))
    return next(ahead, LeftOut.NOTHING_AHEAD)


def _outside(facts: CitizenFacts, today: date) -> dict[LeftOut, bool]:
    lately = facts.last_asked_on is not None and today - facts.last_asked_on < ASKED_LATELY
    return {
        LeftOut.EXEMPT: facts.standing is Standing.EXEMPT,
        LeftOut.DROPPED_OUT: facts.standing is Standing.DROPPED_OUT,
        LeftOut.PAUSED: facts.paused,
        LeftOut.ASKED_LATELY: facts.has_open and lately,
    }


def _is_wanted(each: Occurrence, schedule: Schedule, facts: CitizenFacts, today: date) -> bool:
    return each.on >= schedule.starts_on and each.key not in facts.asked and each.is_ahead(today)


def _occurrences(schedule: Schedule, facts: CitizenFacts) -> tuple[Occurrence, ...]:
    """In the order of time."""
    if schedule.kind is ScheduleKind.EVERY:
        return (_every(schedule, facts.last_asked_on),)
    if facts.day is None:
        return ()
    day = facts.day
    if schedule.kind is ScheduleKind.START_AND_AFTER:
        after = add_months(day, schedule.months)
        return (_dated("start", day), _dated(f"after-{schedule.months}", after))
    if schedule.kind is ScheduleKind.BEFORE_MEETING:
        on = max(day - timedelta(days=schedule.days), schedule.starts_on)
        # On the day of the meeting itself they can talk.
        return (Occurrence(f"meeting-{day.isoformat()}", on, day - timedelta(days=1)),)
    return (_dated(f"course-{day.isoformat()}", day),)


def _every(schedule: Schedule, last_asked_on: date | None) -> Occurrence:
    """Each asking moves the next one: she is never asked twice within the months, whoever asked her."""
    if last_asked_on is None:
        return Occurrence(f"every-{schedule.starts_on.isoformat()}", schedule.starts_on)
    on = max(add_months(last_asked_on, schedule.months), schedule.starts_on)
    return Occurrence(f"every-{on.isoformat()}", on)


def _dated(key: str, on: date) -> Occurrence:
    return Occurrence(key, on, on + CATCH_UP)
