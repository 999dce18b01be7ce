"""Delivery receipts: late, doubled, out of order or about nothing we know; a status only moves forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from messaging.gateway import Receipt
from messaging.message import FINAL, Status, advance
from messaging.outbox import OutboxMessage


@dataclass(frozen=True)
class Applied:
    """The message the receipt was about (None: unknown to us), and whether it taught us anything."""

    message: OutboxMessage | None
    changed: bool


def apply(session: Session, receipt: Receipt, now: datetime) -> Applied:
    """Move the message's status on, under lock, in a session that looks across municipalities.

    Our own reference is stored before the provider is called and finds the row however early the receipt
    comes, so that none is lost; the provider's id serves the callbacks that carry no reference.
    """
    message = _find(session, receipt)
    if message is None:
        return Applied(None, changed=False)
    status = advance(message.status, receipt.status)
    if status is message.status:
        return Applied(message, changed=False)
    _move(message, status, receipt, now)
    return Applied(message, changed=True)


def _find(session: Session, receipt: Receipt) -> OutboxMessage | None:
    query = select(OutboxMessage).with_for_update()
    if receipt.reference:
        return session.scalars(query.where(OutboxMessage.reference == receipt.reference)).one_or_none()
    matches = query.where(
        OutboxMessage.provider_id == receipt.provider_id, OutboxMessage.gateway == receipt.provider
    )
    return session.scalars(matches).one_or_none()


def _move(message: OutboxMessage, status: Status, receipt: Receipt, now: datetime) -> None:
    message.status = status
    # The provider has it: no worker shall take it up again. One that waits for its answer keeps its claim.
    message.due_at = None
    message.sent_at = message.sent_at or now
    message.gateway = message.gateway or receipt.provider
    message.provider_id = message.provider_id or receipt.provider_id
    message.error_code = receipt.error_code or None
    message.reason = receipt.reason
    message.finished_at = now if status in FINAL else None
