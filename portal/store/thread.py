"""The one thread between a citizen and her caseworkers: portal and SMS in order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime
from portal.store.people import Citizen, Staff


class ThreadEntry(Owned, Base):
    """``kind``: message, or an event (invitation, answered, opted_out, opted_in, not_me) without a body."""

    __tablename__ = "thread_entries"
    __table_args__ = (Index("ix_thread_entries_citizen_id_id", "citizen_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    kind: Mapped[str] = mapped_column(String(12), default="message")
    author: Mapped[str] = mapped_column(String(8))
    """citizen, staff or system."""
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[str] = mapped_column(String(8))
    """portal or sms."""
    body: Mapped[str | None] = mapped_column(Encrypted)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    """The SMS itself, or the neutral SMS that told of a portal message; its status is the delivery state."""
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_messages.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the other party saw it."""

    citizen: Mapped[Citizen] = relationship()
    staff: Mapped[Staff | None] = relationship()
