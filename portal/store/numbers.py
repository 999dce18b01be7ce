"""What is known of phone numbers beside whose they are: those a citizen had before, and those that get no answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime
from portal.store.people import Citizen, Staff


class FormerNumber(Owned, Base):
    """A number that was a citizen's until ``until``: kept as its index alone, to know an SMS from it again."""

    __tablename__ = "former_numbers"

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    phone_index: Mapped[str] = mapped_column(String(43), index=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)

    citizen: Mapped[Citizen] = relationship()


class WhyQuiet(StrEnum):
    BLOCKED = "blocked"
    """Staff want to see no more from it."""
    STOPPED = "stopped"
    """It has written STOP, and is no citizen's: a person reads what it writes, but it gets no SMS."""


class QuietNumber(Owned, Base):
    """A number that is no citizen's and gets no answer."""

    __tablename__ = "quiet_numbers"
    __table_args__ = (UniqueConstraint("municipality_id", "phone_index", "why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(Encrypted)
    phone_index: Mapped[str] = mapped_column(String(43))
    why: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    staff: Mapped[Staff | None] = relationship()


def former_owners(session: Session, phone_index: str) -> list[Citizen]:
    """Whose number it was, the latest first."""
    query = (
        select(FormerNumber.citizen_id)
        .where(FormerNumber.phone_index == phone_index)
        .order_by(FormerNumber.until.desc(), FormerNumber.id.desc())
    )
    ids = list(dict.fromkeys(session.scalars(query)))
    found = {row.id: row for row in session.scalars(select(Citizen).where(Citizen.id.in_(ids)))}
    return [found[each] for each in ids]


def forget_former(session: Session, citizen_id: int, phone_index: str) -> None:
    """She has it again."""
    session.execute(
        delete(FormerNumber).where(
            FormerNumber.citizen_id == citizen_id, FormerNumber.phone_index == phone_index
        )
    )


def quiet(session: Session, phone_index: str, why: WhyQuiet) -> QuietNumber | None:
    return session.scalars(
        select(QuietNumber).where(QuietNumber.phone_index == phone_index, QuietNumber.why == why)
    ).one_or_none()


def blocked_numbers(session: Session) -> list[QuietNumber]:
    """The newest first."""
    query = select(QuietNumber).where(QuietNumber.why == WhyQuiet.BLOCKED).order_by(QuietNumber.id.desc())
    return list(session.scalars(query))


def hear_again(session: Session, phone_indices: Collection[str]) -> None:
    """The numbers are citizens' now: neither blocked nor stopped as a stranger's."""
    session.execute(delete(QuietNumber).where(QuietNumber.phone_index.in_(phone_indices)))


def wants_no_sms(session: Session, phone_index: str) -> bool:
    """Whether anybody has written STOP on it, or it is blocked."""
    return bool(that_want_no_sms(session, [phone_index]))


def that_want_no_sms(session: Session, phone_indices: Collection[str]) -> frozenset[str]:
    """Those of the numbers."""
    quiet = select(QuietNumber.phone_index).where(QuietNumber.phone_index.in_(phone_indices))
    stopped = select(Citizen.phone_index).where(
        Citizen.phone_index.in_(phone_indices), Citizen.opted_out_at.is_not(None)
    )
    return frozenset(session.scalars(quiet)) | frozenset(session.scalars(stopped))
