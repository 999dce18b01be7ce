"""May this message go out now? What is known of the citizen, the hours and the clock -> the decision."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_A_YEAR_AND_A_DAY = 367


class StopReason(StrEnum):
    OPTED_OUT = "opted_out"
    NUMBER_FROZEN = "number_frozen"
    ANSWERED = "answered"


class WaitReason(StrEnum):
    OUTSIDE_HOURS = "outside_hours"


@dataclass(frozen=True)
class Send:
    """Send it now."""


@dataclass(frozen=True)
class Wait:
    """Ask again at `until` (UTC)."""

    until: datetime
    reason: WaitReason


@dataclass(frozen=True)
class Stop:
    """Never send it."""

    reason: StopReason


Decision = Send | Wait | Stop


@dataclass(frozen=True)
class Facts:
    """What is known at send time. `answered`: what the message asks for has already come in."""

    opted_out: bool = False
    number_frozen: bool = False
    answered: bool = False


def no_holidays(_day: date) -> bool:
    return False


@dataclass(frozen=True)
class SendingWindow:
    """The hours in which a citizen may be written to, in local time: from `start`, up to but not at `end`.

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
        return self._opens_on(local.date()) and self.start <= local.time() < self.end

    def next_opening(self, now: datetime) -> datetime:
        """The first opening after `now`, in UTC. Raises ValueError when no day of a whole year opens."""
        for opening in self._openings(now.astimezone(self.tz).date()):
            # A clock put forward can swallow the opening hour, or the whole window.
            if opening > now and self.is_open(opening):
                return opening
        raise ValueError("the sending window does not open within a year")

    def _openings(self, first: date) -> Iterator[datetime]:
        for days in range(_A_YEAR_AND_A_DAY):
            day = first + timedelta(days=days)
            if self._opens_on(day):
                yield datetime.combine(day, self.start, self.tz).astimezone(UTC)

    def _opens_on(self, day: date) -> bool:
        return day.weekday() in self.weekdays and not self.is_holiday(day)


def decide(facts: Facts, window: SendingWindow | None, now: datetime) -> Decision:
    """Send, wait or stop. `window` is None for what the citizen has just asked for: any hour will do."""
    reason = _stop_reason(facts)
    if reason is not None:
        return Stop(reason)
    if window is None or window.is_open(now):
        return Send()
    return Wait(window.next_opening(now), WaitReason.OUTSIDE_HOURS)


def _stop_reason(facts: Facts) -> StopReason | None:
    if facts.opted_out:
        return StopReason.OPTED_OUT
    if facts.number_frozen:
        return StopReason.NUMBER_FROZEN
    return StopReason.ANSWERED if facts.answered else None
