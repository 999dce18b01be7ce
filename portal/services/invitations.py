"""Asking a citizen to answer: the measurement, the invitation and its SMS, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from database.lean import change_rows, insert_rows
from database.tenancy import TenantSession
from messaging import outbox
from messaging.bulk import enqueue_many
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage, OutboxMessage
from portal.domain.ageing import Standing
from portal.services import ladders
from portal.services.ladders import Asked
from portal.store import invitations, people, questionnaires
from portal.store.answering import Invitation, Measurement
from portal.store.people import Askable
from portal.store.thread import EventKind, ThreadEntry

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
    """``is_new`` is False when the same questionnaire was sent within 24 hours and is still open; otherwise
    ``message_id`` is the SMS."""

    invitation_id: int
    is_new: bool
    message_id: int | None = None


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
    asking = Asking(questionnaire_id, staff_id, lane, remind)
    return send_to_all(session, [citizen_id], asking, now)[citizen_id]


@dataclass(frozen=True)
class Asking:
    """What is asked, by whom and in which lane; as ``send_questionnaire`` takes it."""

    questionnaire_id: int
    staff_id: int
    lane: Lane
    remind: bool = True


def send_to_all(
    session: TenantSession, citizen_ids: Sequence[int], asking: Asking, now: datetime
) -> Mapping[int, Invited | NotSent]:
    """Invite each of them. However many they are, the database is asked as often as for one; keep to a hundred or so,
    for they are all held until the transaction ends."""
    refused = _refused(session, citizen_ids, asking.questionnaire_id)
    wanted = [citizen_id for citizen_id in citizen_ids if citizen_id not in refused]
    since = now - SAME_INVITATION
    known = invitations.unfinished_since(session, wanted, asking.questionnaire_id, since) if wanted else {}
    new = _invite(session, [citizen_id for citizen_id in wanted if citizen_id not in known], asking, now)
    return {
        **{citizen_id: NotSent(reason) for citizen_id, reason in refused.items()},
        **{citizen_id: Invited(each, is_new=False) for citizen_id, each in known.items()},
        **{
            each.citizen_id: Invited(each.invitation_id, is_new=True, message_id=each.message_id)
            for each in new
        },
    }


def _refused(
    session: TenantSession, citizen_ids: Sequence[int], questionnaire_id: int
) -> dict[int, NotSentReason]:
    """Who is not asked, and why. The others are held until the transaction ends."""
    held = {each.id: _why_not(each) for each in people.askable(session, citizen_ids)}
    reasons = {each: held.get(each, NotSentReason.UNKNOWN_CITIZEN) for each in citizen_ids}
    if questionnaires.newest_version_id(session, questionnaire_id) is None:
        reasons = {each: reason or NotSentReason.NOTHING_PUBLISHED for each, reason in reasons.items()}
    return {each: reason for each, reason in reasons.items() if reason is not None}


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
    lane = Lane.CONVERSATION if asked_for else lane
    new = _sms(invitation.id, invitation.citizen_id, step, lane=lane, asked_for=asked_for)
    enqueued = outbox.enqueue(session, new, now)
    if enqueued.is_new:
        session.add(_event(invitation, enqueued.message, now, by_citizen=asked_for))
    return enqueued.message


def _why_not(citizen: Askable) -> NotSentReason | None:
    if citizen.standing != Standing.ACTIVE.value:
        return NotSentReason(citizen.standing)
    if citizen.opted_out_at is not None:
        return NotSentReason.OPTED_OUT
    return NotSentReason.NUMBER_FROZEN if citizen.frozen_at is not None else None


def _invite(session: TenantSession, citizen_ids: Sequence[int], asking: Asking, now: datetime) -> list[Asked]:
    """The invitations, each with its SMS in the outbox and its place in the thread."""
    if not citizen_ids:
        return []
    form = asking.questionnaire_id
    measured = measurements_for(session, citizen_ids, form, now)
    always = {"questionnaire_id": form, "sent_by": asking.staff_id, "created_at": now}
    rows = [{"citizen_id": each, "measurement_id": measured[each], **always} for each in citizen_ids]
    invited: Mapping[int, int] = dict(insert_rows(session, Invitation, rows, returning=("citizen_id", "id")))
    asked = _enqueue(session, invited, asking.lane, now)
    sent = [{"id": each.invitation_id, "message_id": each.message_id} for each in asked]
    change_rows(session, Invitation, sent)
    insert_rows(session, ThreadEntry, [_entry(each, asking.staff_id, now) for each in asked])
    if asking.remind:
        ladders.begin(session, asked, form, now)
    return asked


def _enqueue(session: TenantSession, invited: Mapping[int, int], lane: Lane, now: datetime) -> list[Asked]:
    news = {citizen_id: _sms(each, citizen_id, lane=lane) for citizen_id, each in invited.items()}
    made = enqueue_many(session, [*news.values()], now)
    return [
        Asked(invitation_id, citizen_id, made[news[citizen_id].dedupe_key])
        for citizen_id, invitation_id in invited.items()
    ]


def _sms(
    invitation_id: int, citizen_id: int, step: int = 0, *, lane: Lane, asked_for: bool = False
) -> NewMessage:
    return NewMessage(
        kind="invitation",
        recipient_ref=citizen_id,
        dedupe_key=dedupe_key("invitation", invitation_id, step),
        parameters={"invitation_id": invitation_id, "asked_for": asked_for},
        lane=lane,
    )


def measurements_for(
    session: TenantSession, citizen_ids: Sequence[int], questionnaire_id: int, now: datetime
) -> Mapping[int, int]:
    """Citizen -> the measurement that she is asked for already and has not answered, or a new one."""
    since = now - SAME_MEASUREMENT
    known = invitations.open_measurements(session, citizen_ids, questionnaire_id, since)
    missing = [
        {"citizen_id": each, "questionnaire_id": questionnaire_id, "opened_at": now}
        for each in citizen_ids
        if each not in known
    ]
    return known | dict(insert_rows(session, Measurement, missing, returning=("citizen_id", "id")))


def _entry(asked: Asked, staff_id: int, now: datetime) -> Mapping[str, object]:
    return {
        "citizen_id": asked.citizen_id,
        "kind": EventKind.INVITATION.value,
        "author": "staff",
        "staff_id": staff_id,
        "channel": "sms",
        "message_id": asked.message_id,
        "created_at": now,
    }


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
