"""Teams, staff and citizens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from database.base import Base, Owned
from database.lean import Lock, Lookup
from database.types import Encrypted, UtcDateTime, enum_as_text
from portal.domain.ageing import Standing
from portal.domain.contact_wishes import PartOfDay
from portal.store.kept import keep


class Team(Owned, Base):
    """A team of the municipality, or a supplier whose staff see their own citizens only."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    is_supplier: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Nobody is in it any more, and nobody can come into it; what it did keeps its name."""


class Staff(Owned, Base):
    """Someone who signs in: caseworker, manager, translator, approver or administrator (``domain.access.Role``)."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(Encrypted)
    email: Mapped[str] = mapped_column(Encrypted)
    email_index: Mapped[str] = mapped_column(String(43), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str] = mapped_column(Encrypted)
    totp_last_step: Mapped[int] = mapped_column(default=0)
    """The last 30-second step that was used: pyotp itself lets a code be replayed."""
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    team: Mapped[Team | None] = relationship()


class StaffSession(Owned, Base):
    """One signed-in browser; the cookie holds the token, the row its keyed hash."""

    __tablename__ = "staff_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    token_index: Mapped[str] = mapped_column(String(43), unique=True)
    device: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    staff: Mapped[Staff] = relationship()


class Citizen(Owned, Base):
    """``standing`` is active, exempt or dropped_out (``domain.ageing.Standing``)."""

    __tablename__ = "citizens"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    first_name: Mapped[str] = mapped_column(Encrypted)
    last_name: Mapped[str] = mapped_column(Encrypted)
    phone: Mapped[str] = mapped_column(Encrypted)
    """E.164, such as +4510123456."""
    phone_index: Mapped[str] = mapped_column(String(43), index=True)
    short_code: Mapped[str] = mapped_column(String(8), unique=True)
    """For the way in without a link: open the site yourself, type the code and the PIN. One of its kind in
    the whole installation, because who types it has not yet said which municipality is hers."""
    language: Mapped[str] = mapped_column(String(8), default="da")
    kendeord: Mapped[str | None] = mapped_column(Encrypted)
    """A word the citizen chose; it stands in every SMS, so that she knows who writes."""
    standing: Mapped[str] = mapped_column(String(12), default="active")
    opted_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sms_hours: Mapped[PartOfDay | None] = mapped_column(enum_as_text(PartOfDay))
    """When on a day she wants SMS, inside our own hours; None for all of them."""
    sms_days: Mapped[str | None] = mapped_column(String(5))
    """The days on which she wants them (``domain.contact_wishes``); None for every working day."""
    sms_cap: Mapped[int | None]
    """How many in seven days at most, where she has asked for fewer than others get."""
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Somebody else seems to hold the number: nothing is sent to it."""
    number_failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """A provider has said that the number cannot be reached; cleared by the first SMS that gets through."""
    reminders_paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Her caseworker has paused what is planned: reminders, and what schedules ask."""
    reminders_paused_until: Mapped[date | None]
    """The local day on which they go on; None while somebody has to lift the pause."""
    pin_hash: Mapped[str | None] = mapped_column(Encrypted)
    """Hashed and encrypted: four digits are guessed from a leaked hash alone within minutes."""
    pin_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pin_failures: Mapped[int] = mapped_column(default=0)
    pin_locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    letter_code_hash: Mapped[str | None] = mapped_column(Encrypted)
    letter_code_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    team: Mapped[Team] = relationship()
    caseworker: Mapped[Staff] = relationship()


class Addressee(NamedTuple):
    """What an SMS, and the policy, want to know of a citizen: the columns of those names."""

    id: int
    municipality_id: int
    first_name: str
    phone: str
    language: str
    kendeord: str | None
    standing: str
    opted_out_at: datetime | None
    frozen_at: datetime | None
    number_failed_at: datetime | None
    reminders_paused_at: datetime | None
    reminders_paused_until: date | None
    sms_hours: PartOfDay | None
    sms_days: str | None
    sms_cap: int | None


class Askable(NamedTuple):
    """What says whether a citizen may be asked at all: the columns of those names."""

    id: int
    standing: str
    opted_out_at: datetime | None
    frozen_at: datetime | None


class Colleague(NamedTuple):
    """Of one of the staff, what the world outside may know."""

    id: int
    name: str


_ADDRESSEES = Lookup(Citizen, Addressee._fields, among="id")
_ASKABLE = Lookup(Citizen, Askable._fields, among="id")
_TEAMS = Lookup(Citizen, ("id", "team_id"), among="id")
_COLLEAGUES = Lookup(Staff, Colleague._fields, among="id")


def addressees(session: Session, citizen_ids: Sequence[int], lock: Lock = Lock.NONE) -> list[Addressee]:
    return [Addressee(*row) for row in _ADDRESSEES.fetch(session, id=citizen_ids, lock=lock)]


def askable(session: Session, citizen_ids: Sequence[int]) -> list[Askable]:
    """Locked, in the order of their ids: two who ask at once take their turns."""
    return [Askable(*row) for row in _ASKABLE.fetch(session, id=citizen_ids, lock=Lock.WAIT)]


def of_team(session: Session, team_id: int, citizen_ids: Sequence[int]) -> frozenset[int]:
    """Those of them whom the team looks after, all locked as above."""
    # Not looked for by their team: until PostgreSQL has counted, it reads a whole team to find a few of it.
    found = _TEAMS.fetch(session, lock=Lock.WAIT, id=citizen_ids)
    return frozenset(row.id for row in found if row.team_id == team_id)


def colleagues(session: Session, staff_ids: Sequence[int]) -> list[Colleague]:
    return [Colleague(*row) for row in _COLLEAGUES.fetch(session, id=staff_ids)]


def by_ids(session: Session, citizen_ids: Sequence[int]) -> Sequence[Citizen]:
    """In the order of their ids."""
    return session.scalars(select(Citizen).where(Citizen.id.in_(citizen_ids)).order_by(Citizen.id)).all()


def load(session: Session, citizen_ids: Sequence[int]) -> None:
    """So that each of them is read once, not once a row."""
    if citizen_ids:
        keep(session, _LOAD, session.scalars(_LOAD, {"loaded": [*citizen_ids]}).all())


_LOAD = select(Citizen).where(Citizen.id.in_(bindparam("loaded", expanding=True)))


def of_caseworker(session: Session, staff_id: int) -> Sequence[Citizen]:
    """With their teams, held in the order of their ids."""
    query = select(Citizen).where(Citizen.caseworker_id == staff_id).options(selectinload(Citizen.team))
    return session.scalars(query.order_by(Citizen.id).with_for_update()).all()


def still_with(session: Session, citizen_ids: Sequence[int], staff_id: int) -> Sequence[Citizen]:
    """Those of them who have this caseworker now; else as above."""
    query = select(Citizen).where(Citizen.id.in_(citizen_ids), Citizen.caseworker_id == staff_id)
    query = query.options(selectinload(Citizen.team))
    return session.scalars(query.order_by(Citizen.id).with_for_update()).all()


def how_many_still_with(session: Session, citizen_ids: Sequence[int], staff_id: int) -> int:
    query = select(func.count(Citizen.id))
    query = query.where(Citizen.id.in_(citizen_ids), Citizen.caseworker_id == staff_id)
    return session.scalar(query) or 0


def teams_of_citizens(session: Session, staff_id: int) -> Sequence[Team]:
    """Those that look after the citizens who have this caseworker: her own, as a rule."""
    theirs = select(Citizen.team_id).where(Citizen.caseworker_id == staff_id)
    return session.scalars(select(Team).where(Team.id.in_(theirs)).order_by(Team.id)).all()


def count_by_language(session: Session) -> dict[str, int]:
    """Language -> citizens who have it, of those who are with us."""
    still = Citizen.standing != Standing.DROPPED_OUT.value
    rows = session.execute(select(Citizen.language, func.count()).where(still).group_by(Citizen.language))
    return {row.language: row[1] for row in rows}
