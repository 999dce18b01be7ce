"""Messages that hold words of crisis, until a person has seen to them; and a municipality's own lists of words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime
from portal.store.people import Citizen


class CrisisAlarm(Owned, Base):
    """About an entry of a citizen's thread, or about an SMS that is in nobody's thread."""

    __tablename__ = "crisis_alarms"
    __table_args__ = (
        Index("ix_crisis_alarms_open", "municipality_id", "citizen_id", sqlite_where=text("handled_at IS NULL"),
              postgresql_where=text("handled_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizens.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("thread_entries.id"), unique=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_messages.id"), unique=True)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the numbers to call were given; None when an earlier message had just got them."""
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class CrisisList(Owned, Base):
    """The municipality's own list in a language, in the place of the one that ships."""

    __tablename__ = "crisis_lists"
    __table_args__ = (UniqueConstraint("municipality_id", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    phrases: Mapped[list[str]] = mapped_column(JSON)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def own_lists(session: Session) -> dict[str, CrisisList]:
    """By language; a language without one has the list that ships."""
    return {row.locale: row for row in session.scalars(select(CrisisList))}


def last_answered_at(session: Session, citizen_id: int) -> datetime | None:
    found: datetime | None = session.scalar(
        select(func.max(CrisisAlarm.answered_at)).where(CrisisAlarm.citizen_id == citizen_id)
    )
    return found


def open_in_team(session: Session, team_id: int) -> set[int]:
    """The citizens of the team with a message that nobody has seen to."""
    query = (
        select(CrisisAlarm.citizen_id)
        .join(Citizen, Citizen.id == CrisisAlarm.citizen_id)
        .where(Citizen.team_id == team_id, CrisisAlarm.handled_at.is_(None))
    )
    return {citizen_id for citizen_id in session.scalars(query) if citizen_id is not None}


def open_of(session: Session, citizen_id: int) -> list[CrisisAlarm]:
    """The oldest first, locked in a writing session: two who see to them at once take their turns."""
    query = (
        select(CrisisAlarm)
        .where(CrisisAlarm.citizen_id == citizen_id, CrisisAlarm.handled_at.is_(None))
        .order_by(CrisisAlarm.id)
        .with_for_update()
    )
    return list(session.scalars(query))


def newest_open(session: Session, citizen_id: int) -> int | None:
    """The newest open alarm about this citizen, by its id."""
    found: int | None = session.scalar(
        select(func.max(CrisisAlarm.id)).where(
            CrisisAlarm.citizen_id == citizen_id, CrisisAlarm.handled_at.is_(None)
        )
    )
    return found
