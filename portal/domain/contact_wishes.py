"""How a citizen wants to be written to by SMS: on which working days, at what time of the day, and how often.

Each wish lies inside what holds for everybody (weekdays 9-18, three in seven days), so it can only make less of it.
"""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum

CAPS = (3, 2, 1)
"""SMS in seven days at most; the first is what holds for everybody."""
DAYS = range(5)
"""Monday to Friday: we never write on other days."""


class PartOfDay(StrEnum):
    ALL_DAY = "all_day"
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    LATE = "late"


HOURS: Mapping[PartOfDay, tuple[time, time]] = {
    PartOfDay.ALL_DAY: (time(9), time(18)),
    PartOfDay.MORNING: (time(9), time(12)),
    PartOfDay.MIDDAY: (time(11), time(14)),
    PartOfDay.AFTERNOON: (time(12), time(18)),
    PartOfDay.LATE: (time(15), time(18)),
}
"""Local time, the end not included."""


def days_of(stored: str | None) -> frozenset[int]:
    """ "013" -> Monday, Tuesday and Thursday; None, nothing or what is no day: all of them."""
    days = frozenset(int(sign) for sign in stored or "" if sign in "01234")
    return days or frozenset(DAYS)


def with_day(days: frozenset[int], day: int, *, wanted: bool) -> frozenset[int] | None:
    """The days after she has said yes or no to one of them; None where none would be left, or it is no working day."""
    if day not in DAYS:
        return None
    return (days | {day} if wanted else days - {day}) or None


def stored(days: frozenset[int]) -> str | None:
    """What `days_of` reads; None when she leaves every day open."""
    return None if days == frozenset(DAYS) else "".join(str(day) for day in sorted(days))
