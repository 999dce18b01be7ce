"""Meetings of a citizen and her caseworker: when her own agenda is asked for, and what a meeting may look like.

Days are local days of the municipality's calendar.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MINUTES = (15, 30, 45, 60, 90)
USUAL_MINUTES = 45
_LONGEST_CLOSED = 14
"""Days: no municipality is closed for longer in one go."""
NEXT_BEFORE = timedelta(days=7)
"""From the beginning of a day: by then the next working day is over, also after the five closed days of Easter."""

INTERPRETERS: Mapping[str, str] = {
    "ar": "العربية",
    "bs": "bosanski",
    "ckb": "کوردیی ناوەندی",
    "de": "Deutsch",
    "en": "English",
    "fa": "فارسی",
    "kl": "kalaallisut",
    "ku": "kurmancî",
    "lt": "lietuvių",
    "pl": "polski",
    "ps": "پښتو",
    "ro": "română",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "dsl": "dansk tegnsprog",
}
"""Code (ISO 639; dsl is Danish sign language) -> the language's own name."""


class Way(StrEnum):
    PLACE = "place"
    PHONE = "phone"


def day_before(day: date, opens: Callable[[date], bool]) -> date:
    """The last day before `day` on which somebody works: on Friday it is asked and told of Monday's meeting."""
    days = (day - timedelta(days=back) for back in range(1, _LONGEST_CLOSED))
    return next((each for each in days if opens(each)), day - timedelta(days=1))


def is_near(day: date, today: date, opens: Callable[[date], bool]) -> bool:
    """Today, or the next on which somebody works; days between that nobody works on count as well."""
    return day_before(day, opens) <= today <= day


def starts_on(starts_at: datetime, zone: ZoneInfo) -> date:
    return starts_at.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """When the local day begins."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
