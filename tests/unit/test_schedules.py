"""When a schedule asks whom: what is due, once each time, and why somebody is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.ageing import Standing, add_months
from portal.domain.schedules import (
    CATCH_UP,
    CitizenFacts,
    LeftOut,
    Occurrence,
    Schedule,
    ScheduleKind,
    due,
    upcoming,
)

DAY = date(2026, 11, 30)
EVERY = Schedule(ScheduleKind.EVERY, DAY, months=3)
START = Schedule(ScheduleKind.START_AND_AFTER, DAY, months=6)
MEETING = Schedule(ScheduleKind.BEFORE_MEETING, DAY, days=3)
COURSE = Schedule(ScheduleKind.COURSE_END, DAY)

days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
schedules = st.builds(
    Schedule, st.sampled_from(ScheduleKind), days, months=st.integers(1, 12), days=st.integers(0, 14)
)


def on(schedule: Schedule, today: date, **facts: Any) -> date | LeftOut | None:
    found = due(schedule, CitizenFacts(**facts), today)
    return found.on if isinstance(found, Occurrence) else found


def test_every_three_months_is_counted_from_the_last_time_she_was_asked() -> None:
    assert on(EVERY, DAY) == DAY
    assert on(EVERY, DAY, last_asked_on=date(2026, 9, 1)) is None
    assert on(EVERY, date(2026, 12, 1), last_asked_on=date(2026, 9, 1)) == date(2026, 12, 1)


def test_a_month_that_is_too_short_ends_the_count_on_its_last_day() -> None:
    assert on(EVERY, date(2027, 2, 28), last_asked_on=DAY) == date(2027, 2, 28)


def test_nobody_is_asked_before_the_schedule_begins() -> None:
    assert on(EVERY, DAY - timedelta(days=1)) is None
    assert on(EVERY, DAY - timedelta(days=1), last_asked_on=date(2026, 1, 1)) is None


def test_at_the_start_and_six_months_later() -> None:
    begun = date(2026, 12, 7)
    assert on(START, begun, day=begun) == begun
    after = date(2027, 6, 7)
    facts = {"day": begun, "asked": frozenset({"start"}), "last_asked_on": begun}
    assert on(START, after - timedelta(days=1), **facts) is None
    assert on(START, after, **facts) == after
    assert on(START, after, **{**facts, "asked": frozenset({"start", "after-6"})}) is LeftOut.NOTHING_AHEAD


def test_who_began_before_the_schedule_is_asked_only_what_still_lies_ahead() -> None:
    found = upcoming(START, CitizenFacts(day=date(2026, 10, 1)), DAY)
    assert isinstance(found, Occurrence) and found.on == date(2027, 4, 1)


def test_before_a_meeting_and_never_on_its_day() -> None:
    meeting = date(2026, 12, 10)
    assert on(MEETING, date(2026, 12, 6), day=meeting) is None
    assert on(MEETING, date(2026, 12, 7), day=meeting) == date(2026, 12, 7)
    assert on(MEETING, date(2026, 12, 9), day=meeting) == date(2026, 12, 7)  # the day was set late
    assert on(MEETING, meeting, day=meeting) is LeftOut.NOTHING_AHEAD


def test_a_new_meeting_is_asked_about_anew() -> None:
    asked = frozenset({"meeting-2026-12-10"})
    assert on(MEETING, date(2026, 12, 8), day=date(2026, 12, 10), asked=asked) is LeftOut.NOTHING_AHEAD
    assert on(MEETING, date(2026, 12, 8), day=date(2026, 12, 11), asked=asked) == date(2026, 12, 8)


def test_the_end_of_a_course_is_caught_up_for_two_weeks() -> None:
    ends = date(2026, 12, 4)
    assert on(COURSE, ends, day=ends) == ends
    assert on(COURSE, ends + CATCH_UP, day=ends) == ends
    assert on(COURSE, ends + CATCH_UP + timedelta(days=1), day=ends) is LeftOut.NOTHING_AHEAD


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"standing": Standing.EXEMPT}, LeftOut.EXEMPT),
        ({"standing": Standing.DROPPED_OUT}, LeftOut.DROPPED_OUT),
        ({"paused": True}, LeftOut.PAUSED),
        ({"last_asked_on": DAY - timedelta(days=29), "has_open": True}, LeftOut.ASKED_LATELY),
    ],
)
@pytest.mark.parametrize("schedule", [EVERY, START, MEETING, COURSE])
def test_who_is_left_out_is_left_out_with_a_reason(
    schedule: Schedule, facts: dict[str, Any], reason: LeftOut
) -> None:
    assert on(schedule, DAY, day=DAY, **facts) is reason


@pytest.mark.parametrize("schedule", [START, MEETING, COURSE])
def test_who_has_no_date_is_left_out_and_that_is_said(schedule: Schedule) -> None:
    assert on(schedule, DAY) is LeftOut.NO_DATE


@given(schedules, days, days, st.integers(1, 400), st.data())
def test_each_occurrence_is_asked_once_however_often_the_planning_runs(
    schedule: Schedule, first: date, day: date, length: int, data: st.DataObject
) -> None:
    """Day by day over a year, some days skipped, some planned twice."""
    facts, keys, asked_on = CitizenFacts(day=day), [], []
    for number in range(length):
        today = first + timedelta(days=number)
        for _ in range(data.draw(st.integers(0, 2)) if number < 40 else 1):
            found = due(schedule, facts, today)
            if isinstance(found, Occurrence):
                assert found.on <= today
                assert found.on >= schedule.starts_on
                keys.append(found.key)
                asked_on.append(today)
                facts = replace(facts, asked=facts.asked | {found.key}, last_asked_on=today)
    assert len(keys) == len(set(keys))
    if schedule.kind is ScheduleKind.EVERY:
        pairs = pairwise(asked_on)
        assert all(later >= add_months(earlier, schedule.months) for earlier, later in pairs)


@given(schedules, days, days)
def test_what_is_due_today_is_what_comes_next(schedule: Schedule, day: date, today: date) -> None:
    facts = CitizenFacts(day=day)
    found = due(schedule, facts, today)
    assert found is None or found == upcoming(schedule, facts, today)
