"""Whose page a MitID opens."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime
from portal.store.people import Citizen


class Proof(StrEnum):
    """By what she showed that the page is hers."""

    PIN = "pin"
    LETTER = "letter"


class MitIdBinding(Owned, Base):
    """One MitID opens one citizen's page in a municipality. Gone once it is undone."""

    __tablename__ = "mitid_bindings"
    __table_args__ = (UniqueConstraint("municipality_id", "subject_index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), unique=True)
    subject_index: Mapped[str] = mapped_column(String(43), index=True)
    """The broker's name for her, hashed under our key: it says nothing to anybody else."""
    proof: Mapped[Proof] = mapped_column(String(8))
    bound_at: Mapped[datetime] = mapped_column(UtcDateTime)


def by_subject(session: Session, subject_index: str) -> list[MitIdBinding]:
    """In a session that looks across municipalities: who comes from the broker has not said which is hers."""
    query = select(MitIdBinding).where(MitIdBinding.subject_index == subject_index)
    return list(session.scalars(query.order_by(MitIdBinding.id)))


def of_citizen(session: Session, citizen_id: int) -> MitIdBinding | None:
    return session.scalars(select(MitIdBinding).where(MitIdBinding.citizen_id == citizen_id)).one_or_none()


def language_of_bound(session: Session, citizen_id: int, binding_id: int) -> str | None:
    """The citizen's language while her MitID is bound as it was; None once it is not."""
    return session.scalar(
        select(Citizen.language)
        .join(MitIdBinding, MitIdBinding.citizen_id == Citizen.id)
        .where(Citizen.id == citizen_id, MitIdBinding.id == binding_id)
    )


def forget(session: Session, citizen_id: int) -> None:
    session.execute(delete(MitIdBinding).where(MitIdBinding.citizen_id == citizen_id))
