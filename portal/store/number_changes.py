"""Changes of number that citizens make themselves: asked for, confirmed on the new phone, perhaps undone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime


class NumberChange(Owned, Base):
    __tablename__ = "number_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    new_phone: Mapped[str] = mapped_column(Encrypted)
    old_phone: Mapped[str | None] = mapped_column(Encrypted)
    """Known once it is changed: for the notice to it, and for staff to undo it."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    code_index: Mapped[str | None] = mapped_column(String(43))
    """The keyed hash of the code; None until the SMS is made."""
    code_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def newest(session: Session, citizen_id: int) -> NumberChange | None:
    query = select(NumberChange).where(NumberChange.citizen_id == citizen_id)
    return session.scalars(query.order_by(NumberChange.id.desc()).limit(1)).one_or_none()


def newest_changed(session: Session, citizen_id: int) -> NumberChange | None:
    query = select(NumberChange).where(
        NumberChange.citizen_id == citizen_id, NumberChange.changed_at.is_not(None)
    )
    return session.scalars(query.order_by(NumberChange.id.desc()).limit(1)).one_or_none()


def asked_since(session: Session, citizen_id: int, since: datetime) -> int:
    query = select(func.count()).where(NumberChange.citizen_id == citizen_id, NumberChange.asked_at > since)
    return session.scalar(query) or 0


def forget_before(session: Session, moment: datetime) -> None:
    session.execute(delete(NumberChange).where(NumberChange.asked_at < moment))
