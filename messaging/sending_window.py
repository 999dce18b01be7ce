"""The hours in which a citizen may be written to: working hours on working days, in local time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_A_YEAR_AND_A_DAY = 367


def no_holidays(_day: date) -> bool:
    return False


@dataclass(frozen=True)
class SendingWindow:
    """From `start`, up to but not at `end`, in local time.

    `weekdays`: 0 is Monday. `is_holiday` answers for a local date. Raises ValueError for a window that
    never opens.
    """

    tz: ZoneInfo
    weekdays: frozenset[int] = frozenset(range(5))
    start: time = time(9)
    end: time = time(18)
    is_holiday: Callable[[date], bool] = no_holidays

    def __post_init__(self) -> None:
        if not self.weekdays & set(range(7)) or self.start >= self.end:
            raise ValueError("a sending window needs a weekday, and must open before it closes")

    def is_open(self, now: datetime) -> bool:
        local = now.astimezone(self.tz)
        return self.opens_on(local.date()) and self.start <= local.time() < self.end

    def opens_on(self, day: date) -> bool:
        return day.weekday() in self.weekdays and not self.is_holiday(day)

    def local_day(self, moment: datetime) -> date:
        return moment.astimezone(self.tz).date()

    def next_opening(self, now: datetime) -> datetime:
        """The first opening after `now`, in UTC. Raises ValueError when no day of a whole year opens."""
        return next(opening for opening in self._openings(self.local_day(now)) if opening > now)

    def first_open(self, day: date, at: time) -> datetime:
        """`at` o'clock on the first day from `day` on that opens, in UTC; the opening itself where `at` lies
        outside the hours. Raises ValueError as `next_opening`."""
        opening = next(self._openings(day))
        wished = datetime.combine(self.local_day(opening), at, self.tz).astimezone(UTC)
        return wished if self.is_open(wished) else opening

    def _openings(self, first: date) -> Iterator[datetime]:
        for days in range(_A_YEAR_AND_A_DAY):
            opening = datetime.combine(first + timedelta(days=days), self.start, self.tz).astimezone(UTC)
            # A clock put forward can swallow the opening hour, or the whole window.
            if self.is_open(opening):
                yield opening
        raise ValueError("the sending window does not open within a year")


def any_hour(tz: ZoneInfo) -> SendingWindow:
    """Every hour of every day."""
    return SendingWindow(tz, frozenset(range(7)), time.min, time.max)
