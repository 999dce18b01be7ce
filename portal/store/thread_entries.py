"""Entries of a thread, looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from database.base import Municipality
from database.lean import Lookup, asked
from database.types import Sealed
from messaging.inbound import InboundMessage
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.replies import ReplyKind
from portal.store.check_ins import CheckInAnswer
from portal.store.crisis import CrisisAlarm
from portal.store.people import Staff
from portal.store.thread import AWAITS_HER, ThreadEntry, settles


class EntryRow(NamedTuple):
    """An entry with its writer's name and the state of its SMS; ``pictures``: how many came with an MMS.
    ``raised_at`` and ``handled_at``: of a message with words of crisis. ``answered`` and ``understood``: of a reply
    to a check-in, what was asked for and the answer (None for free words)."""

    entry: ThreadEntry
    staff_name: str | None
    status: Status | None
    reason: str | None
    pictures: int | None
    raised_at: datetime | None
    handled_at: datetime | None
    answered: ReplyKind | None
    understood: str | None


class Mark(NamedTuple):
    """What can change of an entry that is already shown."""

    entry_id: int
    status: Status | None
    reason: str | None
    read_at: datetime | None


class Said(NamedTuple):
    """An entry as it is compared with another: the columns of those names."""

    id: int
    citizen_id: int
    author: str
    staff_id: int | None
    channel: str
    body: Sealed | None


def told_by(session: Session, message_id: int) -> list[ThreadEntry]:
    """The entries whose arrival this SMS tells of."""
    query = (
        select(ThreadEntry)
        .where(ThreadEntry.message_id == message_id)
        .options(joinedload(ThreadEntry.staff))
        .order_by(ThreadEntry.id)
    )
    return list(session.scalars(query))


def newest_of(session: Session, citizen_id: int) -> ThreadEntry | None:
    """The newest that a person has made: what the system answers by itself stands in between."""
    return session.scalars(
        select(ThreadEntry)
        .where(ThreadEntry.citizen_id == citizen_id, ThreadEntry.author != "system")
        .order_by(ThreadEntry.id.desc())
        .limit(1)
    ).one_or_none()


def newest_said(session: Session, citizen_ids: Sequence[int], since: datetime) -> Mapping[int, Said]:
    """Citizen -> the newest entry that a person has made in her thread, of those in which it came after ``since``."""
    newest = session.scalars(_NEWEST, {"written_to": citizen_ids}).all()
    return {row.citizen_id: Said(*row) for row in _SAID.fetch(session, id=newest, since=since)}


_NEWEST = (
    select(func.max(ThreadEntry.id))
    .where(
        ThreadEntry.citizen_id.in_(bindparam("written_to", expanding=True)), ThreadEntry.author != "system"
    )
    .group_by(ThreadEntry.citizen_id)
)
_ENTRIES: Any = ThreadEntry.__table__
_SAID = Lookup(
    ThreadEntry, Said._fields, among="id", sealed=("body",), also=_ENTRIES.c.created_at > asked("since")
)


def waiting_since(session: Session, citizen_id: int) -> datetime | None:
    """When the first of her messages came in that nothing of ours settles; None when there is none."""
    settled = (
        select(func.coalesce(func.max(ThreadEntry.id), 0))
        .where(ThreadEntry.citizen_id == citizen_id, settles())
        .scalar_subquery()
    )
    query = select(func.min(ThreadEntry.created_at)).where(
        ThreadEntry.citizen_id == citizen_id,
        ThreadEntry.kind == "message",
        ThreadEntry.author == "citizen",
        ThreadEntry.id > settled,
    )
    found: datetime | None = session.scalar(query)
    return found


def newest_from_her(session: Session, citizen_id: int) -> int | None:
    """The id of the last message she wrote."""
    return session.scalar(
        select(func.max(ThreadEntry.id)).where(
            ThreadEntry.citizen_id == citizen_id,
            ThreadEntry.kind == "message",
            ThreadEntry.author == "citizen",
        )
    )


def newest_by_colleague(
    session: Session, citizen_id: int, staff_id: int, after_id: int
) -> tuple[str, str] | None:
    """The name and the words of the last of staff, other than ``staff_id``, who wrote after an entry."""
    query = (
        select(Staff.name, ThreadEntry.body)
        .join(Staff, Staff.id == ThreadEntry.staff_id)
        .where(
            ThreadEntry.citizen_id == citizen_id,
            ThreadEntry.id > after_id,
            ThreadEntry.kind == "message",
            ThreadEntry.author == "staff",
            ThreadEntry.staff_id != staff_id,
        )
        .order_by(ThreadEntry.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1] or "")


def newest_of_kind_at(session: Session, citizen_id: int, kind: str) -> datetime | None:
    query = select(func.max(ThreadEntry.created_at)).where(
        ThreadEntry.citizen_id == citizen_id, ThreadEntry.kind == kind
    )
    found: datetime | None = session.scalar(query)
    return found


def newest_rows(
    session: Session, citizen_id: int, limit: int, before_id: int | None = None
) -> list[EntryRow]:
    """The newest ``limit`` entries (of those before ``before_id``), oldest first."""
    query = _rows(citizen_id).order_by(ThreadEntry.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(ThreadEntry.id < before_id)
    return [EntryRow(*row) for row in reversed(session.execute(query).all())]


def rows_after(session: Session, citizen_id: int, after_id: int, limit: int) -> list[EntryRow]:
    query = _rows(citizen_id).where(ThreadEntry.id > after_id).order_by(ThreadEntry.id).limit(limit)
    return [EntryRow(*row) for row in session.execute(query)]


def rows_between(
    session: Session, citizen_id: int, begin: datetime | None, end: datetime | None
) -> list[EntryRow]:
    """All from ``begin`` to before ``end``, in the thread's order; None leaves that side open."""
    query = _rows(citizen_id).order_by(ThreadEntry.id)
    if begin is not None:
        query = query.where(ThreadEntry.created_at >= begin)
    if end is not None:
        query = query.where(ThreadEntry.created_at < end)
    return [EntryRow(*row) for row in session.execute(query)]


