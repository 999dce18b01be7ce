"""Sending windows and moments of every kind, for the laws of the policy and the ladder."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from messaging import public_holidays
from messaging.sending_window import SendingWindow, any_hour

DENMARK = ZoneInfo("Europe/Copenhagen")
HOLIDAY = public_holidays.danish()
OFFICE_HOURS = SendingWindow(DENMARK, is_holiday=HOLIDAY)
ANY_HOUR = any_hour(DENMARK)

moments = st.integers(0, 15 * 366 * 24 * 3600).map(
    lambda age: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=age)
)
_changes = [datetime(year, month, day, tzinfo=UTC) for year in (2026, 2027) for month, day in
            ((3, 27), (4, 1), (5, 13), (10, 23), (12, 22))]  # fmt: skip
around_changes = st.builds(
    lambda start, seconds: start + timedelta(seconds=seconds),
    st.sampled_from(_changes),
    st.integers(0, 9 * 24 * 3600),
)
"""Where the clock changes, and where the holidays lie."""
any_moment = moments | around_changes
zones = st.sampled_from(["Europe/Copenhagen", "America/Godthab", "Atlantic/Faroe", "Asia/Kabul", "UTC"])


@st.composite
def windows(draw: st.DrawFn) -> SendingWindow:
    start, end = sorted(draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True)))
    return SendingWindow(
        ZoneInfo(draw(zones)),
        frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
        time(start // 60, start % 60),
        time(end // 60, end % 60),
        HOLIDAY,
    )


any_window = st.sampled_from([OFFICE_HOURS, ANY_HOUR]) | windows()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)
