"""What somebody has uploaded and looks at, before it is taken into use: nothing is ever half imported."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime, enum_as_text


class UploadKind(StrEnum):
    FORM = "form"
    TEXTS = "texts"
    TAKEN = "taken"
    """Not a file any more, but what the texts were before one was taken in."""


class StagedUpload(Owned, Base):
    """One of a kind for each staff; the next upload takes its place."""

    __tablename__ = "staged_uploads"
    __table_args__ = (UniqueConstraint("staff_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[UploadKind] = mapped_column(enum_as_text(UploadKind))
    filename: Mapped[str] = mapped_column(String(120))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """A form's definition; a file of texts as it came, with the language chosen beside it; what they were before it."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def put(session: Session, upload: StagedUpload) -> None:
    remove(session, upload.staff_id, upload.kind)
    session.add(upload)
    session.flush()


def find(session: Session, staff_id: int, kind: UploadKind) -> StagedUpload | None:
    return session.scalar(
        select(StagedUpload).where(StagedUpload.staff_id == staff_id, StagedUpload.kind == kind)
    )


def remove(session: Session, staff_id: int, kind: UploadKind) -> None:
    session.execute(delete(StagedUpload).where(StagedUpload.staff_id == staff_id, StagedUpload.kind == kind))
