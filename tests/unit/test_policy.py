"""When a message may go out: never outside the hours, never after STOP, over every change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging import public_holidays
from messaging.policy import Facts, Send, SendingWindow, Stop, StopReason, Wait, WaitReason, decide

DENMARK = ZoneInfo("Europe/Copenhagen")
HOLIDAY = public_holidays.danish()
OFFICE_HOURS = SendingWindow(DENMARK, is_holiday=HOLIDAY)
CLEAR = Facts()

moments = st.integers(0, 15 * 366 * 24 * 3600).map(
    lambda age: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=age)
)
facts = st.builds(Facts, st.booleans(), st.booleans(), st.booleans())
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


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


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
def test_a_message_waits_for_the_next_opening(now: str, until: str) -> None:
    expected = Wait(local(until).astimezone(UTC), WaitReason.OUTSIDE_HOURS)
    assert decide(CLEAR, OFFICE_HOURS, local(now)) == expected


@pytest.mark.parametrize("now", ["2026-11-18T09:00", "2026-11-18T17:59:59", "2026-07-01T12:00"])
def test_a_message_goes_out_in_the_hours(now: str) -> None:
    assert decide(CLEAR, OFFICE_HOURS, local(now)) == Send()


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (Facts(opted_out=True), StopReason.OPTED_OUT),
        (Facts(number_frozen=True), StopReason.NUMBER_FROZEN),
        (Facts(answered=True), StopReason.ANSWERED),
    ],
)
def test_a_message_that_must_not_go_out_says_why(fact: Facts, reason: StopReason) -> None:
    assert decide(fact, OFFICE_HOURS, local("2026-11-18T12:00")) == Stop(reason)


def test_what_the_citizen_asked_for_goes_out_at_night() -> None:
    assert decide(CLEAR, None, local("2026-11-22T03:00")) == Send()


@given(facts, windows(), moments)
def test_nothing_is_sent_outside_the_window(fact: Facts, window: SendingWindow, now: datetime) -> None:
    if decide(fact, window, now) == Send():
        there = now.astimezone(window.tz)
        assert there.weekday() in window.weekdays
        assert window.start <= there.time() < window.end
        assert not HOLIDAY(there.date())


@given(windows(), moments)
def test_a_wait_ends_in_the_future_and_in_the_window(window: SendingWindow, now: datetime) -> None:
    decision = decide(CLEAR, window, now)
    if isinstance(decision, Wait):
        assert decision.until > now
        assert decide(CLEAR, window, decision.until) == Send()


@given(moments, st.integers(0, 10_000))
def test_a_wait_skips_no_opening(now: datetime, seconds: int) -> None:
    decision = decide(CLEAR, OFFICE_HOURS, now)
    if isinstance(decision, Wait):
        between = now + (decision.until - now) * (seconds / 10_001)
        assert not OFFICE_HOURS.is_open(between)


@given(facts, st.none() | windows(), moments)
def test_nothing_is_ever_sent_after_stop(fact: Facts, window: SendingWindow | None, now: datetime) -> None:
    if fact.opted_out or fact.number_frozen:
        assert isinstance(decide(fact, window, now), Stop)


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
