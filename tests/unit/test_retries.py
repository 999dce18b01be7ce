"""When a message is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from messaging.retries import DELAYS, LONGEST, delay_after

HOUR = timedelta(hours=1)


def test_the_waits_grow_from_half_a_minute_to_a_day() -> None:
    waits = [delay_after(attempts) for attempts in range(1, 7)]
    assert waits == [
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        HOUR,
        4 * HOUR,
        24 * HOUR,
    ]


def test_after_the_last_wait_the_message_is_given_up() -> None:
    assert delay_after(len(DELAYS) + 1) is None


@given(st.integers(1, len(DELAYS)), st.timedeltas(timedelta(), timedelta(days=400)))
def test_we_come_back_no_sooner_than_asked_and_no_later_than_a_day(attempts: int, asked: timedelta) -> None:
    delay = delay_after(attempts, asked)
    assert delay is not None
    assert min(asked, LONGEST) <= delay <= LONGEST
