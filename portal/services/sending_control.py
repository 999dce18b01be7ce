"""What a caseworker does to a sending that is on its way: pause it, let it go on, stop it for good.

What waits in the outbox is a part of the sending still: a pause holds it there, a stop takes it back.
"""

from __future__ import annotations

from datetime import datetime

from database.tenancy import TenantSession
from messaging import outcomes
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.sendings import RecipientState, SendingKind, SendingState, Step, can, going
from portal.services.reach import Reader
from portal.services.sending_steps import LeftOutReason
from portal.services.thread import Channel
from portal.store import audit, check_in_asks, invitations, sendings
from portal.store.sendings import Sending

PAUSED, STOPPED = "sending_paused", "sending_stopped"


def pause(session: TenantSession, reader: Reader, sending: Sending, now: datetime) -> bool:
    """False when it no longer runs: finished, or paused by somebody else's click."""
    if not can(Step.PAUSE, sending.state):
        return False
    for _, message in sendings.held_messages(session, sending.id):
        if _is_own(sending):
            message.due_at, message.reason = None, PAUSED
    _change(sending, SendingState.PAUSED, reader, now)
    _record(session, reader, "sending.paused", sending, now)
    return True


def resume(session: TenantSession, reader: Reader, sending: Sending, now: datetime) -> bool:
    if not can(Step.RESUME, sending.state):
        return False
    for _, message in sendings.held_messages(session, sending.id):
        if message.reason == PAUSED:
            message.due_at, message.reason = now, None
    _change(sending, going(sending.planned_at, now), reader, now)
    _record(session, reader, "sending.resumed", sending, now)
    return True


def stop(session: TenantSession, reader: Reader, sending: Sending, now: datetime) -> bool:
    """Nobody more gets it. What a provider has taken cannot be called back."""
    if not can(Step.STOP, sending.state):
        return False
    sendings.leave_out_waiting(session, sending.id, LeftOutReason.STOPPED, now)
    if _is_own(sending):
        _take_back(session, sending, now)
    _change(sending, SendingState.STOPPED, reader, now)
    sending.finished_at = now
    _record(session, reader, "sending.stopped", sending, now)
    return True


def _take_back(session: TenantSession, sending: Sending, now: datetime) -> None:
    taken: list[OutboxMessage] = []
    for recipient, message in sendings.held_messages(session, sending.id):
        outcomes.finish(message, Status.WITHHELD, STOPPED, now)
        if message.status is Status.WITHHELD:
            recipient.state, recipient.reason = RecipientState.LEFT_OUT, LeftOutReason.STOPPED
            taken.append(message)
    ids = [message.id for message in taken]
    if sending.kind is SendingKind.QUESTIONNAIRE:
        invitations.cancel_told_by(session, ids, now)
    elif sending.kind is SendingKind.CHECK_IN:
        check_in_asks.cancel_told_by(session, ids, STOPPED, now)


def _is_own(sending: Sending) -> bool:
    """A message in the portal is hers already; the SMS that tells of it takes nothing back."""
    return not (sending.kind is SendingKind.MESSAGE and sending.channel == Channel.PORTAL)


def _change(sending: Sending, state: SendingState, reader: Reader, now: datetime) -> None:
    sending.state, sending.changed_at, sending.changed_by = state, now, reader.staff_id


def _record(session: TenantSession, reader: Reader, action: str, sending: Sending, now: datetime) -> None:
    audit.record(
        session,
        action,
        now,
        staff_id=reader.staff_id,
        subject=f"sending {sending.id}",
        request_id=reader.request_id or None,
    )
