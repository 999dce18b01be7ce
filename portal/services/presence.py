"""Who else of the staff has a page open now: so that two see each other before both reply, or both translate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from messaging.once import add_once
from portal.store import presence
from portal.store.presence import Place, Row

GONE_AFTER = timedelta(seconds=45)
"""An open page looks every ten seconds while somebody looks at it."""
NOTE_AGAIN = timedelta(seconds=20)
"""No write for a look that would change next to nothing."""


@dataclass(frozen=True)
class Present:
    staff_id: int
    name: str
    is_writing: bool

    @property
    def first_name(self) -> str:
        return self.name.split(maxsplit=1)[0]


@dataclass(frozen=True)
class Look:
    """``others``: the colleagues who have the page open; ``is_due``: the reader's own look is to be written down."""

    others: tuple[Present, ...]
    is_due: bool

    @property
    def state(self) -> str:
        """A short word that changes with what there is to show."""
        return "-".join(f"{each.staff_id}{'w' if each.is_writing else ''}" for each in self.others)


def look(session: Session, place: Place, staff_id: int, now: datetime, *, writing: bool = False) -> Look:
    """One query, and no write."""
    rows = presence.in_place(session, place, now - GONE_AFTER, staff_id)
    mine = next((row for row in rows if row.staff_id == staff_id), None)
    others = [row for row in rows if row.staff_id != staff_id]
    return Look(
        tuple(Present(row.staff_id, row.staff.name, _writes(row, now)) for row in others),
        mine is None or now - mine.seen_at >= NOTE_AGAIN or writing is not _writes(mine, now),
    )


def note(session: Session, place: Place, staff_id: int, now: datetime, *, writing: bool = False) -> None:
    """She has the page open."""
    row, _ = add_once(
        session,
        lambda: presence.of_one(session, place, staff_id),
        lambda: place.row(staff_id, now),
    )
    row.seen_at, row.writing_at = now, now if writing else None


def _writes(row: Row, now: datetime) -> bool:
    return row.writing_at is not None and now - row.writing_at < GONE_AFTER
