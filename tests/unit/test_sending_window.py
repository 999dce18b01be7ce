"""The hours in which a citizen may be written to, over weekends, holidays and every change of the clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.sending_window import SendingWindow
from tests.windows import (
    ANY_HOUR,
    DENMARK,
    HOLIDAY,
    OFFICE_HOURS,
    any_moment,
    any_window,
    local,
    moments,
    windows,
)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-18T08:59:59", "2026-11-18T09:00"),  # a Wednesday
        ("2026-11-18T18:00", "2026-11-19T09:00"),
        ("2026-11-20T18:30", "2026-11-23T09:00"),  # over a weekend
        ("2026-04-01T19:00", "2026-04-07T09:00"),  # over Easter
        ("2026-12-24T18:00", "2026-12-28T09:00"),  # over Christmas and a weekend
        ("2026-03-28T12:00", "2026-03-30T09:00"),  # over the night the clock goes forward
        ("2026-10-24T12:00", "2026-10-26T09:00"),  # and back
    ],
)
def test_the_next_opening_is_on_a_working_day(now: str, until: str) -> None:
    assert OFFICE_HOURS.next_opening(local(now)) == local(until).astimezone(UTC)


@pytest.mark.parametrize("now", ["2026-11-18T09:00", "2026-11-18T17:59:59", "2026-07-01T12:00"])
def test_it_is_open_in_the_hours(now: str) -> None:
    assert OFFICE_HOURS.is_open(local(now))


@given(windows(), any_moment)
def test_an_opening_lies_ahead_and_is_open(window: SendingWindow, now: datetime) -> None:
    opening = window.next_opening(now)
    assert opening > now
    assert window.is_open(opening)


@given(moments, st.integers(0, 10_000))
def test_no_opening_is_skipped(now: datetime, seconds: int) -> None:
    if not OFFICE_HOURS.is_open(now):
        between = now + (OFFICE_HOURS.next_opening(now) - now) * (seconds / 10_001)
        assert not OFFICE_HOURS.is_open(between)


@given(any_window, any_moment, st.times())
def test_a_wished_hour_is_kept_where_the_day_has_it(window: SendingWindow, now: datetime, at: time) -> None:
    day = window.local_day(now)
    found = window.first_open(day, at)
    assert window.is_open(found)
    assert window.local_day(found) >= day
    there = found.astimezone(window.tz).time()
    assert there in (at, window.start) or not window.is_open(
        datetime.combine(window.local_day(found), at, window.tz)
    )


def test_a_wished_hour_on_a_holiday_is_that_hour_on_the_next_working_day() -> None:
    assert OFFICE_HOURS.first_open(date(2026, 12, 25), time(15)) == local("2026-12-28T15:00")


def test_an_opening_that_the_clock_swallows_is_passed_over() -> None:
    small_hours = SendingWindow(DENMARK, frozenset(range(7)), time(2, 10), time(2, 50))
    assert small_hours.next_opening(local("2026-03-29T00:00")) == local("2026-03-30T02:10")


def test_a_window_that_never_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="weekday"):
        SendingWindow(DENMARK, frozenset())
    with pytest.raises(ValueError, match="before it closes"):
        SendingWindow(DENMARK, start=time(18), end=time(9))


def test_a_year_of_holidays_is_an_error_and_no_endless_search() -> None:
    closed = SendingWindow(DENMARK, is_holiday=lambda _day: True)
    with pytest.raises(ValueError, match="within a year"):
        closed.next_opening(local("2026-01-01T00:00"))


@given(any_moment)
def test_every_hour_of_every_day_is_open_where_no_hours_are_kept(now: datetime) -> None:
    assert ANY_HOUR.is_open(now)


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2026, 5, 14), date(2026, 12, 25), date(2027, 1, 1)])
def test_danish_public_holidays_are_known(day: date) -> None:
    assert HOLIDAY(day)


def test_great_prayer_day_is_a_working_day_since_2024() -> None:
    assert HOLIDAY(date(2023, 5, 5))
    assert not HOLIDAY(date(2024, 4, 26))


def test_an_hour_is_an_hour_over_the_change_of_the_clock() -> None:
    friday, monday = local("2026-03-27T09:00"), local("2026-03-30T09:00")
    assert monday.astimezone(UTC) - friday.astimezone(UTC) == timedelta(hours=71)
    assert OFFICE_HOURS.is_open(friday) and OFFICE_HOURS.is_open(monday)
