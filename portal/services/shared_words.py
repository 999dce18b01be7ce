"""What a citizen has chosen to show her caseworker: the one door from staff's pages to her diary and her goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.store import diary, goals

SHOWN = 20


@dataclass(frozen=True)
class SharedNote:
    body: str
    written_at: datetime


@dataclass(frozen=True)
class SharedGoal:
    body: str
    reached_at: datetime | None


@dataclass(frozen=True)
class SharedWords:
    """``notes`` are the diary's, the one shared last first."""

    notes: tuple[SharedNote, ...]
    goals: tuple[SharedGoal, ...]


def shared_words(session: Session, citizen_id: int) -> SharedWords:
    """The citizen must have been reached before."""
    return SharedWords(
        tuple(SharedNote(row.body, row.written_at) for row in diary.shared_notes(session, citizen_id, SHOWN)),
        tuple(SharedGoal(row.body, row.reached_at) for row in goals.shared_goals(session, citizen_id)),
    )
