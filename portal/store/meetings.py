"""Meetings of a citizen and her caseworker."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime, enum_as_text
from portal.domain.meetings import USUAL_MINUTES, Way
from portal.store.answering import Invitation
from portal.store.people import Citizen, Staff


class Meeting(Owned, Base):
    """``starts_at`` of a meeting whose hour is not set yet is the beginning of its local day."""

    __tablename__ = "meetings"
    __table_args__ = (Index("ix_meetings_citizen_id_starts_at", "citizen_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    has_time: Mapped[bool] = mapped_column(default=True)
    minutes: Mapped[int] = mapped_column(default=USUAL_MINUTES)
    way: Mapped[Way] = mapped_column(enum_as_text(Way))
    place: Mapped[str | None] = mapped_column(Encrypted)
    note: Mapped[str | None] = mapped_column(Encrypted)
    """What she should know before; she reads it, so it holds nothing that may not be seen over her shoulder."""
    interpreter: Mapped[str | None] = mapped_column(String(8))
    """The language of the interpreter (``domain.meetings.INTERPRETERS``)."""
    interpreter_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """She has asked for the interpreter, and nobody has seen to it yet."""
    move_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """She has asked for another time, and nobody has seen to it yet."""
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    """To her own agenda for this meeting."""
    changes: Mapped[int] = mapped_column(default=0)
    """Counted, so that a calendar knows the newer of two."""
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    citizen: Mapped[Citizen] = relationship()
    maker: Mapped[Staff] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
