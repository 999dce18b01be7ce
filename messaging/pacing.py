"""How fast a municipality's messages may leave, all its workers together: so many a second, evenly.

A line's `free_at` is the moment at which everything that has left would have left at exactly the pace (the
generic cell rate algorithm, ITU-T I.371). What leaves moves it on by its share of a second.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from messaging.message import Lane

DEFAULT_PER_SECOND = 50
BURST = timedelta(seconds=1)
"""So far may a line run ahead of its pace, after it has been still."""
RESERVE = timedelta(seconds=5)
"""So much further may a conversation run ahead: a batch that uses the whole pace never holds it up."""
SECOND = timedelta(seconds=1)


def room(free_at: datetime, per_second: int, lane: Lane, now: datetime) -> int:
    """How many messages of the lane may leave now."""
    ahead = BURST + RESERVE if lane is Lane.CONVERSATION else BURST
    left = now + ahead - max(free_at, now)
    return max(left * per_second // SECOND, 0)


def moved_on(free_at: datetime, per_second: int, count: int, now: datetime) -> datetime:
    """The line's `free_at` when `count` messages leave now."""
    return max(free_at, now) + count * SECOND / per_second


def worth_asking_at(free_at: datetime, per_second: int) -> datetime:
    """When a line that had no room has some again: half a burst of it, so that nobody asks for each single one."""
    return free_at - BURST + max(BURST / 2, SECOND / per_second)
