"""Teams and who is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from portal.domain.access import Role
from portal.store.people import Citizen, Staff, Team


class TeamLine(NamedTuple):
    """``staff``: whose account is open."""

    team: Team
    staff: int
    citizens: int


def lines(session: Session) -> Sequence[TeamLine]:
    """Those in use, the municipality's own first."""
    staff = select(func.count(Staff.id)).where(Staff.team_id == Team.id, Staff.is_active)
    citizens = select(func.count(Citizen.id)).where(Citizen.team_id == Team.id)
    query = (
        select(Team, staff.scalar_subquery(), citizens.scalar_subquery())
        .where(Team.closed_at.is_(None))
        .order_by(Team.is_supplier, Team.name, Team.id)
    )
    return [TeamLine(*row) for row in session.execute(query)]


def names(session: Session) -> Sequence[tuple[int, str]]:
    query = select(Team.id, Team.name).where(Team.closed_at.is_(None))
    return [(row.id, row.name) for row in session.execute(query)]


def all_names(session: Session) -> dict[int, str]:
    """Of closed ones too, for what was done in them."""
    return {row.id: row.name for row in session.execute(select(Team.id, Team.name))}


def closed(session: Session) -> Sequence[Team]:
    """The last closed first."""
    query = select(Team).where(Team.closed_at.is_not(None))
    return session.scalars(query.order_by(Team.closed_at.desc(), Team.id.desc())).all()


def hold_closed(session: Session, team_id: int) -> Team | None:
    query = select(Team).where(Team.id == team_id, Team.closed_at.is_not(None)).with_for_update()
    return session.scalars(query).one_or_none()


def hold(session: Session, team_id: int) -> Team | None:
    """A team in use, held: nobody comes into it while it is closed, or closes it while somebody comes."""
    query = select(Team).where(Team.id == team_id, Team.closed_at.is_(None)).with_for_update()
    return session.scalars(query).one_or_none()


def hold_several(session: Session, team_ids: Iterable[int]) -> dict[int, Team]:
    """As ``hold``, in the order of their ids: two who want the same take turns."""
    query = select(Team).where(Team.id.in_(sorted(team_ids)), Team.closed_at.is_(None))
    return {team.id: team for team in session.scalars(query.order_by(Team.id).with_for_update())}


def staff_in(session: Session, team_id: int) -> Sequence[Staff]:
    """Whose account is open."""
    return session.scalars(
        select(Staff).where(Staff.team_id == team_id, Staff.is_active).order_by(Staff.id)
    ).all()


def citizens_in(session: Session, team_id: int) -> int:
    """Those who have dropped out too: their data are the team's to read."""
    return session.scalar(select(func.count(Citizen.id)).where(Citizen.team_id == team_id)) or 0


def empty_of_closed_accounts(session: Session, team_id: int) -> None:
    gone = update(Staff).where(Staff.team_id == team_id, Staff.is_active.is_(False))
    session.execute(gone.values(team_id=None).execution_options(synchronize_session=False))


def caseworkers(session: Session) -> Sequence[Staff]:
    """Who can have citizens: with an open account, in a team that is in use. With their teams."""
    query = (
        select(Staff)
        .join(Team, Team.id == Staff.team_id)
        .where(Staff.is_active, Staff.role == Role.CASEWORKER.value, Team.closed_at.is_(None))
        .options(joinedload(Staff.team))
        .order_by(Staff.id)
    )
    return session.scalars(query).all()


def citizens_by_caseworker(session: Session) -> dict[int, int]:
    """How many citizens each has; who has none is left out."""
    query = select(Citizen.caseworker_id, func.count(Citizen.id)).group_by(Citizen.caseworker_id)
    return {row[0]: row[1] for row in session.execute(query)}


def citizens_of(session: Session, staff_id: int) -> int:
    query = select(func.count(Citizen.id)).where(Citizen.caseworker_id == staff_id)
    return session.scalar(query) or 0
