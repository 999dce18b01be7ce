"""What a citizen finds when she has signed in: what waits for her, and what she has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from portal.domain.questionnaires import Respondent, Texts
from portal.services import cover, definitions, forms, meetings
from portal.services.forms import OpenForm
from portal.store import invitations, questionnaires, responses, thread_entries
from portal.store.answering import Invitation
from portal.store.meetings import Meeting
from portal.store.people import Citizen


@dataclass(frozen=True)
class Waiting:
    """One form that she is asked to answer. ``titles`` are in the form's languages."""

    invitation_id: int
    titles: Texts
    caseworker: str
    minutes: int
    is_begun: bool


@dataclass(frozen=True)
class Home:
    first_name: str
    caseworker: str
    """Who answers her today."""
    waiting: tuple[Waiting, ...]
    has_news: bool
    """A message of staff's that she has not seen."""
    meeting: Meeting | None
    """Her next, of those of today and later."""


@dataclass(frozen=True)
class Answered:
    ref: str
    titles: Texts
    finished_at: datetime


def home_of(session: TenantSession, citizen_id: int, now: datetime) -> Home:
    citizen = session.get_one(Citizen, citizen_id)
    asked = invitations.waiting_for(session, citizen_id)
    newest = questionnaires.newest_version_ids(session, {each.questionnaire_id for each in asked})
    return Home(
        first_name=citizen.first_name,
        caseworker=cover.today(session, now).answers_for(citizen.caseworker).name,
        waiting=tuple(
            _waiting(session, each, newest[each.questionnaire_id])
            for each in asked
            if each.questionnaire_id in newest
        ),
        has_news=citizen_id in thread_entries.first_unread_by_staff(session, [citizen_id]),
        meeting=next((each for each, _ in meetings.ahead(session, citizen_id, now)), None),
    )


def may_begin(session: Session, citizen_id: int, invitation_id: int) -> bool:
    return any(each.id == invitation_id for each in invitations.waiting_for(session, citizen_id))


def answered_forms(session: Session, citizen_id: int) -> tuple[Answered, ...]:
    """The newest first."""
    rows = responses.finished_of(session, citizen_id)
    return tuple(
        Answered(
            row.ref,
            definitions.questionnaire_of(session, row.version_id, Respondent.CITIZEN).titles,
            row.finished_at,
        )
        for row in rows
        if row.finished_at is not None
    )


def answered_form(session: Session, citizen_id: int, ref: str) -> OpenForm | None:
    """None for a reference that is not hers, or whose form she has not sent in."""
    form = forms.load(session, ref)
    if form is None or form.citizen_id != citizen_id or form.finished_at is None:
        return None
    return form


def _waiting(session: Session, invitation: Invitation, version_id: int) -> Waiting:
    form = definitions.questionnaire_of(session, version_id, Respondent.CITIZEN)
    return Waiting(
        invitation_id=invitation.id,
        titles=form.titles,
        caseworker=invitation.sender.name,
        minutes=definitions.minutes(form),
        is_begun=invitation.started_at is not None,
    )
