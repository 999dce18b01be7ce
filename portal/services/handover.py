"""A citizen gets another caseworker, and the caseworker's team. Her thread, what was asked of her and what is planned
follow her; what is asked from now on, the new caseworker asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database.lean import insert_rows
from database.tenancy import TenantSession
from portal.domain.absence import Place
from portal.domain.access import Resource
from portal.domain.handover import may_take_all
from portal.services.accounts import Problem, has_right_team, set_active
from portal.services.reach import Reader, reach_several
from portal.services.worklist import DANISH_ORDER
from portal.store import audit, groups, people, schedules, teams
from portal.store.people import Citizen, Staff, Team
from portal.store.thread import EventKind, ThreadEntry

MOST_AT_ONCE = 2_000
"""Citizens in one click: far more than any page shows."""


@dataclass(frozen=True)
class Moved:
    """``moved``: who got another caseworker or team; ``left``: asked for, but out of reach or hers already."""

    moved: int
    left: int
    to: Staff


def place_of(team: Team | None) -> Place:
    return Place(None, False) if team is None else Place(team.id, team.is_supplier)


def choices(session: Session, givers: Iterable[Place]) -> list[Staff]:
    """Who may take over from all of them: those of the same team first, then by team and name."""
    places = list(givers)
    able = [each for each in teams.caseworkers(session) if may_take_all(places, place_of(each.team))]
    here = {place.team_id for place in places}
    return sorted(
        able, key=lambda each: (each.team_id not in here, *map(_sorted, (_team_name(each), each.name)))
    )


def takers_of_all(session: Session, giver_id: int) -> list[Staff]:
    """As `choices`, for all of a caseworker's citizens; not the giver."""
    places = {place_of(team) for team in people.teams_of_citizens(session, giver_id)}
    return [each for each in choices(session, places) if each.id != giver_id]


def move(
    session: TenantSession, reader: Reader, citizen_ids: Collection[int], to_id: int, now: datetime
) -> Moved | None:
    """Some citizens, by whoever reaches them. None when ``to_id`` may not take all of them over."""
    wanted = list(dict.fromkeys(citizen_ids))[:MOST_AT_ONCE]
    found = reach_several(session, reader, wanted, Resource.MOVE_CITIZEN, now, hold=True)
    to = _taker(session, to_id, (place_of(citizen.team) for citizen in found))
    if to is None:
        return None
    moved = give(session, found, to, reader.staff_id, now, request_id=reader.request_id or None)
    return Moved(moved, len(wanted) - moved, to)


def hand_over(session: TenantSession, giver: Staff, to_id: int, by: int, now: datetime) -> Moved | None:
    """All who have ``giver`` as their caseworker: she leaves, or her team is closed. Names nobody to who does it."""
    found = people.of_caseworker(session, giver.id)
    to = _taker(session, to_id, (place_of(citizen.team) for citizen in found))
    if to is None or to.id == giver.id:
        return None
    return Moved(give(session, found, to, by, now, subject=given_by(giver, to)), 0, to)


def close_account(
    session: TenantSession, person: Staff, to_id: int | None, by: int, now: datetime
) -> Problem | None:
    """Her citizens first, where somebody takes them over: nobody hears them once she is out. None when it is done.
    ``person`` is held."""
    if person.id == by:
        return Problem.OWN_ACCOUNT
    if to_id is not None and hand_over(session, person, to_id, by, now) is None:
        return Problem.TAKER
    set_active(session, person.id, False, by, now)
    return None


def change_team(
    session: TenantSession, person: Staff, team_id: int | None, by: int, now: datetime
) -> Problem | None:
    """Her citizens come along. None when it is done; a problem for a team that is closed, or none for who needs one."""
    team = teams.hold(session, team_id) if team_id else None
    if (team is None and team_id) or not has_right_team(person.role, team):
        return Problem.TEAM
    if person.team_id == (team.id if team else None):
        return None
    person.team_id = team.id if team else None
    audit.record(session, "account.team_changed", now, staff_id=by, subject=f"staff {person.id}")
    if team is not None:
        session.flush()
        give(session, people.of_caseworker(session, person.id), person, by, now)
    return None


def given_by(giver: Staff, to: Staff) -> str:
    """The subject of a handover in the audit log, by which it can be found and undone."""
    return f"staff {to.id} from {giver.id}"


def _taker(session: TenantSession, to_id: int, givers: Iterable[Place]) -> Staff | None:
    """With her team held: it cannot be closed meanwhile."""
    to = next((each for each in choices(session, givers) if each.id == to_id), None)
    return to if to is not None and teams.hold(session, to.team_id or 0) else None


def give(
    session: TenantSession,
    found: Sequence[Citizen],
    to: Staff,
    by: int,
    now: datetime,
    *,
    subject: str = "",
    request_id: str | None = None,
) -> int:
    """How many were given to ``to``, who may take them. Two citizens cost as many queries as two hundred. ``subject``:
    as `given_by`, where all are one giver's."""
    team_id = to.team_id
    assert team_id is not None  # noqa: S101 — who has no team is nobody's choice
    changed = [each for each in found if (each.caseworker_id, each.team_id) != (to.id, team_id)]
    others = [each.id for each in changed if each.team_id != team_id]
    told = [_mark(each, by, now) for each in changed if each.caseworker_id != to.id]
    for citizen in changed:
        citizen.caseworker_id, citizen.team_id = to.id, team_id
    session.flush()
    insert_rows(session, ThreadEntry, told)
    ids, subject = [each.id for each in changed], subject or f"staff {to.id}"
    audit.record_each(session, "citizen.moved", now, ids, staff_id=by, subject=subject, request_id=request_id)
    if others:
        groups.leave_all(session, others)
        schedules.plan_again(session, team_id)
    return len(changed)


def _mark(citizen: Citizen, by: int, now: datetime) -> Mapping[str, object]:
    return {
        "citizen_id": citizen.id,
        "kind": EventKind.NEW_CASEWORKER,
        "author": "staff",
        "staff_id": by,
        "channel": "portal",
        "created_at": now,
    }


def _team_name(person: Staff) -> str:
    return person.team.name if person.team else ""


def _sorted(name: str) -> str:
    return name.casefold().translate(DANISH_ORDER)
