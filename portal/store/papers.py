"""Forms on paper: each has a code, and the code is all that it says about whose it is."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime

DIGITS = 8


class PaperForm(Owned, Base):
    """One printed form for one measurement of one citizen."""

    __tablename__ = "paper_forms"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(DIGITS))
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurements.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    """What was printed: it is typed in as it was asked, whatever has been published since."""
    language: Mapped[str] = mapped_column(String(8))
    printed_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def by_code(session: Session, code: str) -> PaperForm | None:
    return session.scalars(select(PaperForm).where(PaperForm.code == code)).one_or_none()


def of_citizen(session: Session, citizen_id: int, paper_id: int) -> PaperForm | None:
    query = select(PaperForm).where(PaperForm.id == paper_id, PaperForm.citizen_id == citizen_id)
    return session.scalars(query).one_or_none()


def free_code(session: Session) -> str:
    """A code that no paper of the municipality has: eight digits, the first not 0."""
    while True:
        code = str(10 ** (DIGITS - 1) + secrets.randbelow(9 * 10 ** (DIGITS - 1)))
        if by_code(session, code) is None:
            return code
