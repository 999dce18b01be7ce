"""Asking again, and when to stop: day 0, 3 and 8, each at another hour of the day, then a person calls."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from messaging.sending_window import SendingWindow


@dataclass(frozen=True)
class Rung:
    """`days` after the first; `at` in local time. Who cannot answer in the morning may at noon."""

    days: int
    at: time


LADDER = (Rung(0, time(9)), Rung(3, time(15)), Rung(8, time(12)))
LEAST_BETWEEN = timedelta(days=3)
"""Also after a step that had to wait."""
TIME_FOR_THE_LAST = timedelta(days=3)
"""She gets this long to answer the last one before her caseworker is asked to call."""


@dataclass(frozen=True)
class Ask:
    """Ask her for the `step`-th time (0 is the first), not before `at` (UTC)."""

    step: int
    at: datetime


@dataclass(frozen=True)
class End:
    """No more steps: from `at` (UTC) on it is for a person to follow."""

    at: datetime


def next_step(taken: int, first: datetime, last: datetime, window: SendingWindow) -> Ask | End:
    """What comes after `taken` steps that have left. `first` and `last`: when the first and the newest of them
    did, in UTC; before any has, both are when it was planned. Every time given lies after `last`."""
    if taken >= len(LADDER):
        return End(last + TIME_FOR_THE_LAST)
    rung = LADDER[taken]
    day = window.local_day(first) + timedelta(days=rung.days)
    if taken > 0:
        day = max(day, window.local_day(last) + LEAST_BETWEEN)
    at = window.first_open(day, rung.at)
    while at < last:  # planned after today's hour
        day += timedelta(days=1)
        at = window.first_open(day, rung.at)
    return Ask(taken, at)
