"""Names and numbers that a municipality's SMS came from before: its citizens' phones still hold them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime


class FormerSender(Owned, Base):
    """Until it is given up: an SMS to a former number still comes into her thread, and whoever asks whether an SMS
    is ours is told the former name too."""

    __tablename__ = "former_senders"
    __table_args__ = (UniqueConstraint("municipality_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(20), index=True)
    """A name, or a number in E.164."""
    until: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def is_number(self) -> bool:
        return self.address.startswith("+")


def all_of(session: Session) -> Sequence[FormerSender]:
    """The last one in use first."""
    query = select(FormerSender).order_by(FormerSender.until.desc(), FormerSender.id.desc())
    return session.scalars(query).all()


def forget(session: Session, address: str) -> bool:
    """False when it was none of them."""
    gone = delete(FormerSender).where(FormerSender.address == address).returning(FormerSender.id)
    return bool(session.scalars(gone).all())


def municipality_by_number(session: Session, number: str) -> int | None:
    """For a session that looks across municipalities."""
    return session.scalar(select(FormerSender.municipality_id).where(FormerSender.address == number).limit(1))
