"""What a provider says of a message after it has taken it, and what that tells of the citizen's number."""

from __future__ import annotations

from datetime import datetime

from database.tenancy import TenantSession
from messaging import receipts
from messaging.gateway import Receipt, Trouble
from messaging.message import Status
from messaging.outbox import OutboxMessage
from messaging.receipts import Applied
from portal.services import reachability, whatsapp
from portal.store.people import Citizen

WITHOUT_CITIZEN = frozenset({"unknown_sender", "number_code", "number_moved"})
"""Kinds that go to another phone than a citizen's own."""


def take_receipt(session: TenantSession, receipt: Receipt, now: datetime) -> Applied:
    """Move the message's status on; take over a number that is dead, or works again, and a STOP that only the
    provider has heard. Needs a session that looks across municipalities: a receipt names none."""
    applied = receipts.apply(session, receipt, now)
    if applied.changed and applied.message is not None:
        _learn(session, applied.message, receipt, now)
    return applied


def citizen_of(session: TenantSession, message: OutboxMessage) -> Citizen | None:
    if message.kind in WITHOUT_CITIZEN:
        return None
    return session.get(Citizen, message.recipient_ref)


def _learn(session: TenantSession, message: OutboxMessage, receipt: Receipt, now: datetime) -> None:
    stopped = receipt.reason is Trouble.OPTED_OUT
    if message.kind == whatsapp.KIND and not stopped:
        return  # what reaches her on WhatsApp, or does not, says nothing of SMS
    if not (stopped or receipt.permanent or receipt.status is Status.DELIVERED):
        return
    citizen = citizen_of(session, message)
    if citizen is None:
        return
    if stopped:
        reachability.opt_out(session, citizen, now)
    elif receipt.permanent:
        reachability.number_failed(session, citizen, now)
    else:
        reachability.number_works(citizen)
