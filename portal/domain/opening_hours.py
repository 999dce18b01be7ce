"""When a team is there to answer, and by which day an answer may be expected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WORKING_DAYS_TO_REPLY = 2
_FURTHEST = 3_660
"""Days to look ahead: ten years hold every closing that can be written down."""


@dataclass(frozen=True)
class Span:
    """Local time, from `opens` up to but not at `closes`. Raises ValueError when it closes before it opens."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("hours must open before they close")


@dataclass(frozen=True)
class Closing:
    """Days on which the team is closed beside the holidays, both ends included. Raises ValueError."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a closing must begin before it ends")

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def weekdays(opens: time, closes: time) -> Mapping[int, Span]:
    return dict.fromkeys(range(5), Span(opens, closes))


@dataclass(frozen=True)
class OpeningHours:
    """`week`: weekday (0 is Monday) to the hours of that day. `is_holiday` answers for a local date.

    Raises ValueError for a week that never opens.
    """

    tz: ZoneInfo
    week: Mapping[int, Span]
    closings: tuple[Closing, ...] = ()
    is_holiday: Callable[[date], bool] = lambda _day: False

    def __post_init__(self) -> None:
        if not self.week.keys() & set(range(7)):
            raise ValueError("a team must be open on one weekday at least")

    def works_on(self, day: date) -> bool:
        closed = self.is_holiday(day) or any(closing.holds(day) for closing in self.closings)
        return day.weekday() in self.week and not closed


def is_open(now: datetime, hours: OpeningHours) -> bool:
    """`now` is aware."""
    local = now.astimezone(hours.tz)
    if not hours.works_on(local.date()):
        return False
    span = hours.week[local.weekday()]
    return span.opens <= local.time() < span.closes


def next_opening(now: datetime, hours: OpeningHours) -> datetime:
    """The first opening after `now`, in UTC. Raises ValueError when none comes within ten years."""
    day = now.astimezone(hours.tz).date()
    for _ in range(_FURTHEST):
        if hours.works_on(day):
            opening = datetime.combine(day, hours.week[day.weekday()].opens, hours.tz).astimezone(UTC)
            # A clock put forward can swallow the opening hour, or the whole day's hours.
            if opening > now and is_open(opening, hours):
                return opening
        day += timedelta(days=1)
    raise ValueError("the team does not open within ten years")


def expected_reply_by(
    received_at: datetime, hours: OpeningHours, working_days: int = WORKING_DAYS_TO_REPLY
) -> date:
    """The last day on which a message may be answered: so many working days after the one it came in on.

    What comes while the team is closed comes in when it opens. Raises ValueError as `next_opening` does.
    """
    came_in = received_at if is_open(received_at, hours) else next_opening(received_at, hours)
    day = came_in.astimezone(hours.tz).date()
    for _ in range(_FURTHEST):
        if working_days == 0:
            return day
        day += timedelta(days=1)
        working_days -= hours.works_on(day)
    raise ValueError("the team does not open often enough within ten years")


class Clock(StrEnum):
    """How an answer stands that somebody waits for."""

    IN_TIME = "in_time"
    TODAY = "today"
    OVERDUE = "overdue"


def clock(reply_by: date, now: datetime, tz: ZoneInfo) -> Clock:
    today = now.astimezone(tz).date()
    if today > reply_by:
        return Clock.OVERDUE
    return Clock.TODAY if today == reply_by else Clock.IN_TIME
