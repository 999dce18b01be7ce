"""What the policy asks about one citizen just before an SMS to her is sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry

TO_STRANGERS = "unknown_sender"
"""The kind of SMS whose recipient is no citizen."""


def hold_others(session: Session, citizen_id: int) -> None:
    """Two SMS to one citizen are decided one after the other, so that the second counts the first."""
    session.execute(_HOLD, {"decided": citizen_id})


def left_since(
    session: Session, citizen_id: int, since: datetime, now: datetime, *, but: int | None = None
) -> tuple[datetime, ...]:
    """When each SMS to her left, or may have left, from ``since`` on; without the message ``but``."""
    found = session.scalars(_LEFT, {"to_her": citizen_id, "since": since, "but": but or 0})
    # What is with a gateway just now has left, as far as anybody knows.
    return tuple(sent_at or now for sent_at in found)


# Made once, for every SMS that is sent asks them.
_HOLD = (
    select(Citizen.id)
    .where(Citizen.id == bindparam("decided"))
    # The rows that point at her may go on: only who decides about her waits.
    .with_for_update(key_share=True)
)
_LEFT = select(OutboxMessage.sent_at).where(
    OutboxMessage.recipient_ref == bindparam("to_her"),
    OutboxMessage.kind != TO_STRANGERS,
    or_(OutboxMessage.sent_at >= bindparam("since"), OutboxMessage.status == Status.SENDING),
    OutboxMessage.id != bindparam("but"),
)


def awaits_reply(session: Session, citizen_id: int) -> bool:
    """She has written since a person last wrote to her."""
    hers = func.max(case((ThreadEntry.author == "citizen", ThreadEntry.id)))
    ours = func.max(case((ThreadEntry.author == "staff", ThreadEntry.id)))
    query = select(hers, ours).where(ThreadEntry.citizen_id == citizen_id, ThreadEntry.kind == "message")
    last_of_hers, last_of_ours = session.execute(query).one()
    return last_of_hers is not None and last_of_hers > (last_of_ours or 0)
