"""A period of whole days in Denmark, as somebody types it: from and to, both included; either may be left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class PeriodError(StrEnum):
    NOT_A_DAY = "not_a_day"
    BACKWARDS = "backwards"


@dataclass(frozen=True)
class Period:
    first: date | None
    last: date | None

    def moments(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """The moment it begins and the moment it is over, in UTC; a day of 23 or 25 hours is a whole day."""
        begin = None if self.first is None else _midnight(self.first, zone)
        end = (
            None
            if self.last is None or self.last == date.max
            else _midnight(self.last + timedelta(days=1), zone)
        )
        return begin, end


def read_period(first: str, last: str) -> Period | PeriodError:
    """``first`` and ``last`` as YYYY-MM-DD, or empty."""
    try:
        period = Period(_day(first), _day(last))
    except ValueError:
        return PeriodError.NOT_A_DAY
    if period.first and period.last and period.first > period.last:
        return PeriodError.BACKWARDS
    return period


def _day(typed: str) -> date | None:
    return date.fromisoformat(typed.strip()) if typed.strip() else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
