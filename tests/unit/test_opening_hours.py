"""When a team is open, and by which day an answer may be expected."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.public_holidays import danish
from portal.domain.opening_hours import (
    Clock,
    Closing,
    OpeningHours,
    Span,
    clock,
    expected_reply_by,
    is_open,
    next_opening,
    weekdays,
)

ZONE = ZoneInfo("Europe/Copenhagen")
WEEK = weekdays(time(9), time(15))
HOURS = OpeningHours(ZONE, WEEK, is_holiday=danish())


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE).astimezone(UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (local(2026, 11, 18, 9, 0), True),
        (local(2026, 11, 18, 8, 59), False),
        (local(2026, 11, 18, 14, 59), True),
        (local(2026, 11, 18, 15, 0), False),
        (local(2026, 11, 21, 11, 0), False),  # a Saturday
        (local(2026, 12, 25, 11, 0), False),  # Christmas Day
        (local(2026, 4, 2, 11, 0), False),  # Maundy Thursday
        (local(2026, 3, 30, 9, 0), True),  # the Monday after the clock went forward
    ],
)
def test_it_is_open_within_the_hours_of_a_working_day(moment: datetime, expected: bool) -> None:
    assert is_open(moment, HOURS) is expected


@pytest.mark.parametrize(
    ("received", "by"),
    [
        (local(2026, 11, 24, 10, 0), date(2026, 11, 26)),  # Tuesday, Thursday
        (local(2026, 11, 24, 7, 0), date(2026, 11, 26)),  # before opening it is today's
        (local(2026, 11, 24, 15, 0), date(2026, 11, 27)),  # after closing it is tomorrow's
        (local(2026, 11, 27, 14, 59), date(2026, 12, 1)),  # Friday: over the weekend
        (local(2026, 11, 28, 12, 0), date(2026, 12, 2)),  # Saturday comes in on Monday
        (local(2026, 4, 1, 16, 0), date(2026, 4, 9)),  # before Easter: Tuesday is the first day
        (local(2026, 12, 23, 16, 0), date(2026, 12, 30)),  # Christmas: 24 to 26 are holidays, 27 a Sunday
        (local(2026, 12, 31, 16, 0), date(2027, 1, 6)),  # over the turn of the year
        (local(2026, 3, 27, 14, 0), date(2026, 3, 31)),  # over the night the clock goes forward
        (local(2026, 10, 23, 14, 0), date(2026, 10, 27)),  # and back
    ],
)
def test_the_answer_is_expected_two_working_days_after_the_message_came_in(
    received: datetime, by: date
) -> None:
    hours = OpeningHours(ZONE, WEEK, is_holiday=_with_christmas_eve)
    assert expected_reply_by(received, hours) == by


def _with_christmas_eve(day: date) -> bool:
    return danish()(day) or (day.month, day.day) == (12, 24)


def test_a_closing_of_the_teams_own_moves_the_day() -> None:
    closing = Closing(date(2026, 11, 25), date(2026, 11, 27))
    hours = OpeningHours(ZONE, WEEK, (closing,), danish())
    assert not is_open(local(2026, 11, 25, 11, 0), hours)
    assert expected_reply_by(local(2026, 11, 24, 10, 0), hours) == date(2026, 12, 1)


def test_the_hours_are_those_of_the_wall_clock_on_both_sides_of_a_changed_clock() -> None:
    assert next_opening(local(2026, 3, 28, 12, 0), HOURS) == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
    assert next_opening(local(2026, 10, 24, 12, 0), HOURS) == datetime(2026, 10, 26, 8, 0, tzinfo=UTC)


def test_hours_that_the_changed_clock_swallows_are_no_opening() -> None:
    night = OpeningHours(ZONE, {6: Span(time(2, 0), time(3, 0))})
    assert next_opening(local(2026, 3, 29, 0, 0), night) == local(2026, 4, 5, 2, 0)


def test_a_week_that_never_opens_is_no_week() -> None:
    with pytest.raises(ValueError, match="one weekday"):
        OpeningHours(ZONE, {})
    with pytest.raises(ValueError, match="open before"):
        Span(time(15), time(9))
    with pytest.raises(ValueError, match="begin before"):
        Closing(date(2026, 2, 2), date(2026, 2, 1))


def test_a_team_that_is_always_on_holiday_is_said_to_be() -> None:
    shut = OpeningHours(ZONE, WEEK, is_holiday=lambda _day: True)
    with pytest.raises(ValueError, match="ten years"):
        expected_reply_by(local(2026, 1, 1, 12, 0), shut)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(25, Clock.OVERDUE), (26, Clock.TODAY), (27, Clock.IN_TIME)],
)
def test_the_clock_runs_out_when_the_day_is_over(day: int, expected: Clock) -> None:
    late_evening = local(2026, 11, 26, 23, 30)
    assert clock(date(2026, 11, day), late_evening, ZONE) is expected


moments = st.integers(1_577_836_800, 2_240_611_200).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
spans = st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Span(*pair))
weeks = st.dictionaries(st.integers(0, 6), spans, min_size=1)
closings = st.lists(
    st.builds(
        lambda first, days: Closing(first, first + timedelta(days=days)),
        st.dates(date(2019, 12, 1), date(2041, 1, 1)),
        st.integers(0, 40),
    ),
    max_size=4,
).map(tuple)
HOLIDAYS = danish()
any_hours = st.builds(lambda week, closed: OpeningHours(ZONE, week, closed, HOLIDAYS), weeks, closings)


@given(moments, any_hours)
def test_the_next_opening_lies_ahead_and_is_open(now: datetime, hours: OpeningHours) -> None:
    opening = next_opening(now, hours)
    assert opening > now and is_open(opening, hours)


@given(moments, any_hours, st.integers(0, 10))
def test_an_answer_is_expected_on_a_working_day_and_never_before_the_message(
    received: datetime, hours: OpeningHours, days: int
) -> None:
    by = expected_reply_by(received, hours, days)
    assert hours.works_on(by) and by >= received.astimezone(ZONE).date()


@given(moments, st.timedeltas(timedelta(0), timedelta(days=30)), any_hours)
def test_who_writes_later_is_never_answered_earlier(
    received: datetime, later: timedelta, hours: OpeningHours
) -> None:
    assert expected_reply_by(received, hours) <= expected_reply_by(received + later, hours)


@given(moments, any_hours, st.integers(0, 5))
def test_one_working_day_more_is_the_next_working_day(
    received: datetime, hours: OpeningHours, days: int
) -> None:
    by, later = (expected_reply_by(received, hours, each) for each in (days, days + 1))
    between = (by + timedelta(days=each) for each in range(1, (later - by).days))
    assert later > by and not any(map(hours.works_on, between))
