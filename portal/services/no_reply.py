"""A message that needs no answer: a last "Tak!" must not hold her reminders, nor stand on the list for days."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from messaging import outbox
from messaging.policy import WaitReason
from portal.store import crisis, thread_entries
from portal.store.invitations import citizen_for_update
from portal.store.thread import EventKind, ThreadEntry


class Marked(Enum):
    DONE = auto()
    NOBODY_WAITED = auto()
    WROTE_AGAIN = auto()
    """She has written more than the reader was shown: that is read first."""
    RAISED = auto()
    """One of her messages holds words of crisis, and nobody has seen to it yet."""


def mark(session: TenantSession, citizen_id: int, staff_id: int, shown_id: int, now: datetime) -> Marked:
    """What she wrote, as far as the reader has seen it (the entry ``shown_id``), needs no answer."""
    citizen_for_update(session, citizen_id)
    if thread_entries.waiting_since(session, citizen_id) is None:
        return Marked.NOBODY_WAITED
    if (thread_entries.newest_from_her(session, citizen_id) or 0) > shown_id:
        return Marked.WROTE_AGAIN
    if crisis.open_of(session, citizen_id):
        return Marked.RAISED
    session.add(
        ThreadEntry(
            citizen_id=citizen_id,
            kind=EventKind.NO_REPLY,
            author="staff",
            staff_id=staff_id,
            channel="portal",
            created_at=now,
        )
    )
    outbox.ask_anew(session, [citizen_id], (WaitReason.UNANSWERED,), now)
    return Marked.DONE


def undo(session: Session, citizen_id: int) -> bool:
    """She waits for an answer again. False where somebody has written since, and nothing is left to undo."""
    citizen_for_update(session, citizen_id)
    newest = thread_entries.newest_of(session, citizen_id)
    if newest is None or newest.kind != EventKind.NO_REPLY:
        return False
    session.delete(newest)
    return True
