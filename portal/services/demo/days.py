"""Moments counted back from the day the demo is made, so that nothing in it ever lies in the future."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
SEED = "Åkøbing"
SATURDAY = 5


def chance(what: str) -> Random:
    """A sequence of its own for each matter: more names do not change the answers."""
    return Random(f"{SEED}/{what}")  # noqa: S311 — invented people need to be the same each time, not secret


@dataclass(frozen=True)
class Days:
    """``today`` is the municipality's own; everything that has happened happened before it."""

    today: date

    def at(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """UTC; at least yesterday."""
        day = self.today - timedelta(days=max(days_ago, 1))
        return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)

    def at_work(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """As ``at``; a weekend gives way to the Friday before it."""
        day = self.today - timedelta(days=max(days_ago, 1))
        weekend = max(day.weekday() - SATURDAY + 1, 0)
        return self.at(max(days_ago, 1) + weekend, hour, minute)

    def ahead(self, days: int, hour: int) -> datetime:
        """A working hour to come: what is planned, not what has happened."""
        day = self.today + timedelta(days=days)
        day += timedelta(days=max(7 - day.weekday(), 0) if day.weekday() >= SATURDAY else 0)
        return datetime.combine(day, time(hour), ZONE).astimezone(UTC)
