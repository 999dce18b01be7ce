"""The one way in which staff reach a citizen: within their reach, and never without a trace."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.domain.access import Resource, Role, Scope, scope
from portal.services import cover
from portal.services.cover import Cover
from portal.store import audit
from portal.store.people import Citizen


class OutOfReachError(LookupError):
    """No such citizen for this reader; whether there is one for somebody else is not told."""


@dataclass(frozen=True)
class Reader:
    """Who reads; ``request_id`` leads from the audit log to the request log."""

    staff_id: int
    role: Role
    team_id: int | None
    request_id: str = ""


@dataclass(frozen=True)
class Reading:
    """What is done to the citizen's data, in the audit log's words ("citizen.read", "response 41"), by which right."""

    resource: Resource
    action: str
    subject: str | None = None


def glance(session: Session, reader: Reader, citizen_id: int, resource: Resource, now: datetime) -> Citizen:
    """The citizen with her team and caseworker, for what shows nothing of her: is there news, how long is this
    SMS? No audit event. Raises OutOfReachError for a citizen whom the reader's role does not reach."""
    citizen = session.scalars(
        select(Citizen)
        .where(Citizen.id == citizen_id)
        .options(joinedload(Citizen.caseworker), joinedload(Citizen.team))
    ).one_or_none()
    if citizen is None or not _reaches(session, reader, resource, citizen, now):
        raise OutOfReachError(citizen_id)
    return citizen


def reach_citizen(
    session: Session, reader: Reader, citizen_id: int, reading: Reading, now: datetime
) -> Citizen:
    """The citizen with her team and caseworker, and an audit event in the same transaction.

    Needs a writing session. Raises OutOfReachError for a citizen whom the reader's role does not reach.
    """
    citizen = glance(session, reader, citizen_id, reading.resource, now)
    audit.record(
        session,
        reading.action,
        now,
        staff_id=reader.staff_id,
        citizen_id=citizen.id,
        subject=reading.subject,
        request_id=reader.request_id or None,
    )
    return citizen


def reach_several(
    session: Session,
    reader: Reader,
    citizen_ids: Collection[int],
    resource: Resource,
    now: datetime,
    *,
    hold: bool = False,
) -> list[Citizen]:
    """Those of them whom the reader reaches, with their teams, in the order of their ids; held where they will be
    changed. No audit event: that belongs to what is done to each. Three queries, whatever the number."""
    query = select(Citizen).where(Citizen.id.in_(citizen_ids)).order_by(Citizen.id)
    query = query.options(selectinload(Citizen.team))
    found = session.scalars(query.with_for_update() if hold else query).all()
    covered = cover.today(session, now)
    return [citizen for citizen in found if _may(reader, resource, citizen, lambda: covered)]


def _reaches(session: Session, reader: Reader, resource: Resource, citizen: Citizen, now: datetime) -> bool:
    return _may(reader, resource, citizen, lambda: cover.today(session, now))


def _may(reader: Reader, resource: Resource, citizen: Citizen, covered: Callable[[], Cover]) -> bool:
    """``covered`` is asked only for who is not of the reader's own team."""
    how_far = scope(reader.role, resource)
    if how_far is Scope.TEAM:
        return reader.team_id is not None and (
            citizen.team_id == reader.team_id
            or covered().reaches(reader.staff_id, citizen.caseworker_id, citizen.team_id)
        )
    return how_far is Scope.MUNICIPALITY
