"""What the policy asks about one citizen just before an SMS to her is sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry

TO_STRANGERS = "unknown_sender"
"""The kind of SMS whose recipient is no citizen."""


def hold_others(session: Session, citizen_id: int) -> None:
    """Two SMS to one citizen are decided one after the other, so that the second counts the first."""
    # The rows that point at her may go on: only who decides about her waits.
    session.execute(select(Citizen.id).where(Citizen.id == citizen_id).with_for_update(key_share=True))


def left_since(
    session: Session, citizen_id: int, since: datetime, now: datetime, *, but: int | None = None
) -> tuple[datetime, ...]:
    """When each SMS to her left, or may have left, from ``since`` on; without the message ``but``."""
    # What is with a gateway just now has left, as far as anybody knows.
    left_at = case((OutboxMessage.sent_at.is_(None), now), else_=OutboxMessage.sent_at)
    query = select(left_at).where(
        OutboxMessage.recipient_ref == citizen_id,
        OutboxMessage.kind != TO_STRANGERS,
        or_(OutboxMessage.sent_at >= since, OutboxMessage.status == Status.SENDING),
    )
    if but is not None:
        query = query.where(OutboxMessage.id != but)
    return tuple(session.scalars(query))


def awaits_reply(session: Session, citizen_id: int) -> bool:
    """She has written since a person last wrote to her."""
    hers = func.max(case((ThreadEntry.author == "citizen", ThreadEntry.id)))
    ours = func.max(case((ThreadEntry.author == "staff", ThreadEntry.id)))
    query = select(hers, ours).where(ThreadEntry.citizen_id == citizen_id, ThreadEntry.kind == "message")
    last_of_hers, last_of_ours = session.execute(query).one()
    return last_of_hers is not None and last_of_hers > (last_of_ours or 0)
