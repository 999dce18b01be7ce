"""Who has looked at a citizen's data, as she reads it: by day and person, not one line for each look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from i18n.formatting import COPENHAGEN
from portal.domain.ageing import local_day
from portal.store import audit_log
from portal.store.audit_log import LookRow

DAYS = 30
"""Shown at once."""
MOST_ROWS = 5_000

DID: Mapping[str, str] = {
    "citizen.read": "card",
    "citizen.added": "changed",
    "citizen.moved": "changed",
    "citizen.changed": "changed",
    "citizen.wish_changed": "changed",
    "pin_set": "changed",
    "citizen.number_changed": "changed",
    "citizen.freeze_lifted": "changed",
    "citizen.own_number_undone": "changed",
    "citizen.own_number_changed": "changed",
    "mitid.bound": "access",
    "mitid.unbound": "access",
    "meeting.set": "meeting",
    "meeting.changed": "meeting",
    "meeting.cancelled": "meeting",
    "meeting.settled": "meeting",
    "citizen.dates_set": "changed",
    "citizen.pin_set": "access",
    "citizen.pin_unlocked": "access",
    "citizen.letter_code_made": "access",
    "thread.read": "thread",
    "thread.file": "thread",
    "thread.exported": "saved",
    "thread.write": "wrote",
    "answers.read": "answers",
    "answers.begin": "entered",
    "answers.enter": "entered",
    "entry.read": "entered",
    "paper.print": "printed",
    "paper.found": "entered",
    "progression.read": "progression",
    "own_half.read": "assessed",
    "own_half.fill": "assessed",
    "questionnaire.send": "asked",
    "check_in.ask": "asked",
    "check_in.call_off": "asked",
    "check_in.read": "answers",
    "crisis.handled": "thread",
    "thread.no_reply": "thread",
    "thread.no_reply_undone": "thread",
    "inbox.placed": "thread",
    "inbox.taken_back": "thread",
    "reminders.paused": "reminders",
    "reminders.resumed": "reminders",
    "reminders.settled": "reminders",
    "data_request.read": "request",
    "data_request.answered": "request",
    "data_request.registered": "request",
    "own_data.downloaded": "downloaded",
}
"""Action of the audit log -> the word for it in her catalogs (own_data.did.…)."""
SOMETHING = "something"


@dataclass(frozen=True)
class Look:
    """What one person did on one day, in the order it was first done; ``name`` is empty for the citizen herself."""

    name: str
    did: tuple[str, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class SeenDay:
    day: date
    looks: tuple[Look, ...]


@dataclass(frozen=True)
class Seen:
    """The newest day first. ``earlier_than``: where an earlier page begins, None on the last."""

    days: tuple[SeenDay, ...]
    earlier_than: date | None


def seen(session: Session, citizen_id: int, before: date | None = None, most_days: int = DAYS) -> Seen:
    """The days on which somebody looked, up to ``before``."""
    rows = audit_log.looks_at(session, citizen_id, before, COPENHAGEN, MOST_ROWS)
    days = by_day(rows)
    if len(rows) == MOST_ROWS and len(days) > 1:
        days = days[:-1]  # its rows may have been cut off
    shown = days[:most_days]
    return Seen(shown, shown[-1].day if len(days) > len(shown) or len(rows) == MOST_ROWS else None)


def all_days(session: Session, citizen_id: int) -> tuple[SeenDay, ...]:
    """The oldest first, without an end."""
    return tuple(reversed(by_day(audit_log.looks_at(session, citizen_id, None, COPENHAGEN, None))))


def by_day(rows: Iterable[LookRow]) -> tuple[SeenDay, ...]:
    """``rows`` newest first, and so are the days; who came first on a day stands first."""
    days: dict[date, dict[str, list[LookRow]]] = {}
    for row in rows:
        days.setdefault(local_day(row.at, COPENHAGEN), {}).setdefault(row.name, []).append(row)
    return tuple(SeenDay(day, _looks(people)) for day, people in days.items())


def _looks(people: Mapping[str, list[LookRow]]) -> tuple[Look, ...]:
    looks = (
        Look(
            name,
            tuple(dict.fromkeys(DID.get(row.action, SOMETHING) for row in reversed(rows))),
            rows[-1].at,
            rows[0].at,
        )
        for name, rows in people.items()
    )
    return tuple(sorted(looks, key=lambda look: look.first_at))
