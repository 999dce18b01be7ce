"""Which of the staff have a thread open at this moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from database.base import Base, Owned
from database.types import UtcDateTime
from portal.store.people import Staff


class ThreadPresence(Owned, Base):
    """One row for each thread somebody has opened; it is written anew, never added to."""

    __tablename__ = "thread_presence"
    __table_args__ = (UniqueConstraint("citizen_id", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    writing_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    staff: Mapped[Staff] = relationship()


def in_thread(session: Session, citizen_id: int, since: datetime, staff_id: int) -> list[ThreadPresence]:
    """Whoever was seen since; the reader's own row always."""
    mine = ThreadPresence.staff_id == staff_id
    query = (
        select(ThreadPresence)
        .where(ThreadPresence.citizen_id == citizen_id, (ThreadPresence.seen_at >= since) | mine)
        .options(joinedload(ThreadPresence.staff))
        .order_by(ThreadPresence.id)
    )
    return list(session.scalars(query))


def of_one(session: Session, citizen_id: int, staff_id: int) -> ThreadPresence | None:
    query = select(ThreadPresence).where(
        ThreadPresence.citizen_id == citizen_id, ThreadPresence.staff_id == staff_id
    )
    return session.scalars(query).one_or_none()
