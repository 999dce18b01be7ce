"""Named queries about staff accounts and their sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database.base import Municipality
from portal.domain.access import Role
from portal.store.people import Staff, StaffSession, Team


@dataclass(frozen=True)
class OpenedSession:
    session: StaffSession
    staff: Staff
    municipality: str


def staff_by_email(session: Session, email_index: str) -> Staff | None:
    return session.scalar(select(Staff).where(Staff.email_index == email_index))


def hold_staff(session: Session, staff_id: int) -> Staff | None:
    """The row, held until the transaction ends: two tries at once count as two."""
    return session.scalar(select(Staff).where(Staff.id == staff_id).with_for_update())


def session_by_token(session: Session, token_index: str) -> OpenedSession | None:
    """With its owner, in one query: it runs for every page of staff."""
    row = session.execute(
        select(StaffSession, Staff, Municipality.name)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .join(Municipality, Municipality.id == StaffSession.municipality_id)
        .where(StaffSession.token_index == token_index)
    ).one_or_none()
    return OpenedSession(*row) if row else None


def open_sessions(session: Session, staff_id: int, created_after: datetime) -> Sequence[StaffSession]:
    return session.scalars(
        select(StaffSession)
        .where(
            StaffSession.staff_id == staff_id,
            StaffSession.ended_at.is_(None),
            StaffSession.created_at > created_after,
        )
        .order_by(StaffSession.last_seen_at.desc())
    ).all()


def note_seen(session: Session, session_id: int, now: datetime) -> None:
    session.execute(update(StaffSession).where(StaffSession.id == session_id).values(last_seen_at=now))


def end_session(session: Session, staff_id: int, session_id: int, now: datetime) -> bool:
    """False when the person has no such open session."""
    ended = session.scalars(
        update(StaffSession)
        .where(
            StaffSession.id == session_id,
            StaffSession.staff_id == staff_id,
            StaffSession.ended_at.is_(None),
        )
        .values(ended_at=now)
        .returning(StaffSession.id)
    ).all()
    return bool(ended)


def end_sessions(session: Session, staff_id: int, now: datetime, *, but: int | None = None) -> None:
    """All of a person's open sessions, but for the one named."""
    ending = update(StaffSession).where(StaffSession.staff_id == staff_id, StaffSession.ended_at.is_(None))
    if but is not None:
        ending = ending.where(StaffSession.id != but)
    session.execute(ending.values(ended_at=now))


def staff_of_municipality(session: Session) -> Sequence[Staff]:
    return session.scalars(select(Staff).order_by(Staff.is_active.desc(), Staff.id)).all()


def administrators(session: Session) -> list[str]:
    """Names of those whose account is open."""
    query = select(Staff.name).where(Staff.is_active, Staff.role == Role.ADMINISTRATOR.value)
    return list(session.scalars(query.order_by(Staff.id)))


def teams(session: Session) -> Sequence[Team]:
    """Those in use: the municipality's own first."""
    in_use = select(Team).where(Team.closed_at.is_(None))
    return session.scalars(in_use.order_by(Team.is_supplier, Team.name, Team.id)).all()
