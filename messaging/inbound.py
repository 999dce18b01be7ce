"""Incoming SMS: stored before anything is decided, then handed to the portal exactly once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Index, String, UniqueConstraint, bindparam, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.encryption import blind_index
from database.engine import Database
from database.lean import insert_rows
from database.tenancy import EVERYONE, TenantSession
from database.types import Encrypted, UtcDateTime
from messaging import retries
from messaging.content_guard import mask_cpr
from messaging.gateway import InboundSms
from messaging.keywords import Command, command_in

logger = logging.getLogger(__name__)

LEFT_WORK = "inbox"
"""Set in the info of a session that stored an SMS: whoever commits it wakes the workers."""

PHONE_INDEX = "phone"
"""The purpose under which phone numbers are indexed."""

AT_ONCE = 100
"""So many are looked up together; each has a transaction of its own."""

Write = Callable[[int], AbstractContextManager[TenantSession]]


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

    message_id: int
    is_new: bool


@dataclass(frozen=True)
class Swept:
    """`more`: others may be waiting beyond those that were looked up."""

    came_through: int
    more: bool


def store(session: TenantSession, sms: InboundSms, now: datetime) -> Stored:
    """Keep an SMS, in a session of the municipality that was written to, by one statement: the unique key tells of a
    replay, which gives the first row."""
    made = insert_rows(session, InboundMessage, [_row(sms, now)], once=("provider", "provider_id"))
    session.info[LEFT_WORK] = session.info.get(LEFT_WORK) or bool(made)
    return Stored(made[0].id if made else _known(session, sms), bool(made))


def process(session: TenantSession, message_id: int, handler: InboundHandler, now: datetime) -> bool:
    """Hand one stored message to the portal, once: what the handler does commits together with the mark.

    False when it was processed already, or is being processed by somebody else at this moment.
    """
    message = session.scalars(_UNPROCESSED, {"stored": message_id}).one_or_none()
    if message is None:
        return False
    _hand_over(session, message, handler)
    message.processed_at, message.due_at = now, None
    return True


_UNPROCESSED = (
    select(InboundMessage)
    .where(InboundMessage.id == bindparam("stored"), InboundMessage.processed_at.is_(None))
    .with_for_update(skip_locked=True)
)
"""Made once: so it is narrowed to each municipality once."""


def sweep(database: Database, write: Write, handler: InboundHandler, now: datetime) -> Swept:
    """Process what was stored but never handed over, or failed when it was. ``write`` opens a session of one
    municipality, and wakes whom its work concerns.

    A message that fails is tried again later and later, for as long as it takes: it is never dropped.
    """
    with database.read(EVERYONE) as session:
        waiting = session.execute(
            select(InboundMessage.id, InboundMessage.municipality_id)
            .where(InboundMessage.due_at <= now)
            .order_by(InboundMessage.due_at, InboundMessage.id)
            .limit(AT_ONCE)
        ).all()  # fmt: skip
    came_through = sum(_process_safely(write, *each, handler, now) for each in waiting)
    return Swept(came_through, more=came_through > 0 and len(waiting) == AT_ONCE)


def _process_safely(
    write: Write, message_id: int, municipality_id: int, handler: InboundHandler, now: datetime
) -> bool:
    try:
        with write(municipality_id) as session:
            return process(session, message_id, handler, now)
    except Exception as error:
        # Only the error's kind: its text may quote the message.
        logger.error("inbound message %s could not be handled: %s", message_id, type(error).__name__)
        with write(municipality_id) as session:
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


def _known(session: Session, sms: InboundSms) -> int:
    """Raises NoResultFound where another municipality has the provider's id: that is no replay, and must be seen."""
    return session.scalars(
        select(InboundMessage.id).where(
            InboundMessage.provider == sms.provider, InboundMessage.provider_id == sms.provider_id
        )
    ).one()


def _row(sms: InboundSms, now: datetime) -> Mapping[str, object]:
    masked = mask_cpr(sms.text.replace("\0", ""))
    return {
        "provider": sms.provider,
        "provider_id": sms.provider_id,
        "sender": sms.from_,
        "sender_index": blind_index(PHONE_INDEX, sms.from_),
        "recipient": sms.to,
        "text": masked.text,
        "masked_numbers": masked.found,
        "media_count": sms.media_count,
        "received_at": now,
        "due_at": now,
    }
