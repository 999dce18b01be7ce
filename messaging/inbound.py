"""Incoming SMS: stored before anything is decided, then handed to the portal exactly once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.encryption import blind_index
from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from database.types import Encrypted, UtcDateTime
from messaging import retries
from messaging.content_guard import mask_cpr
from messaging.gateway import InboundSms
from messaging.keywords import Command, command_in
from messaging.once import add_once

logger = logging.getLogger(__name__)

LEFT_WORK = "inbox"
"""Set in the info of a session that stored an SMS: whoever commits it wakes the workers."""

PHONE_INDEX = "phone"
"""The purpose under which phone numbers are indexed."""


class InboundMessage(Owned, Base):
    """One SMS from a phone, CPR-like digits already masked. `due_at`: when to (re)try handing it over."""

    __tablename__ = "inbound_messages"
    __table_args__ = (
        UniqueConstraint("provider", "provider_id"),
        Index("ix_inbound_messages_due", "due_at", "id", sqlite_where=text("due_at IS NOT NULL"),
              postgresql_where=text("due_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(20))
    provider_id: Mapped[str] = mapped_column(String(64))
    sender: Mapped[str] = mapped_column(Encrypted)
    sender_index: Mapped[str] = mapped_column(String(43), index=True)
    recipient: Mapped[str] = mapped_column(String(40))
    """The municipality's number that was written to."""
    text: Mapped[str] = mapped_column(Encrypted)
    masked_numbers: Mapped[int]
    """How many CPR-like numbers were masked."""
    media_count: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    processed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)


class InboundHandler(Protocol):
    """The portal's part. Each runs in the transaction that marks the message as processed."""

    def stop(self, session: TenantSession, message: InboundMessage) -> None: ...

    def start(self, session: TenantSession, message: InboundMessage) -> None: ...

    def reply(self, session: TenantSession, message: InboundMessage) -> None: ...


@dataclass(frozen=True)
class Stored:
    """`is_new` is False for a message that was handed over before."""

    message: InboundMessage
    is_new: bool


def store(session: TenantSession, sms: InboundSms, now: datetime) -> Stored:
    """Keep an SMS, in a session of the municipality that was written to. A replay gives the first row."""
    message, is_new = add_once(session, lambda: _existing(session, sms), lambda: _row(sms, now))
    session.info[LEFT_WORK] = session.info.get(LEFT_WORK) or is_new
    return Stored(message, is_new)


def process(session: TenantSession, message_id: int, handler: InboundHandler, now: datetime) -> bool:
    """Hand one stored message to the portal, once: what the handler does commits together with the mark.

    False when it was processed already, or is being processed by somebody else at this moment.
    """
    message = session.scalars(
        select(InboundMessage)
        .where(InboundMessage.id == message_id, InboundMessage.processed_at.is_(None))
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if message is None:
        return False
    _hand_over(session, message, handler)
    message.processed_at, message.due_at = now, None
    return True


def sweep(database: Database, handler: InboundHandler, now: datetime, limit: int = 100) -> int:
    """Process what was stored but never handed over, or failed when it was; returns how many came through.

    A message that fails is tried again later and later, for as long as it takes: it is never dropped.
    """
    with database.read(EVERYONE) as session:
        waiting = session.execute(
            select(InboundMessage.id, InboundMessage.municipality_id)
            .where(InboundMessage.due_at <= now)
            .order_by(InboundMessage.due_at, InboundMessage.id)
            .limit(limit)
        ).all()  # fmt: skip
    return sum(_process_safely(database, *each, handler, now) for each in waiting)


def _process_safely(
    database: Database, message_id: int, municipality_id: int, handler: InboundHandler, now: datetime
) -> bool:
    try:
        with database.write(municipality_id) as session:
            return process(session, message_id, handler, now)
    except Exception as error:
        # Only the error's kind: its text may quote the message.
        logger.error("inbound message %s could not be handled: %s", message_id, type(error).__name__)
        with database.write(municipality_id) as session:
            _try_later(session, message_id, now)
        return False


def _try_later(session: Session, message_id: int, now: datetime) -> None:
    message = session.get_one(InboundMessage, message_id)
    message.attempts += 1
    message.due_at = now + (retries.delay_after(message.attempts) or retries.LONGEST)


def _hand_over(session: TenantSession, message: InboundMessage, handler: InboundHandler) -> None:
    command = command_in(message.text)
    if command is Command.STOP:
        handler.stop(session, message)
    elif command is Command.START:
        handler.start(session, message)
    else:
        handler.reply(session, message)


def _existing(session: Session, sms: InboundSms) -> InboundMessage | None:
    return session.scalars(
        select(InboundMessage).where(
            InboundMessage.provider == sms.provider, InboundMessage.provider_id == sms.provider_id
        )
    ).one_or_none()


def _row(sms: InboundSms, now: datetime) -> InboundMessage:
    masked = mask_cpr(sms.text.replace("\0", ""))
    return InboundMessage(
        provider=sms.provider,
        provider_id=sms.provider_id,
        sender=sms.from_,
        sender_index=blind_index(PHONE_INDEX, sms.from_),
        recipient=sms.to,
        text=masked.text,
        masked_numbers=masked.found,
        media_count=sms.media_count,
        received_at=now,
        due_at=now,
    )
