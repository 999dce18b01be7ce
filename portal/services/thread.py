"""Writing in the one thread between a citizen and her caseworkers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from messaging.content_guard import mask_cpr
from portal.store import thread_entries
from portal.store.thread import ThreadEntry

MAX_BODY = 4_000
"""Characters: about two pages."""
SAME_WRITING = timedelta(minutes=2)


class NotWrittenReason(StrEnum):
    EMPTY = "required"
    TOO_LONG = "too_long"
    CPR_LIKE = "cpr"


@dataclass(frozen=True)
class Written:
    entry_id: int


@dataclass(frozen=True)
class NotWritten:
    reason: NotWrittenReason


def write_as_citizen(session: Session, citizen_id: int, body: str, now: datetime) -> Written | NotWritten:
    """Put the citizen's words in her thread. The same words again within two minutes are the same click twice."""
    body = body.replace("\r\n", "\n").replace("\0", "").strip()
    reason = _why_not(body)
    if reason is not None:
        return NotWritten(reason)
    last = thread_entries.newest_of(session, citizen_id)
    if last and (last.author, last.body) == ("citizen", body) and now - last.created_at < SAME_WRITING:
        return Written(last.id)
    entry = ThreadEntry(citizen_id=citizen_id, author="citizen", channel="portal", body=body, created_at=now)
    session.add(entry)
    session.flush()
    return Written(entry.id)


def _why_not(body: str) -> NotWrittenReason | None:
    if not body:
        return NotWrittenReason.EMPTY
    if len(body) > MAX_BODY:
        return NotWrittenReason.TOO_LONG
    return NotWrittenReason.CPR_LIKE if mask_cpr(body).found else None
