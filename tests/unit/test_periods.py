"""Whole days in Denmark, as somebody types them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.formatting import COPENHAGEN
from portal.domain.periods import Period, PeriodError, read_period


@pytest.mark.parametrize(
    ("first", "last", "read"),
    [
        ("", "", Period(None, None)),
        ("2026-03-01", "", Period(date(2026, 3, 1), None)),
        (" 2026-03-01 ", "2026-03-01", Period(date(2026, 3, 1), date(2026, 3, 1))),
        ("2026-03-02", "2026-03-01", PeriodError.BACKWARDS),
        ("1.3.2026", "", PeriodError.NOT_A_DAY),
        ("", "2026-02-30", PeriodError.NOT_A_DAY),
        ("٢٠٢٦-٠٣-٠١", "x", PeriodError.NOT_A_DAY),
    ],
)
def test_a_period_is_read_as_it_is_typed(first: str, last: str, read: Period | PeriodError) -> None:
    assert read_period(first, last) == read


def test_a_day_begins_and_ends_at_midnight_in_denmark_also_when_the_clock_is_moved() -> None:
    begin, end = Period(date(2026, 3, 29), date(2026, 3, 29)).moments(COPENHAGEN)
    assert begin == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert end is not None and end - begin == timedelta(hours=23)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_two_periods_side_by_side_leave_no_moment_out_and_share_none(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    _, end = Period(None, first).moments(COPENHAGEN)
    begin, _ = Period(first + timedelta(days=1), last).moments(COPENHAGEN)
    assert end == begin


def test_the_last_day_there_is_has_no_end() -> None:
    assert Period(None, date.max).moments(COPENHAGEN) == (None, None)
