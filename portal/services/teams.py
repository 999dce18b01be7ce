"""Teams, and the suppliers that are teams: add, rename, close, reopen. Every change is written to the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.domain.founding import LONGEST_NAME, is_name, tidy
from portal.store import audit, teams
from portal.store.people import Staff, Team


class Problem(StrEnum):
    """What is wrong with a name."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    TAKEN = "taken"


@dataclass(frozen=True)
class Inside:
    """Who is in a team: staff, and how many citizens."""

    staff: Sequence[Staff]
    citizens: int

    @property
    def is_anybody(self) -> bool:
        return bool(self.staff) or self.citizens > 0


def add(session: Session, name: str, is_supplier: bool, by: int, now: datetime) -> Team | Problem:
    name = tidy(name)
    problem = _problem(session, name)
    if problem is not None:
        return problem
    team = Team(name=name, is_supplier=is_supplier)
    session.add(team)
    session.flush()
    _record(session, "team.added", team, by, now)
    return team


def rename(session: Session, team: Team, name: str, by: int, now: datetime) -> Problem | None:
    """None when it is done."""
    name = tidy(name)
    problem = _problem(session, name, but=team.id)
    if problem is None and name != team.name:
        team.name = name
        _record(session, "team.renamed", team, by, now)
    return problem


def inside(session: Session, team: Team) -> Inside:
    return Inside(teams.staff_in(session, team.id), teams.citizens_in(session, team.id))


def close(session: Session, team: Team, by: int, now: datetime) -> bool:
    """False while anybody is in it. ``team`` is held. Accounts that are closed leave it: who opens one again
    chooses a team for it."""
    if inside(session, team).is_anybody:
        return False
    teams.empty_of_closed_accounts(session, team.id)
    team.closed_at = now
    _record(session, "team.closed", team, by, now)
    return True


def reopen(session: Session, team: Team, name: str, by: int, now: datetime) -> Problem | None:
    """None when it is done. ``team`` is held; another may have taken its name meanwhile. Nobody is in it."""
    name = tidy(name)
    problem = _problem(session, name, but=team.id)
    if problem is None:
        team.name, team.closed_at = name, None
        _record(session, "team.reopened", team, by, now)
    return problem


def _problem(session: Session, name: str, but: int | None = None) -> Problem | None:
    if not name:
        return Problem.REQUIRED
    if len(name) > LONGEST_NAME or not is_name(name):
        return Problem.TOO_LONG
    others = {known.casefold() for team_id, known in teams.names(session) if team_id != but}
    return Problem.TAKEN if name.casefold() in others else None


def _record(session: Session, action: str, team: Team, by: int, now: datetime) -> None:
    audit.record(session, action, now, staff_id=by, subject=f"team {team.id}")
