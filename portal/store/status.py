"""The facts behind a citizen's colour and the invitations' funnel: one query each, whatever the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, Subquery, and_, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.ageing import AgeingFacts, Standing, local_day
from portal.domain.invitations import InvitationSteps
from portal.store.answering import Invitation, Measurement, Response
from portal.store.people import Citizen, Team
from portal.store.questionnaires import Questionnaire

ZONE = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class CitizenStatus:
    citizen_id: int
    team_id: int
    caseworker_id: int
    facts: AgeingFacts


def citizen_statuses(
    session: Session, questionnaire: Questionnaire, team_id: int | None = None
) -> list[CitizenStatus]:
    """Every citizen's facts about one questionnaire; of one team, or of all."""
    asked = questionnaire.counterpart_key is not None
    return [
        CitizenStatus(row.id, row.team_id, row.caseworker_id, _facts(row, asked))
        for row in session.execute(_statuses(questionnaire.id, team_id))
    ]


def citizen_facts(session: Session, questionnaire: Questionnaire, citizen_id: int) -> AgeingFacts:
    """One citizen's, who is there."""
    query = _statuses(questionnaire.id, None).where(Citizen.id == citizen_id)
    return _facts(session.execute(query).one(), questionnaire.counterpart_key is not None)


def funnel_steps(
    session: Session, questionnaire_id: int, team_id: int | None = None, since: datetime | None = None
) -> list[tuple[int, InvitationSteps]]:
    """(team, steps) of every invitation to the questionnaire, from ``since`` on."""
    query = (
        select(Citizen.team_id, *_step_columns(Invitation))
        .select_from(Invitation)
        .join(Citizen, Citizen.id == Invitation.citizen_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == Invitation.message_id)
        .where(Invitation.questionnaire_id == questionnaire_id, Invitation.cancelled_at.is_(None))
    )
    if team_id is not None:
        query = query.where(Citizen.team_id == team_id)
    if since is not None:
        query = query.where(Invitation.created_at >= since)
    return [(row.team_id, _steps(row)) for row in session.execute(query)]


def teams(session: Session) -> list[Team]:
    in_use = select(Team).where(Team.closed_at.is_(None))
    return list(session.scalars(in_use.order_by(Team.is_supplier, Team.name)))


def team(session: Session, team_id: int) -> Team | None:
    return session.get(Team, team_id)


def citizens_by_id(session: Session, ids: list[int]) -> list[Citizen]:
    """With team and caseworker, in one query."""
    query = select(Citizen).where(Citizen.id.in_(ids))
    return list(session.scalars(query.options(joinedload(Citizen.team), joinedload(Citizen.caseworker))))


def _statuses(questionnaire_id: int, team_id: int | None) -> Select[Any]:
    newest = _newest_invitation(questionnaire_id)
    last = {name: _last_response(questionnaire_id, name) for name in ("citizen", "caseworker")}
    invitation = aliased(Invitation)
    query = (
        select(
            Citizen.id,
            Citizen.team_id,
            Citizen.caseworker_id,
            Citizen.standing,
            last["citizen"].c.at.label("citizen_at"),
            last["caseworker"].c.at.label("caseworker_at"),
            invitation.created_at.label("invited_at"),
            *_step_columns(invitation),
        )
        .outerjoin(last["citizen"], last["citizen"].c.citizen_id == Citizen.id)
        .outerjoin(last["caseworker"], last["caseworker"].c.citizen_id == Citizen.id)
        .outerjoin(newest, newest.c.citizen_id == Citizen.id)
        .outerjoin(invitation, invitation.id == newest.c.invitation_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == invitation.message_id)
        .order_by(Citizen.id)
    )
    return query if team_id is None else query.where(Citizen.team_id == team_id)


def _last_response(questionnaire_id: int, respondent: str) -> Subquery:
    return (
        select(Response.citizen_id, func.max(Response.finished_at).label("at"))
        .join(Measurement, Measurement.id == Response.measurement_id)
        .where(Measurement.questionnaire_id == questionnaire_id, Response.respondent == respondent)
        .group_by(Response.citizen_id)
        .subquery()
    )


def _newest_invitation(questionnaire_id: int) -> Subquery:
    return (
        select(Invitation.citizen_id, func.max(Invitation.id).label("invitation_id"))
        .where(and_(Invitation.questionnaire_id == questionnaire_id, Invitation.cancelled_at.is_(None)))
        .group_by(Invitation.citizen_id)
        .subquery()
    )


def _step_columns(invitation: type[Invitation]) -> tuple[Any, ...]:
    return (
        OutboxMessage.sent_at,
        OutboxMessage.status.label("message_status"),
        OutboxMessage.finished_at.label("message_finished_at"),
        invitation.opened_at,
        invitation.started_at,
        invitation.finished_at,
    )


def _steps(row: Row[Any]) -> InvitationSteps:
    delivered = row.message_finished_at if row.message_status == Status.DELIVERED else None
    return InvitationSteps(
        sent_at=row.sent_at,
        delivered_at=delivered,
        opened_at=row.opened_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _day(moment: datetime | None) -> date | None:
    return local_day(moment, ZONE) if moment else None


def _facts(row: Row[Any], caseworker_asked: bool) -> AgeingFacts:
    return AgeingFacts(
        last_answered_on=_day(row.citizen_at),
        caseworker_answered_on=_day(row.caseworker_at),
        invited_on=_day(row.invited_at),
        newest_invitation=_steps(row) if row.invited_at else None,
        standing=Standing(row.standing),
        caseworker_asked=caseworker_asked,
    )
