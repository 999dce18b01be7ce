"""The outbox: what is to be sent, in the transaction that wants it sent; `claims` says who sends it.

A row's `due_at` says when it next wants a worker: its planned time, the time of its next try, or, while a
worker holds it, the end of that worker's lease. So one narrow index answers "what is due?" at a cost that
does not grow with the table, and a row whose worker died is simply due again when its lease ends.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.tenancy import EVERYONE, TenantSession
from database.types import EncryptedJson, SmallIntEnum, UtcDateTime, enum_as_text
from messaging.message import Lane, Status
from messaging.once import add_once

LEFT_WORK = "outbox"
"""Set in the info of a session that enqueued: whoever commits it wakes the workers."""

LEASE = timedelta(minutes=2)
"""Longer than any gateway's timeout; renewed before each message is sent."""


class OutboxMessage(Owned, Base):
    """One message to one recipient. The text is not here: it is rendered when it is sent."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("municipality_id", "dedupe_key"),
        Index("ix_outbox_messages_due", "municipality_id", "lane", "due_at", "id",
              sqlite_where=text("due_at IS NOT NULL"), postgresql_where=text("due_at IS NOT NULL")),
        Index("ix_outbox_messages_awaiting_receipt", "sent_at", sqlite_where=text("status = 'sent'"),
              postgresql_where=text("status = 'sent'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    recipient_ref: Mapped[int] = mapped_column(index=True)
    """The portal's name for the recipient."""
    lane: Mapped[Lane] = mapped_column(SmallIntEnum(Lane), default=Lane.SINGLE, server_default="1")
    parameters: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    status: Mapped[Status] = mapped_column(enum_as_text(Status), default=Status.QUEUED)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it next wants a worker; None when it wants none any more."""
    claimed_by: Mapped[str | None] = mapped_column(String(100))
    attempts: Mapped[int] = mapped_column(default=0)
    reference: Mapped[str] = mapped_column(String(22), unique=True)
    """Goes to the provider and comes back with receipts. Random, so that nobody can guess another's."""
    gateway: Mapped[str | None] = mapped_column(String(20))
    provider_id: Mapped[str | None] = mapped_column(String(64), index=True)
    error_code: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(String(60))
    """Why it waits, was withheld or did not get through: a word for the catalogs, not a sentence."""
    parts: Mapped[int | None]
    possible_duplicates: Mapped[int] = mapped_column(default=0)
    """How often it was sent again although an earlier try may have been taken."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it reached its final status; for a delivered message, when that was."""

    @property
    def may_have_been_sent(self) -> bool:
        return _may_have_been_sent(self)

    @property
    def perhaps_at(self) -> str | None:
        """The gateway that may have it from an earlier try: empty where a worker died before it said which; None
        where no try is open."""
        return _perhaps_at(self)


@dataclass(slots=True)
class InHand:
    """The same, of a row that a worker has taken up: no object of a session, which would cost as much as the text.
    `outcomes.keep` writes down what is changed on it."""

    id: int
    kind: str
    recipient_ref: int
    parameters: Mapping[str, Any]
    status: Status
    due_at: datetime | None
    claimed_by: str | None
    attempts: int
    reference: str
    gateway: str | None
    parts: int | None
    possible_duplicates: int
    reason: str | None
    finished_at: datetime | None

    @property
    def may_have_been_sent(self) -> bool:
        return _may_have_been_sent(self)

    @property
    def perhaps_at(self) -> str | None:
        return _perhaps_at(self)


Message = OutboxMessage | InHand


def _may_have_been_sent(message: Message) -> bool:
    return message.status is Status.SENDING or message.possible_duplicates > 0


def _perhaps_at(message: Message) -> str | None:
    return (message.gateway or "") if message.may_have_been_sent else None


@dataclass(frozen=True)
class NewMessage:
    """What to send, in the portal's own terms; `due_at` None means at once."""

    kind: str
    recipient_ref: int
    dedupe_key: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None
    lane: Lane = Lane.SINGLE


@dataclass(frozen=True)
class Enqueued:
    message: OutboxMessage
    is_new: bool


def enqueue(session: TenantSession, new: NewMessage, now: datetime) -> Enqueued:
    """Put a message in the outbox, in the caller's transaction; a known dedupe key gives the row it has.

    Raises ValueError in a session that looks across municipalities: keys are unique within one.
    """
    if session.tenant is EVERYONE:
        raise ValueError("a message is enqueued for one municipality")
    message, is_new = add_once(session, lambda: _by_key(session, new.dedupe_key), lambda: _row(new, now))
    session.info[LEFT_WORK] = session.info.get(LEFT_WORK) or is_new
    return Enqueued(message, is_new)


def ask_anew(
    session: TenantSession, recipient_refs: Collection[int], reasons: Iterable[str], now: datetime
) -> None:
    """What made their messages wait for one of ``reasons`` may be another now: they are due, and whoever takes them up
    asks whether they may go. What a worker holds is left to it."""
    waiting = (
        update(OutboxMessage)
        .where(OutboxMessage.recipient_ref.in_(recipient_refs), OutboxMessage.status == Status.QUEUED)
        .where(OutboxMessage.claimed_by.is_(None), OutboxMessage.due_at > now)
        .where(OutboxMessage.reason.in_([*reasons]))
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )
    session.execute(waiting)
    session.info[LEFT_WORK] = True


def _by_key(session: Session, key: str) -> OutboxMessage | None:
    return session.scalars(select(OutboxMessage).where(OutboxMessage.dedupe_key == key)).one_or_none()


def _row(new: NewMessage, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        kind=new.kind,
        recipient_ref=new.recipient_ref,
        dedupe_key=new.dedupe_key,
        lane=new.lane,
        parameters=dict(new.parameters),
        due_at=new.due_at or now,
        reference=secrets.token_urlsafe(16),
        created_at=now,
    )
