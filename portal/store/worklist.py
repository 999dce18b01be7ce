"""What the caseworker's list asks of a team: one query each, whatever the number of citizens."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Subquery, and_, case, exists, func, select
from sqlalchemy.orm import Session

from portal.domain.meetings import NEXT_BEFORE
from portal.store import ladders, meetings
from portal.store.check_in_results import low_answer
from portal.store.check_ins import CheckInAnswer
from portal.store.crisis import CrisisAlarm
from portal.store.people import Citizen, Staff
from portal.store.questionnaires import Questionnaire
from portal.store.thread import ThreadEntry, settles


class CitizenRow(NamedTuple):
    """Names are encrypted: only what the list shows is read and decrypted."""

    id: int
    first_name: str
    last_name: str
    language: str
    standing: str
    caseworker_id: int
    caseworker: str
    created_at: datetime
    frozen_at: datetime | None
    number_failed_at: datetime | None
    opted_out_at: datetime | None
    pin_locked_at: datetime | None
    wrote_of_crisis: bool
    """A message of hers holds words of crisis, and nobody has seen to it."""
    ladder_ended_at: datetime | None
    """When she had had every reminder of a form without an answer, and nobody has taken it up."""
    meeting_at: datetime | None
    """Her next meeting, of those of today and later."""
    asked_of_meeting: bool
    """She wants another time or an interpreter, and nobody has seen to it."""
    has_agenda: bool
    """She has sent in what she wants to talk about at one of the meetings of the next days."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class ThreadDigest(NamedTuple):
    """``unread``: messages of hers that nobody has seen; ``last_…`` are entries, of ours the last that settles what she
    wrote; None where there are none."""

    citizen_id: int
    unread: int
    last_of_hers: int | None
    last_of_ours: int | None
    heard_at: datetime | None
    waiting_since: datetime | None
    """When the first of her messages came in that nothing of ours settles."""
    answered_low_at: datetime | None
    """When she last answered a check-in in a way that calls for a person, and staff have not written after."""

    @property
    def awaits_answer(self) -> bool:
        return self.unread > 0 or (self.last_of_hers or 0) > (self.last_of_ours or 0)


def followed_questionnaire(session: Session) -> Questionnaire | None:
    """The form by whose age citizens are followed: the first that has a caseworker's half."""
    query = select(Questionnaire).where(
        Questionnaire.respondent == "citizen", Questionnaire.counterpart_key.is_not(None)
    )
    return session.scalars(query.order_by(Questionnaire.id).limit(1)).one_or_none()


def citizens_of_team(session: Session, team_id: int, today: datetime) -> list[CitizenRow]:
    """``today``: when the day begins, from which meetings are ahead."""
    alarm = exists().where(CrisisAlarm.citizen_id == Citizen.id, CrisisAlarm.handled_at.is_(None))
    query = (
        select(
            Citizen.id,
            Citizen.first_name,
            Citizen.last_name,
            Citizen.language,
            Citizen.standing,
            Citizen.caseworker_id,
            Staff.name,
            Citizen.created_at,
            Citizen.frozen_at,
            Citizen.number_failed_at,
            Citizen.opted_out_at,
            Citizen.pin_locked_at,
            alarm,
            ladders.ended_for_a_person(),
            meetings.next_at(today),
            meetings.has_a_wish(today),
            meetings.has_agenda(today, today + NEXT_BEFORE),
        )
        .join(Staff, Staff.id == Citizen.caseworker_id)
        .where(Citizen.team_id == team_id)
    )
    return [CitizenRow._make(row) for row in session.execute(query)]


def threads_of_team(session: Session, team_id: int) -> dict[int, ThreadDigest]:
    """Citizen -> digest; ``heard_at`` counts whatever came from her, an answered form too."""
    is_message, is_hers = ThreadEntry.kind == "message", ThreadEntry.author == "citizen"
    unread = case((and_(is_message, is_hers, ThreadEntry.read_at.is_(None)), 1), else_=0)
    ours = _last_of_ours(team_id)
    after_ours = ThreadEntry.id > func.coalesce(ours.c.id, 0)
    unanswered = and_(is_message, is_hers, after_ours)
    query = (
        select(
            ThreadEntry.citizen_id,
            func.sum(unread),
            func.max(case((and_(is_message, is_hers), ThreadEntry.id))),
            func.max(ours.c.id),
            func.max(case((is_hers, ThreadEntry.created_at))),
            func.min(case((unanswered, ThreadEntry.created_at))),
            func.max(case((and_(low_answer(), after_ours), ThreadEntry.created_at))),
        )
        .join(Citizen, Citizen.id == ThreadEntry.citizen_id)
        .outerjoin(ours, ours.c.citizen_id == ThreadEntry.citizen_id)
        .outerjoin(CheckInAnswer, CheckInAnswer.entry_id == ThreadEntry.id)
        .where(Citizen.team_id == team_id)
        .group_by(ThreadEntry.citizen_id)
    )
    return {row[0]: ThreadDigest(*row) for row in session.execute(query)}


def _last_of_ours(team_id: int) -> Subquery:
    return (
        select(ThreadEntry.citizen_id, func.max(ThreadEntry.id).label("id"))
        .join(Citizen, Citizen.id == ThreadEntry.citizen_id)
        .where(Citizen.team_id == team_id, settles())
        .group_by(ThreadEntry.citizen_id)
        .subquery()
    )
