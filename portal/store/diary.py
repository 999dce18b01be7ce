"""The diary of what went well. Read by its owner; by staff through ``shared_notes`` alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, delete, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime


class DiaryNote(Owned, Base):
    """Private while ``shared_at`` is None. ``deleted_at``: she can still take it back, for an hour."""

    __tablename__ = "diary_notes"
    __table_args__ = (
        Index("ix_diary_notes_citizen_id_id", "citizen_id", "id"),
        Index("ix_diary_notes_deleted_at", "deleted_at", sqlite_where=text("deleted_at IS NOT NULL"),
              postgresql_where=text("deleted_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    body: Mapped[str] = mapped_column(Encrypted)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def own_notes(session: Session, citizen_id: int, limit: int, before_id: int | None = None) -> list[DiaryNote]:
    """The newest first; the deleted ones are not among them."""
    query = select(DiaryNote).where(DiaryNote.citizen_id == citizen_id, DiaryNote.deleted_at.is_(None))
    if before_id is not None:
        query = query.where(DiaryNote.id < before_id)
    return list(session.scalars(query.order_by(DiaryNote.id.desc()).limit(limit)))


def deleted_notes(session: Session, citizen_id: int) -> Sequence[DiaryNote]:
    """The one deleted last first."""
    query = select(DiaryNote).where(DiaryNote.citizen_id == citizen_id, DiaryNote.deleted_at.is_not(None))
    return session.scalars(query.order_by(DiaryNote.deleted_at.desc(), DiaryNote.id.desc())).all()


def own_note(session: Session, citizen_id: int, note_id: int) -> DiaryNote | None:
    """Deleted or not; locked, so that two taps take their turns."""
    query = select(DiaryNote).where(DiaryNote.citizen_id == citizen_id, DiaryNote.id == note_id)
    return session.scalars(query.with_for_update()).one_or_none()


def shared_notes(session: Session, citizen_id: int, limit: int) -> list[DiaryNote]:
    """What she has chosen to show staff, the one shared last first: the only query whose answer staff see."""
    query = select(DiaryNote).where(
        DiaryNote.citizen_id == citizen_id, DiaryNote.shared_at.is_not(None), DiaryNote.deleted_at.is_(None)
    )
    return list(session.scalars(query.order_by(DiaryNote.shared_at.desc(), DiaryNote.id.desc()).limit(limit)))


def forget_deleted(session: Session, before: datetime) -> None:
    """What was deleted before then, of everybody: for a session that looks across municipalities."""
    session.execute(
        delete(DiaryNote).where(DiaryNote.deleted_at <= before).execution_options(synchronize_session=False)
    )
