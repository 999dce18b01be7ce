"""What a municipality sets about its SMS: what a part costs it, and its own list of words that are too private."""

from __future__ import annotations

from sqlalchemy import JSON, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned


class SmsSettings(Owned, Base):
    """One row a municipality, or none while it has set nothing."""

    __tablename__ = "sms_settings"
    __table_args__ = (UniqueConstraint("municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    part_price: Mapped[int | None]
    """Øre for one part; None: nobody has said."""
    sensitive_words: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """In place of the shipped list (``messaging.content_guard``); None: the shipped list."""


def of_municipality(session: Session) -> SmsSettings | None:
    return session.scalars(select(SmsSettings)).one_or_none()
