"""Day 0, 3 and 8, each at another hour, never more than three, and always an end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.ladder import LADDER, LEAST_BETWEEN, TIME_FOR_THE_LAST, Ask, End, next_step
from messaging.sending_window import SendingWindow
from tests.windows import OFFICE_HOURS, any_moment, any_window, around_changes, local

waits = st.lists(st.timedeltas(timedelta(), timedelta(days=20)), min_size=3, max_size=3)


def test_a_ladder_asks_in_the_morning_then_in_the_afternoon_then_at_noon() -> None:
    planned = local("2026-11-16T07:00")
    first = next_step(0, planned, planned, OFFICE_HOURS)
    assert first == Ask(0, local("2026-11-16T09:00"))
    second = next_step(1, first.at, first.at, OFFICE_HOURS)
    assert second == Ask(1, local("2026-11-19T15:00"))
    third = next_step(2, first.at, second.at, OFFICE_HOURS)
    assert third == Ask(2, local("2026-11-24T12:00"))
    assert next_step(3, first.at, third.at, OFFICE_HOURS) == End(third.at + TIME_FOR_THE_LAST)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-11-18T09:00", "2026-11-23T15:00"),  # day 3 is a Saturday
        ("2026-12-22T09:00", "2026-12-28T15:00"),  # day 3 is Christmas Day
        ("2026-10-23T09:00", "2026-10-26T15:00"),  # the clock goes back in between
    ],
)
def test_a_step_keeps_its_hour_when_its_day_is_closed(first: str, second: str) -> None:
    sent = local(first)
    assert next_step(1, sent, sent, OFFICE_HOURS) == Ask(1, local(second))


def test_what_is_planned_after_the_mornings_hour_goes_the_next_morning() -> None:
    planned = local("2026-11-16T13:00")
    assert next_step(0, planned, planned, OFFICE_HOURS) == Ask(0, local("2026-11-17T09:00"))


def test_after_a_step_that_had_to_wait_the_next_one_waits_too() -> None:
    first, second = local("2026-11-02T09:00"), local("2026-11-12T15:00")
    assert next_step(2, first, second, OFFICE_HOURS) == Ask(2, local("2026-11-16T12:00"))


@given(any_moment | around_changes, any_window, waits)
def test_a_ladder_has_three_steps_at_most_in_the_hours_and_always_ends(
    planned: datetime, window: SendingWindow, held: list[timedelta]
) -> None:
    """However long each step was held before it left."""
    taken, first, last = 0, planned, planned
    step = next_step(taken, first, last, window)
    while isinstance(step, Ask):
        assert step.step == taken < len(LADDER)
        assert step.at >= last
        assert window.is_open(step.at)
        left_at = step.at + held[taken]
        if taken > 0:
            assert window.local_day(left_at) - window.local_day(last) >= LEAST_BETWEEN
        first = left_at if taken == 0 else first
        taken, last = taken + 1, left_at
        step = next_step(taken, first, last, window)
    assert isinstance(step, End)
    assert taken == len(LADDER)
    assert step.at > last
