"""All of a caseworker's citizens were given to a colleague: those who are still there can be given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from portal.domain.handover import GIVE_BACK, may_take_over
from portal.services.handover import Moved, give, given_by, place_of
from portal.store import audit_log, people, teams
from portal.store.people import Staff


@dataclass(frozen=True)
class Offer:
    """``still``: how many of those who were given have the taker as their caseworker now."""

    at: datetime
    taker: Staff
    given: int
    still: int


def offer(session: Session, giver: Staff, now: datetime) -> Offer | None:
    """None when there is nothing to give back, or when ``giver`` can have no citizens now."""
    last = audit_log.last_given(session, giver.id, now - GIVE_BACK)
    if last is None or giver.id not in {each.id for each in teams.caseworkers(session)}:
        return None
    still = people.how_many_still_with(session, last.citizen_ids, last.to_id)
    taker = session.get_one(Staff, last.to_id)
    return Offer(last.at, taker, len(last.citizen_ids), still) if still else None


def give_back(session: TenantSession, giver: Staff, by: int, now: datetime) -> Moved | None:
    """None as for `offer`, and when the way back is not open: from one supplier to another. ``giver`` is held."""
    last = audit_log.last_given(session, giver.id, now - GIVE_BACK)
    able = giver.id in {each.id for each in teams.caseworkers(session)}
    if last is None or not able or teams.hold(session, giver.team_id or 0) is None:
        return None
    found = people.still_with(session, last.citizen_ids, last.to_id)
    if not all(may_take_over(place_of(citizen.team), place_of(giver.team)) for citizen in found):
        return None
    taker = session.get_one(Staff, last.to_id)
    return Moved(give(session, found, giver, by, now, subject=given_by(taker, giver)), 0, giver)
