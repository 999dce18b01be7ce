"""What a manager sees: the status table, the list behind each of its numbers, and how far invitations came.

A manager may open the list behind every number, so no number is hidden here. What leaves the house, or tells
of answers rather than of their age, goes through ``domain.suppression``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal.domain.ageing import (
    AgeingFacts,
    NotWhite,
    Standing,
    StatusRow,
    colour,
    local_day,
    status_table,
    why_not_white,
)
from portal.domain.response_rates import Funnel, funnel
from portal.services.worklist import DANISH_ORDER
from portal.store import audit, status
from portal.store.people import Citizen, Team
from portal.store.questionnaires import Questionnaire
from portal.store.status import ZONE


@dataclass(frozen=True)
class TeamStatus:
    team: Team
    row: StatusRow


@dataclass(frozen=True)
class StatusOverview:
    teams: tuple[TeamStatus, ...]
    total: StatusRow


@dataclass(frozen=True)
class ListedCitizen:
    citizen: Citizen
    why: NotWhite | None
    last_answered_on: date | None


@dataclass(frozen=True)
class TeamFunnel:
    team: Team
    funnel: Funnel


@dataclass(frozen=True)
class FunnelOverview:
    """Teams in the order of the alphabet: they are set side by side, never ranked."""

    teams: tuple[TeamFunnel, ...]
    total: Funnel


@dataclass(frozen=True)
class ListChoice:
    """Which number of the table: a colour or a standing (``StatusRow``'s field), of one team or of all."""

    group: str
    team_id: int | None = None


def status_overview(session: Session, questionnaire: Questionnaire, now: datetime) -> StatusOverview:
    today = local_day(now, ZONE)
    citizens = status.citizen_statuses(session, questionnaire)
    teams = tuple(
        TeamStatus(team, status_table((row.facts for row in citizens if row.team_id == team.id), today))
        for team in status.teams(session)
    )
    return StatusOverview(teams, sum((team.row for team in teams), StatusRow()))


def citizens_behind(
    session: Session, questionnaire: Questionnaire, choice: ListChoice, now: datetime, staff_id: int
) -> tuple[ListedCitizen, ...]:
    """The citizens that one number of the table counts, by name; reading them is written to the audit log."""
    today = local_day(now, ZONE)
    statuses = status.citizen_statuses(session, questionnaire, choice.team_id)
    facts = {row.citizen_id: row.facts for row in statuses if group_of(row.facts, today) == choice.group}
    people = status.citizens_by_id(session, list(facts))
    listed = (
        ListedCitizen(person, why_not_white(facts[person.id], today), facts[person.id].last_answered_on)
        for person in people
    )
    subject = f"{choice.group} team {choice.team_id or 'all'}"
    audit.record(session, "citizen_list.read", now, staff_id=staff_id, subject=subject)
    return tuple(sorted(listed, key=_by_name))


def _by_name(row: ListedCitizen) -> tuple[str, str]:
    last, first = (
        name.casefold().translate(DANISH_ORDER) for name in (row.citizen.last_name, row.citizen.first_name)
    )
    return last, first


def group_of(facts: AgeingFacts, today: date) -> str:
    """The column of the table that counts this citizen."""
    if facts.standing is Standing.ACTIVE:
        return str(colour(facts, today).value)
    return str(facts.standing.value)


def funnel_overview(
    session: Session, questionnaire: Questionnaire, now: datetime, period: timedelta
) -> FunnelOverview:
    """How far the invitations of the last ``period`` came."""
    steps = status.funnel_steps(session, questionnaire.id, since=now - period)
    teams = tuple(
        TeamFunnel(team, funnel(step for team_id, step in steps if team_id == team.id))
        for team in status.teams(session)
    )
    return FunnelOverview(teams, funnel(step for _, step in steps))
