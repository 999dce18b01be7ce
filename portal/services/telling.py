"""The SMS that carries what staff have written, or tells of it: of one entry or of several, with as many questions to
the database. Each is about one citizen, who is held until the transaction ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from database.tenancy import TenantSession
from messaging.bulk import enqueue_many, known_by
from messaging.message import Lane, Status, dedupe_key
from messaging.outbox import NewMessage
from portal.store import thread_entries
from portal.store.thread import EventKind, ThreadEntry

IN_CONVERSATION = timedelta(minutes=2)
"""Who read or wrote here so lately has the page open, and will most likely see the answer there."""
NOTICE_DELAY = timedelta(minutes=1)
"""How long the SMS about a new message waits for her to see it on the page: then it is not sent."""
CAME_TO_NOTHING = frozenset({Status.WITHHELD, Status.FAILED, Status.UNDELIVERED})


@dataclass(frozen=True)
class Entries:
    """Citizen -> her new entry, as it stands in the thread; all of one moment."""

    ids: Mapping[int, int]
    lane: Lane
    created_at: datetime


def carry(session: TenantSession, entries: Entries, kind: str) -> Mapping[int, int]:
    """Citizen -> the message that is the entry itself."""
    news = {
        citizen_id: NewMessage(
            kind, citizen_id, dedupe_key(kind, entry_id), {"entry_id": entry_id}, lane=entries.lane
        )
        for citizen_id, entry_id in entries.ids.items()
    }
    return _enqueue(session, news, entries.created_at)


def tell(session: TenantSession, entries: Entries) -> Mapping[int, int]:
    """Citizen -> the neutral SMS that tells of everything she has not read yet: its key is the first of those. One
    that did not come through has told her nothing, and the next entry gets its own."""
    first = {**entries.ids, **thread_entries.first_unread_by_staff(session, [*entries.ids])}
    earlier = [each for citizen_id, each in first.items() if each != entries.ids[citizen_id]]
    told = known_by(session, [_key(each) for each in earlier])
    seen = thread_entries.last_here(session, [*entries.ids])
    news, known = {}, {}
    for citizen_id, entry_id in entries.ids.items():
        before = told.get(_key(first[citizen_id]))
        if before is not None and before.status not in CAME_TO_NOTHING:
            known[citizen_id] = before.id
        else:
            key = _key(first[citizen_id] if before is None else entry_id)
            due_at = _due_at(seen.get(citizen_id), entries.created_at)
            news[citizen_id] = NewMessage("new_message", citizen_id, key, due_at=due_at, lane=entries.lane)
    return {**known, **_enqueue(session, news, entries.created_at)}


def tell_of_event(
    session: TenantSession, citizen_id: int, kind: EventKind, staff_id: int, now: datetime
) -> None:
    """Something of staff's that waits for her in the portal and is no message: she is told of it as of one."""
    entry = ThreadEntry(
        citizen_id=citizen_id, kind=kind, author="staff", staff_id=staff_id, channel="portal", created_at=now
    )
    session.add(entry)
    session.flush()
    entry.message_id = tell(session, Entries({citizen_id: entry.id}, Lane.CONVERSATION, now))[citizen_id]


def _due_at(seen_at: datetime | None, now: datetime) -> datetime:
    is_here = seen_at is not None and now - seen_at <= IN_CONVERSATION
    return now + NOTICE_DELAY if is_here else now


def _key(entry_id: int) -> str:
    return dedupe_key("new_message", entry_id)


def _enqueue(session: TenantSession, news: Mapping[int, NewMessage], now: datetime) -> Mapping[int, int]:
    made = enqueue_many(session, [*news.values()], now)
    return {citizen_id: made[new.dedupe_key] for citizen_id, new in news.items()}
