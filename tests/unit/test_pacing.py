"""The pace of a line: a burst, then evenly, and a reserve that only conversations may use."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from messaging.message import Lane
from messaging.pacing import BURST, RESERVE, SECOND, moved_on, room, worth_asking_at
from tests.conftest import NOW

RATES = st.integers(1, 500)
ASKS = st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 50), st.sampled_from(Lane)), max_size=40)
LONG_STILL = NOW - timedelta(days=1)


@given(RATES, ASKS)
def test_in_no_stretch_of_time_do_more_leave_than_the_pace_and_a_burst_allow(
    rate: int, asks: list[tuple[int, int, Lane]]
) -> None:
    now, free_at, left = NOW, LONG_STILL, []
    for pause, wanted, lane in asks:
        now += timedelta(milliseconds=pause)
        count = min(wanted, room(free_at, rate, lane, now))
        free_at = moved_on(free_at, rate, count, now) if count else free_at
        left.append((now, count))
    for start in range(len(left)):
        lasted = left[-1][0] - left[start][0]
        assert sum(count for _, count in left[start:]) <= (lasted + BURST + RESERVE) / SECOND * rate


@given(RATES, st.integers(0, 5000))
def test_a_line_that_had_no_room_has_some_when_it_is_worth_asking(rate: int, milliseconds: int) -> None:
    free_at = NOW + BURST + timedelta(milliseconds=milliseconds)
    if room(free_at, rate, Lane.BULK, NOW) == 0:
        at = worth_asking_at(free_at, rate)
        assert at > NOW
        assert room(free_at, rate, Lane.BULK, at) >= 1


@given(RATES)
def test_a_batch_that_uses_the_whole_pace_leaves_room_for_a_conversation(rate: int) -> None:
    burst = room(LONG_STILL, rate, Lane.BULK, NOW)
    free_at = moved_on(LONG_STILL, rate, burst, NOW)
    assert room(free_at, rate, Lane.BULK, NOW) == 0
    assert room(free_at, rate, Lane.CONVERSATION, NOW) == rate * (RESERVE // SECOND)


def test_a_line_that_was_still_for_a_day_saves_up_no_more_than_a_burst() -> None:
    assert room(LONG_STILL, 10, Lane.SINGLE, NOW) == 10
