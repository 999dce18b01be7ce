"""Asking a citizen to answer: the measurement, the invitation and its SMS, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from database.tenancy import TenantSession
from messaging import outbox
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage, OutboxMessage
from portal.domain.ageing import Standing
from portal.services import ladders
from portal.store import invitations, questionnaires
from portal.store.answering import Invitation, Measurement
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry

SAME_MEASUREMENT = timedelta(days=30)
"""Asked again within this time, she still answers the same measurement."""
SAME_INVITATION = timedelta(hours=24)
"""Asked again within this time, it is the same click twice."""


class NotSentReason(StrEnum):
    UNKNOWN_CITIZEN = "unknown_citizen"
    NOTHING_PUBLISHED = "nothing_published"
    EXEMPT = "exempt"
    DROPPED_OUT = "dropped_out"
    OPTED_OUT = "opted_out"
    NUMBER_FROZEN = "number_frozen"


@dataclass(frozen=True)
class Invited:
    """``is_new`` is False when the same questionnaire was sent within 24 hours and is still open."""

    invitation_id: int
    is_new: bool


@dataclass(frozen=True)
class NotSent:
    reason: NotSentReason


def send_questionnaire(
    session: TenantSession,
    citizen_id: int,
    questionnaire_id: int,
    staff_id: int,
    now: datetime,
    *,
    lane: Lane = Lane.SINGLE,
    remind: bool = True,
) -> Invited | NotSent:
    """Invite the citizen by SMS. Whether and when the SMS may go is decided again when it is sent. ``remind``: she
    is asked again while she has not answered."""
    citizen = invitations.citizen_for_update(session, citizen_id)
    if citizen is None:
        return NotSent(NotSentReason.UNKNOWN_CITIZEN)
    reason = _why_not(citizen)
    if reason is None and questionnaires.newest_version_id(session, questionnaire_id) is None:
        reason = NotSentReason.NOTHING_PUBLISHED
    if reason is not None:
        return NotSent(reason)
    known = invitations.unfinished_since(session, citizen_id, questionnaire_id, now - SAME_INVITATION)
    if known is not None:
        return Invited(known.id, is_new=False)
    invitation = _invite(session, citizen_id, questionnaire_id, staff_id, now)
    invitation.message_id = send_link(session, invitation, now, 0, lane=lane).id
    if remind:
        ladders.begin(session, invitation, now)
    return Invited(invitation.id, is_new=True)


def send_link(
    session: TenantSession,
    invitation: Invitation,
    now: datetime,
    step: int,
    *,
    asked_for: bool = False,
    lane: Lane = Lane.SINGLE,
) -> OutboxMessage:
    """One SMS with a link to the invitation's form. ``step`` tells the invitation's messages apart (0: the
    first); ``asked_for``: the citizen herself asks now, so any hour will do."""
    enqueued = outbox.enqueue(
        session,
        NewMessage(
            kind="invitation",
            recipient_ref=invitation.citizen_id,
            dedupe_key=dedupe_key("invitation", invitation.id, step),
            parameters={"invitation_id": invitation.id, "asked_for": asked_for},
            lane=Lane.CONVERSATION if asked_for else lane,
        ),
        now,
    )
    if enqueued.is_new:
        session.add(_event(invitation, enqueued.message, now, by_citizen=asked_for))
    return enqueued.message


def _why_not(citizen: Citizen) -> NotSentReason | None:
    if citizen.standing != Standing.ACTIVE.value:
        return NotSentReason(citizen.standing)
    if citizen.opted_out_at is not None:
        return NotSentReason.OPTED_OUT
    return NotSentReason.NUMBER_FROZEN if citizen.frozen_at is not None else None


def _invite(
    session: TenantSession, citizen_id: int, questionnaire_id: int, staff_id: int, now: datetime
) -> Invitation:
    measurement = measurement_for(session, citizen_id, questionnaire_id, now)
    invitation = Invitation(
        measurement_id=measurement.id,
        citizen_id=citizen_id,
        questionnaire_id=questionnaire_id,
        sent_by=staff_id,
        created_at=now,
    )
    session.add(invitation)
    session.flush()
    return invitation


def measurement_for(
    session: TenantSession, citizen_id: int, questionnaire_id: int, now: datetime
) -> Measurement:
    """The one she is asked for already and has not answered, or a new one."""
    known = invitations.open_measurement(session, citizen_id, questionnaire_id, now - SAME_MEASUREMENT)
    if known is not None:
        return known
    measurement = Measurement(citizen_id=citizen_id, questionnaire_id=questionnaire_id, opened_at=now)
    session.add(measurement)
    session.flush()
    return measurement


def _event(invitation: Invitation, message: OutboxMessage, now: datetime, *, by_citizen: bool) -> ThreadEntry:
    return ThreadEntry(
        citizen_id=invitation.citizen_id,
        kind="invitation",
        author="system" if by_citizen else "staff",
        staff_id=None if by_citizen else invitation.sent_by,
        channel="sms",
        message_id=message.id,
        created_at=now,
    )
