"""What a citizen does with her meetings: see them, ask for another time, say that an interpreter is needed."""

from __future__ import annotations

from datetime import datetime

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from portal.domain.ageing import local_day
from portal.domain.meetings import INTERPRETERS, start_of, starts_on
from portal.services.thread import MAX_BODY, NotWritten, NotWrittenReason, write_as_citizen
from portal.store import meetings
from portal.store.meetings import Meeting
from portal.store.thread import EventKind, ThreadEntry


def hers(session: TenantSession, citizen_id: int, meeting_id: int, now: datetime) -> Meeting | None:
    """None for one that is not hers, was called off, or whose day has passed."""
    found = meetings.one_of(session, citizen_id, meeting_id)
    if found is None or found.cancelled_at is not None:
        return None
    return found if found.starts_at >= start_of(local_day(now, COPENHAGEN), COPENHAGEN) else None


def ask_to_move(
    session: TenantSession, meeting: Meeting, words: str, now: datetime
) -> NotWrittenReason | None:
    """Her words go to her caseworker as any message of hers does; without words, the wish alone is told. Why not,
    when her words cannot be taken: then nothing has changed."""
    if len(words) > MAX_BODY:
        return NotWrittenReason.TOO_LONG
    if meeting.move_asked_at is None:
        meeting.move_asked_at = now
        _note(session, meeting, EventKind.MEETING_MOVE_ASKED, now)
    if not words.strip():
        return None
    written = write_as_citizen(session, meeting.citizen_id, words, now)
    return written.reason if isinstance(written, NotWritten) else None


def take_back_move(session: TenantSession, meeting: Meeting, now: datetime) -> None:
    """The time suits her after all: nobody has to see to it. What she wrote stays written."""
    if meeting.move_asked_at is not None:
        meeting.move_asked_at = None
        _note(session, meeting, EventKind.MEETING_MOVE_UNDONE, now)


def say_interpreter(session: TenantSession, meeting: Meeting, code: str, now: datetime) -> bool:
    """``code`` is one of `INTERPRETERS`; empty for none. False for what is not offered. What she said before, she
    has said."""
    if code not in ("", *INTERPRETERS):
        return False
    wanted = code or None
    if meeting.interpreter != wanted:
        meeting.interpreter, meeting.interpreter_asked_at = wanted, now
        _note(session, meeting, EventKind.INTERPRETER_ASKED, now)
    return True


def _note(session: TenantSession, meeting: Meeting, kind: EventKind, now: datetime) -> None:
    session.add(
        ThreadEntry(
            citizen_id=meeting.citizen_id,
            kind=kind,
            author="citizen",
            channel="portal",
            body=starts_on(meeting.starts_at, COPENHAGEN).isoformat(),
            created_at=now,
        )
    )
    session.flush()
