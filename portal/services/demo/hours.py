"""When the demo's teams are open, who is away, and what the SMS cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from sqlalchemy.orm import Session

from i18n.formatting import COPENHAGEN
from portal.content import demo_people as content
from portal.domain.opening_hours import OpeningHours, Span
from portal.services.demo.days import Days
from portal.services.opening_hours import IS_HOLIDAY
from portal.store.absences import Absence
from portal.store.opening_hours import TeamHours
from portal.store.people import Staff
from portal.store.sms_settings import SmsSettings

WEEK = {**{str(day): ["09:00", "15:00"] for day in range(4)}, "4": ["09:00", "13:00"]}
REPLY_DAYS = 2
HOURS = OpeningHours(
    COPENHAGEN,
    {int(day): Span(*map(time.fromisoformat, span)) for day, span in WEEK.items()},
    is_holiday=IS_HOLIDAY,
)
PART_PRICE = 39
AWAY_DAYS = 12


def add_hours(session: Session, staff: Sequence[Staff], days: Days) -> None:
    """Each team its hours, closed on Christmas Eve and New Year's Eve; Per is away, and Samira answers for him."""
    set_at = days.at(60, 10)
    year = days.today.year
    closings = [[day, day] for day in (f"{year}-12-24", f"{year}-12-31")]
    for team_id in sorted({person.team_id for person in staff if person.team_id is not None}):
        row = TeamHours(
            team_id=team_id, week=WEEK, closings=closings, reply_days=REPLY_DAYS, changed_at=set_at
        )
        session.add(row)
    session.add(SmsSettings(part_price=PART_PRICE))
    names = {person.name: person for person in staff}
    away, cover = (names[name] for name in content.AWAY)
    session.add(
        Absence(
            staff_id=away.id,
            cover_id=cover.id,
            first_day=days.today - timedelta(days=3),
            last_day=days.today + timedelta(days=AWAY_DAYS),
            made_by=away.id,
            created_at=days.at(5, 11),
        )
    )
