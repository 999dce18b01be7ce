"""Caseworkers who are away, and the colleague who covers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, Select, and_, bindparam, select
from sqlalchemy.orm import Mapped, Session, aliased, joinedload, mapped_column, relationship

from database.base import Base, Owned
from database.lean import Lookup, asked
from database.types import UtcDateTime
from portal.store.people import Staff, Team


class Absence(Owned, Base):
    """From ``first_day`` to ``last_day``, both included; it ends by itself. ``ended_at``: taken back before that."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_staff_id_last_day", "staff_id", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    cover_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    staff: Mapped[Staff] = relationship(foreign_keys=staff_id)
    cover: Mapped[Staff] = relationship(foreign_keys=cover_id)


class Away(NamedTuple):
    """Somebody who is away on a day, the colleague who covers, and where the two work."""

    staff_id: int
    cover_id: int
    last_day: date
    cover_name: str
    team_id: int | None
    is_supplier: bool | None
    cover_team_id: int | None
    cover_is_supplier: bool | None


def _away_on() -> Select[*tuple[Any, ...]]:
    cover, team, cover_team = aliased(Staff), aliased(Team), aliased(Team)
    return (
        select(
            Absence.staff_id,
            Absence.cover_id,
            Absence.last_day,
            cover.name,
            Staff.team_id,
            team.is_supplier,
            cover.team_id,
            cover_team.is_supplier,
        )
        .join(Staff, Staff.id == Absence.staff_id)
        .join(cover, cover.id == Absence.cover_id)
        .outerjoin(team, team.id == Staff.team_id)
        .outerjoin(cover_team, cover_team.id == cover.team_id)
        .where(Absence.first_day <= bindparam("day"), Absence.last_day >= bindparam("day"))
        .where(Absence.ended_at.is_(None), cover.is_active)
        .order_by(Absence.id)
    )


_AWAY_ON = _away_on()
"""Made once: each page and each SMS asks it, and making it costs five times the asking."""


def away_on(session: Session, day: date) -> list[Away]:
    """A cover whose account was closed covers nobody."""
    return [Away(*row) for row in session.execute(_AWAY_ON, {"day": day})]


def is_anybody_away(session: Session, day: date) -> bool:
    """Whether ``away_on`` is worth asking."""
    return bool(_ABSENT.fetch(session, day=day))


_ABSENCES: Any = Absence.__table__
_ABSENT = Lookup(
    Absence,
    ("id",),
    also=and_(
        _ABSENCES.c.first_day <= asked("day"),
        _ABSENCES.c.last_day >= asked("day"),
        _ABSENCES.c.ended_at.is_(None),
    ),
)


def to_come(session: Session, day: date, staff_id: int | None = None) -> list[Absence]:
    """What is, or is planned, on ``day`` and later; of one person, or of all."""
    query = select(Absence).where(Absence.last_day >= day, Absence.ended_at.is_(None))
    if staff_id is not None:
        query = query.where(Absence.staff_id == staff_id)
    loaded = query.options(joinedload(Absence.staff), joinedload(Absence.cover))
    return list(session.scalars(loaded.order_by(Absence.first_day, Absence.id)))


def overlapping(session: Session, staff_id: int, first: date, last: date) -> bool:
    query = select(Absence.id).where(
        Absence.staff_id == staff_id,
        Absence.first_day <= last,
        Absence.last_day >= first,
        Absence.ended_at.is_(None),
    )
    return session.scalars(query.limit(1)).first() is not None
