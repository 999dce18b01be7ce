"""What the policy asks about one citizen just before an SMS to her is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.store.kept import keep, kept
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry

TO_STRANGERS = "unknown_sender"
"""The kind of SMS whose recipient is no citizen."""


def hold_others(session: Session, citizen_id: int) -> None:
    """Two SMS to one citizen are decided one after the other, so that the second counts the first."""
    kept(session, (_HOLD, citizen_id), lambda: session.execute(_HOLD, {"decided": citizen_id}))


def hold_free(session: Session, citizen_ids: Sequence[int]) -> frozenset[int]:
    """As ``hold_others``, those of several whom nobody else holds: who takes more than one waits for none, so that
    no two ever wait for each other. The session has them from now on."""
    held = session.scalars(_HOLD_FREE, {"decided": [*citizen_ids]}).all()
    for citizen in held:
        keep(session, (_HOLD, citizen.id), citizen)
    return frozenset(citizen.id for citizen in held)


def left_since(
    session: Session, citizen_id: int, since: datetime, now: datetime, *, but: int | None = None
) -> tuple[datetime, ...]:
    """When each SMS to her left, or may have left, from ``since`` on; without the message ``but``."""
    asked = {"to_her": [citizen_id], "since": since, "but": [but or 0]}
    found = kept(session, (_LEFT, citizen_id), lambda: [at for _, at in session.execute(_LEFT, asked)])
    # What is with a gateway just now has left, as far as anybody knows.
    return tuple(sent_at or now for sent_at in found)


def look_up_left(
    session: Session, citizen_ids: Sequence[int], since: datetime, *, but: Sequence[int]
) -> None:
    """What ``left_since`` will be asked of each, with one message of ``but`` to each of them."""
    left: dict[int, list[datetime | None]] = {citizen_id: [] for citizen_id in citizen_ids}
    asked = {"to_her": [*citizen_ids], "since": since, "but": [*but]}
    for citizen_id, sent_at in session.execute(_LEFT, asked):
        left[citizen_id].append(sent_at)
    for citizen_id, times in left.items():
        keep(session, (_LEFT, citizen_id), times)


# Made once, for every SMS that is sent asks them.
_HOLD = (
    select(Citizen.id)
    .where(Citizen.id == bindparam("decided"))
    # The rows that point at her may go on: only who decides about her waits.
    .with_for_update(key_share=True)
)
_HOLD_FREE = (
    select(Citizen)
    .where(Citizen.id.in_(bindparam("decided", expanding=True)))
    .order_by(Citizen.id)
    .with_for_update(key_share=True, skip_locked=True)
)
_LEFT = select(OutboxMessage.recipient_ref, OutboxMessage.sent_at).where(
    OutboxMessage.recipient_ref.in_(bindparam("to_her", expanding=True)),
    OutboxMessage.kind != TO_STRANGERS,
    or_(OutboxMessage.sent_at >= bindparam("since"), OutboxMessage.status == Status.SENDING),
    OutboxMessage.id.not_in(bindparam("but", expanding=True)),
)


def awaits_reply(session: Session, citizen_id: int) -> bool:
    """She has written since a person last wrote to her."""
    hers = func.max(case((ThreadEntry.author == "citizen", ThreadEntry.id)))
    ours = func.max(case((ThreadEntry.author == "staff", ThreadEntry.id)))
    query = select(hers, ours).where(ThreadEntry.citizen_id == citizen_id, ThreadEntry.kind == "message")
    last_of_hers, last_of_ours = session.execute(query).one()
    return last_of_hers is not None and last_of_hers > (last_of_ours or 0)
