"""Reading the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.access import Role
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Staff

PAGE_SIZE = 50


@dataclass(frozen=True)
class Filter:
    """``before``: the id of the last event of the page before."""

    staff_id: int | None = None
    citizen_id: int | None = None
    action: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Page:
    events: Sequence[AuditEvent]
    staff_names: Mapping[int, str]
    citizen_names: Mapping[int, str]
    next_before: int | None
    """None on the last page."""


class LookRow(NamedTuple):
    """One event about a citizen; ``name`` is empty where it was she herself."""

    at: datetime
    action: str
    name: str


def looks_at(
    session: Session, citizen_id: int, before: date | None, zone: tzinfo, limit: int | None
) -> list[LookRow]:
    """What was done with her data on local days before ``before``, the newest first."""
    query = (
        select(AuditEvent.at, AuditEvent.action, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEvent.staff_id)
        .where(AuditEvent.citizen_id == citizen_id)
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    if before is not None:
        query = query.where(AuditEvent.at < datetime.combine(before, time(), zone))
    return [LookRow(at, action, name or "") for at, action, name in session.execute(query.limit(limit))]


class Given(NamedTuple):
    """All citizens that one caseworker gave to another at one time."""

    to_id: int
    at: datetime
    citizen_ids: tuple[int, ...]


def last_given(session: Session, giver_id: int, since: datetime) -> Given | None:
    """The newest handover of all of a caseworker's citizens, which only an administrator does: their events are few
    among millions, and found by who did it."""
    administrators = select(Staff.id).where(Staff.role == Role.ADMINISTRATOR.value)
    events = session.execute(
        select(AuditEvent.at, AuditEvent.subject, AuditEvent.citizen_id)
        .where(AuditEvent.staff_id.in_(administrators), AuditEvent.action == "citizen.moved")
        .where(AuditEvent.subject.like(f"staff % from {giver_id}"), AuditEvent.at >= since)
        .order_by(AuditEvent.at.desc(), AuditEvent.id)
    ).all()
    if not events:
        return None
    at, subject, _ = events[0]
    ids = tuple(row.citizen_id for row in events if (row.at, row.subject) == (at, subject))
    return Given(int(str(subject).split()[1]), at, ids)


def page(session: Session, wanted: Filter) -> Page:
    """Newest first; three queries, however many events."""
    found = session.scalars(_query(wanted).limit(PAGE_SIZE + 1)).all()
    events = found[:PAGE_SIZE]
    staff_names = {row.id: row.name for row in session.execute(select(Staff.id, Staff.name))}
    citizens = {event.citizen_id for event in events if event.citizen_id}
    names = select(Citizen.id, Citizen.first_name, Citizen.last_name).where(Citizen.id.in_(citizens))
    citizen_names = {row.id: f"{row.first_name} {row.last_name}" for row in session.execute(names)}
    return Page(events, staff_names, citizen_names, events[-1].id if len(found) > PAGE_SIZE else None)


def _query(wanted: Filter) -> Select[AuditEvent]:
    query = select(AuditEvent).order_by(AuditEvent.id.desc())
    if wanted.staff_id:
        query = query.where(AuditEvent.staff_id == wanted.staff_id)
    if wanted.citizen_id:
        query = query.where(AuditEvent.citizen_id == wanted.citizen_id)
    if wanted.action:
        query = query.where(AuditEvent.action == wanted.action)
    return query.where(AuditEvent.id < wanted.before) if wanted.before else query
