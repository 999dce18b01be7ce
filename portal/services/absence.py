"""Being away, with a named colleague who covers: planned by the caseworker, or by an administrator for her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from i18n.formatting import COPENHAGEN
from portal.domain.absence import Place, Refusal, check_days, may_cover
from portal.domain.access import Role
from portal.domain.ageing import local_day
from portal.store import absences, audit
from portal.store.absences import Absence
from portal.store.people import Staff


@dataclass(frozen=True)
class Plan:
    """None for what was not chosen, or could not be read."""

    first: date | None = None
    last: date | None = None
    cover_id: int | None = None


def plan(session: Session, person: Staff, wanted: Plan, by: int, now: datetime) -> Refusal | None:
    """Keep the absence and write down who planned it; or the reason why not."""
    refusal = check_days(wanted.first, wanted.last, local_day(now, COPENHAGEN))
    if refusal is not None or wanted.first is None or wanted.last is None:
        return refusal or Refusal.DAYS_MISSING
    cover = next((each for each in colleagues(session, person) if each.id == wanted.cover_id), None)
    if cover is None:
        return Refusal.NO_COVER if wanted.cover_id is None else Refusal.COVER_OUT_OF_REACH
    if absences.overlapping(session, person.id, wanted.first, wanted.last):
        return Refusal.OVERLAPS
    if absences.overlapping(session, cover.id, wanted.first, wanted.last):
        return Refusal.COVER_IS_AWAY
    row = Absence(
        staff_id=person.id,
        cover_id=cover.id,
        first_day=wanted.first,
        last_day=wanted.last,
        made_by=by,
        created_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, "absence.planned", now, staff_id=by, subject=f"absence {row.id}")
    return None


def take_back(session: Session, person_id: int, absence_id: int, by: int, now: datetime) -> bool:
    """It ends at once. False when the person has no such absence; a second click changes nothing."""
    row = session.get(Absence, absence_id, with_for_update=True)
    if row is None or row.staff_id != person_id:
        return False
    if row.ended_at is None:
        row.ended_at = now
        audit.record(session, "absence.taken_back", now, staff_id=by, subject=f"absence {row.id}")
    return True


def planned(session: Session, person_id: int, now: datetime) -> list[Absence]:
    return absences.to_come(session, local_day(now, COPENHAGEN), person_id)


def colleagues(session: Session, person: Staff) -> list[Staff]:
    """Who may cover for her, those of her own team first."""
    query = select(Staff).where(Staff.is_active, Staff.role == Role.CASEWORKER.value, Staff.id != person.id)
    found = session.scalars(query.options(joinedload(Staff.team)).order_by(Staff.id))
    able = [each for each in found if may_cover(_place(person), _place(each))]
    return sorted(able, key=lambda each: (each.team_id != person.team_id, each.name))


def _place(person: Staff) -> Place:
    return Place(person.team_id, person.team is not None and person.team.is_supplier)
