"""The diary of what went well: hers alone until she shares a note, and again when she takes it back."""

from datetime import datetime, timedelta
from enum import Enum

LONGEST = 5_000
"""Characters of one note: some three pages [ours]."""
UNDO_WITHIN = timedelta(hours=1)
"""After that a deleted note is gone for good, also from the database [ours]."""
SAME_WRITING = timedelta(minutes=2)
"""The same words again so soon are one tap too many, and no second note."""


class NoteState(Enum):
    PRIVATE = "private"
    SHARED = "shared"
    DELETED = "deleted"
    GONE = "gone"


def state(shared_at: datetime | None, deleted_at: datetime | None, now: datetime) -> NoteState:
    """Deleting comes before sharing: what is deleted nobody sees, however it was shared."""
    if deleted_at is not None:
        return NoteState.DELETED if now - deleted_at < UNDO_WITHIN else NoteState.GONE
    return NoteState.PRIVATE if shared_at is None else NoteState.SHARED


def is_same_writing(before: str, written_at: datetime, words: str, now: datetime) -> bool:
    return before == words and now - written_at < SAME_WRITING
