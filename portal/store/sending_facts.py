"""What the policy asks about one citizen just before an SMS to her is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from database.lean import Lock, Lookup, asked
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.store import people
from portal.store.kept import keep, kept
from portal.store.people import Addressee
from portal.store.thread import ThreadEntry, settles

TO_STRANGERS = "unknown_sender"
"""The kind of SMS whose recipient is no citizen."""


def hold(session: Session, citizen_ids: Sequence[int]) -> frozenset[int]:
    """Two SMS to one citizen are decided one after the other, so that the second counts the first: whose turn has
    come. One citizen is waited for. Of several, who are free are taken, so that no two ever wait for each other.

    What an SMS wants to know of them is known from now on.
    """
    lock = Lock.WAIT if len(citizen_ids) == 1 else Lock.FREE
    held = people.addressees(session, citizen_ids, lock)
    for citizen in held:
        keep(session, (hold, citizen.id), {citizen.id})
        keep(session, (Addressee, citizen.id), citizen)
    return frozenset(citizen.id for citizen in held)


def hold_others(session: Session, citizen_id: int) -> None:
    """As ``hold`` for one, unless she is held."""
    kept(session, (hold, citizen_id), lambda: hold(session, [citizen_id]))


def addressee(session: Session, citizen_id: int) -> Addressee:
    """What an SMS wants to know of her."""
    return kept(session, (Addressee, citizen_id), lambda: people.addressees(session, [citizen_id])[0])


def left_since(
    session: Session, citizen_id: int, since: datetime, now: datetime, *, but: int | None = None
) -> tuple[datetime, ...]:
    """When each SMS to her left, or may have left, from ``since`` on; without the message ``but``."""
    left = kept(session, (_LEFT, citizen_id), lambda: _left(session, [citizen_id], since)[citizen_id])
    # What is with a gateway just now has left, as far as anybody knows.
    return tuple(sent_at or now for message_id, sent_at in left if message_id != but)


def look_up_left(session: Session, citizen_ids: Sequence[int], since: datetime) -> None:
    """What ``left_since`` will be asked of each."""
    for citizen_id, left in _left(session, citizen_ids, since).items():
        keep(session, (_LEFT, citizen_id), left)


def _left(session: Session, citizen_ids: Sequence[int], since: datetime) -> Mapping[int, Sequence[_Left]]:
    left: dict[int, list[_Left]] = {citizen_id: [] for citizen_id in citizen_ids}
    for row in _LEFT.fetch(session, recipient_ref=citizen_ids, since=since):
        left[row.recipient_ref].append((row.id, row.sent_at))
    return left


_Left = tuple[int, datetime | None]
_OUTBOX: Any = OutboxMessage.__table__
_LEFT = Lookup(
    OutboxMessage,
    ("recipient_ref", "id", "sent_at"),
    among="recipient_ref",
    also=and_(
        _OUTBOX.c.kind != TO_STRANGERS,
        or_(_OUTBOX.c.sent_at >= asked("since"), _OUTBOX.c.status == Status.SENDING),
    ),
)


def awaits_reply(session: Session, citizen_id: int) -> bool:
    """She has written, and no person has answered since, or seen that it needs no answer."""
    return citizen_id in kept(session, (awaits_reply, citizen_id), lambda: _awaiting(session, [citizen_id]))


def look_up_awaiting(session: Session, citizen_ids: Sequence[int]) -> None:
    """What ``awaits_reply`` will be asked of each."""
    awaiting = _awaiting(session, citizen_ids)
    for citizen_id in citizen_ids:
        keep(session, (awaits_reply, citizen_id), awaiting)


def _awaiting(session: Session, citizen_ids: Sequence[int]) -> frozenset[int]:
    rows = session.execute(_LAST_WRITTEN, {"written_with": [*citizen_ids]})
    return frozenset(citizen for citizen, hers, ours in rows if hers is not None and hers > (ours or 0))


_IS_HERS = and_(ThreadEntry.kind == "message", ThreadEntry.author == "citizen")
_LAST_WRITTEN = (
    select(
        ThreadEntry.citizen_id,
        func.max(case((_IS_HERS, ThreadEntry.id))),
        func.max(case((settles(), ThreadEntry.id))),
    )
    .where(ThreadEntry.citizen_id.in_(bindparam("written_with", expanding=True)))
    .where(or_(_IS_HERS, settles()))
    .group_by(ThreadEntry.citizen_id)
)