def newest_marks(session: Session, citizen_id: int, limit: int) -> list[Mark]:
    """Of the newest ``limit`` entries, the newest first. Reads no text."""
    query = (
        select(ThreadEntry.id, OutboxMessage.status, OutboxMessage.reason, ThreadEntry.read_at)
        .outerjoin(OutboxMessage, OutboxMessage.id == ThreadEntry.message_id)
        .where(ThreadEntry.citizen_id == citizen_id)
        .order_by(ThreadEntry.id.desc())
        .limit(limit)
    )
    return [Mark(*row) for row in session.execute(query)]


def first_unread_by_staff(session: Session, citizen_ids: Sequence[int]) -> Mapping[int, int]:
    """Citizen -> the id of the first message in the portal that she has not seen, of those who have one."""
    return {row[0]: row[1] for row in session.execute(_FIRST_UNREAD, {"written_to": citizen_ids})}


_FIRST_UNREAD = (
    select(ThreadEntry.citizen_id, func.min(ThreadEntry.id))
    .where(
        ThreadEntry.citizen_id.in_(bindparam("written_to", expanding=True)),
        ThreadEntry.author == "staff",
        ThreadEntry.kind.in_(AWAITS_HER),
        ThreadEntry.channel == "portal",
        ThreadEntry.read_at.is_(None),
    )
    .group_by(ThreadEntry.citizen_id)
)


def last_here(session: Session, citizen_ids: Sequence[int]) -> Mapping[int, datetime]:
    """Citizen -> when she last read or wrote in the portal's thread, of those who ever did."""
    return {row[0]: row[1] for row in session.execute(_LAST_HERE, {"written_to": citizen_ids})}


_LAST_HERE = (
    select(
        ThreadEntry.citizen_id,
        func.max(case((ThreadEntry.author == "staff", ThreadEntry.read_at), else_=ThreadEntry.created_at)),
    )
    .where(
        ThreadEntry.citizen_id.in_(bindparam("written_to", expanding=True)),
        or_(
            (ThreadEntry.author == "citizen") & (ThreadEntry.channel == "portal"),
            (ThreadEntry.author == "staff") & ThreadEntry.read_at.is_not(None),
        ),
    )
    .group_by(ThreadEntry.citizen_id)
)


def own_and_last_written(
    session: Session, citizen_id: int, channel: str
) -> tuple[Municipality, datetime | None]:
    """The municipality, and when the citizen last wrote to it by this channel."""
    last = select(func.max(ThreadEntry.created_at)).where(
        ThreadEntry.citizen_id == citizen_id,
        ThreadEntry.author == "citizen",
        ThreadEntry.kind == "message",
        ThreadEntry.channel == channel,
    )
    municipality, written_at = session.execute(select(Municipality, last.scalar_subquery())).one()
    return municipality, written_at


def mark_read(session: Session, citizen_id: int, author: str, up_to_id: int, now: datetime) -> None:
    """The messages of ``author``, up to the newest one that the reader was shown."""
    session.execute(
        update(ThreadEntry)
        .where(
            ThreadEntry.citizen_id == citizen_id,
            ThreadEntry.author == author,
            ThreadEntry.kind.in_(AWAITS_HER),
            ThreadEntry.id <= up_to_id,
            ThreadEntry.read_at.is_(None),
        )
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )


def _rows(citizen_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ThreadEntry,
            Staff.name,
            OutboxMessage.status,
            OutboxMessage.reason,
            InboundMessage.media_count,
            CrisisAlarm.raised_at,
            CrisisAlarm.handled_at,
            CheckInAnswer.kind,
            CheckInAnswer.value,
        )
        .outerjoin(Staff, Staff.id == ThreadEntry.staff_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == ThreadEntry.message_id)
        .outerjoin(InboundMessage, InboundMessage.id == ThreadEntry.inbound_id)
        .outerjoin(CrisisAlarm, CrisisAlarm.entry_id == ThreadEntry.id)
        .outerjoin(CheckInAnswer, CheckInAnswer.entry_id == ThreadEntry.id)
        .where(ThreadEntry.citizen_id == citizen_id)
    )
