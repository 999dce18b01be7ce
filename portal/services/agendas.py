"""Her own agenda: what she wants to talk about at a meeting, asked the working day before, answered as any form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from database.tenancy import EVERYONE, TenantSession
from i18n.formatting import COPENHAGEN
from messaging import outbox
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.domain.ageing import local_day
from portal.domain.meetings import NEXT_BEFORE, day_before, start_of, starts_on
from portal.runtime import Portal
from portal.services import forms
from portal.services.receipt import AnswerLine, answer_lines
from portal.services.sms.permission import WINDOW, window_of
from portal.store import invitations, meetings, questionnaires
from portal.store.answering import Invitation, Measurement
from portal.store.meetings import Meeting
from portal.store.municipalities import own
from portal.store.people import Citizen
from portal.store.responses import ResponseFacts
from portal.store.thread import EventKind, ThreadEntry

FORM = "own_agenda"
KIND = "agenda"
FROM = time(7)
"""Local time: before the first SMS of the day may go."""
LOOK_BACK = timedelta(days=8)
"""For meetings that are over: no worker rests longer."""
AT_ONCE = 100


def ask_due(portal: Portal, now: datetime) -> None:
    """Ask for the agenda of every meeting of the next working day; and no more for those that are over."""
    if now.astimezone(COPENHAGEN).time() < FROM:
        return
    today = local_day(now, COPENHAGEN)
    midnight = start_of(today, COPENHAGEN)
    with portal.database.read(EVERYONE) as session:
        tomorrow = start_of(today + timedelta(days=1), COPENHAGEN)
        waiting = meetings.to_ask(session, FORM, tomorrow, midnight + NEXT_BEFORE)
        over = meetings.unanswered_of(session, midnight - LOOK_BACK, midnight)
    due: defaultdict[int, list[int]] = defaultdict(list)
    for municipality_id, meeting_id, starts_at in waiting:
        if day_before(starts_on(starts_at, COPENHAGEN), WINDOW.opens_on) <= today:
            due[municipality_id].append(meeting_id)
    for municipality_id, ids in due.items():
        for start in range(0, len(ids), AT_ONCE):
            with portal.write(municipality_id) as session:
                _ask(session, ids[start : start + AT_ONCE], now)
    if over:
        with portal.database.write(EVERYONE) as session:
            invitations.cancel_open(session, over, now)


def invite(session: TenantSession, meeting: Meeting, now: datetime) -> Invitation | None:
    """To the agenda of this meeting alone, without an SMS; None where the form is not there. The invitation that
    there is, where there is one."""
    if meeting.invitation_id is not None:
        return session.get_one(Invitation, meeting.invitation_id)
    form = questionnaires.by_key(session, FORM)
    if form is None or questionnaires.newest_version_id(session, form.id) is None:
        return None
    citizen = session.get_one(Citizen, meeting.citizen_id)
    measurement = Measurement(citizen_id=citizen.id, questionnaire_id=form.id, opened_at=now)
    session.add(measurement)
    session.flush()
    invitation = Invitation(
        measurement_id=measurement.id,
        citizen_id=citizen.id,
        questionnaire_id=form.id,
        sent_by=citizen.caseworker_id,
        created_at=now,
    )
    session.add(invitation)
    session.flush()
    meeting.invitation_id = invitation.id
    return invitation


def said(session: Session, agenda: ResponseFacts | None) -> tuple[AnswerLine, ...]:
    """What she has sent in, in her own words; nothing where she has sent in nothing."""
    if agenda is None:
        return ()
    return tuple(line for line in answer_lines(forms.with_answers(session, agenda)) if line.answers)


def _ask(session: TenantSession, meeting_ids: Sequence[int], now: datetime) -> None:
    window = window_of(own(session))
    at = now if window.is_open(now) else window.next_opening(now)
    for meeting_id in meeting_ids:
        meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
        if meeting.invitation_id is not None or meeting.cancelled_at is not None:
            continue  # another worker was here first
        invitation = invite(session, meeting, now)
        if invitation is not None:
            _send(session, invitation, at, now)


def _send(session: TenantSession, invitation: Invitation, at: datetime, now: datetime) -> None:
    parameters = {"invitation_id": invitation.id}
    key = dedupe_key(KIND, invitation.id)
    new = NewMessage(KIND, invitation.citizen_id, key, parameters, due_at=at, lane=Lane.BULK)
    invitation.message_id = outbox.enqueue(session, new, now).message.id
    session.add(
        ThreadEntry(
            citizen_id=invitation.citizen_id,
            kind=EventKind.INVITATION,
            author="system",
            channel="sms",
            message_id=invitation.message_id,
            created_at=now,
        )
    )
