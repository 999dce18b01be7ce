"""What becomes of a claimed message: begun, put back, finished, or as the gateway answered.

All work on a row that is still ours (`claims.held`, `claims.taken_up`), in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from database.lean import Change
from database.tenancy import TenantSession
from messaging import retries
from messaging.claims import Claim
from messaging.gateway import Accepted, Busy, Outcome, Refused, Trouble
from messaging.message import FINAL, Status, advance
from messaging.outbox import LEASE, Message, OutboxMessage

RECEIPT_WAIT = timedelta(minutes=10)
"""When the provider's answer was lost, a receipt gets this long to tell us before we send again."""


def begin_sending(message: Message, parts: int, now: datetime) -> None:
    """Commit this before the provider is called: whatever happens then, we know it may have been sent."""
    if message.perhaps_at is None:
        message.gateway = None  # whoever was busy the last time does not have it
    if message.status is Status.SENDING:
        message.possible_duplicates += 1
    message.status = Status.SENDING
    message.parts = parts
    message.attempts += 1
    message.due_at = now + LEASE


def put_back(message: Message, until: datetime, reason: str) -> None:
    """Let go of it until `until`; its status stays what it is."""
    message.claimed_by, message.due_at, message.reason = None, until, reason


def finish(message: Message, status: Status, reason: str, now: datetime) -> None:
    """End our own tries. What an earlier try may have sent is UNKNOWN, which a receipt can still correct."""
    message.status = Status.UNKNOWN if message.may_have_been_sent else status
    message.claimed_by, message.due_at, message.reason = None, None, reason
    message.finished_at = now if message.status in FINAL else None


def try_later(message: Message, reason: str, asked_for: timedelta | None, now: datetime) -> None:
    """Put it back for as long as its number of tries says; when they are used up, it has failed."""
    delay = retries.delay_after(max(message.attempts, 1), asked_for)
    if delay is None:
        finish(message, Status.FAILED, reason, now)
    else:
        put_back(message, now + delay, reason)


def give_up_if_spent(message: Message, now: datetime) -> bool:
    """End a row whose tries are used up though no outcome was recorded: its worker died each time."""
    if message.attempts <= len(retries.DELAYS):
        return False
    finish(message, Status.FAILED, Trouble.NO_ANSWER, now)
    return True


def record(message: OutboxMessage, gateway: str, outcome: Outcome, now: datetime) -> None:
    """Write down what the gateway answered; of several, the one that did."""
    message.gateway = outcome.by or gateway
    if isinstance(outcome, Accepted):
        _accepted(message, outcome, now)
    elif message.due_at is None:
        message.claimed_by = None  # a receipt was faster, and knows better
    elif isinstance(outcome, Refused):
        _certainly_not_taken(message, outcome.code)
        finish(message, Status.FAILED, outcome.reason, now)
    elif isinstance(outcome, Busy):
        _certainly_not_taken(message, outcome.code)
        if outcome.alarm:
            message.attempts -= 1  # our own fault, not the message's: it waits for as long as it takes
        try_later(message, outcome.reason, outcome.retry_after, now)
    else:
        try_later(message, outcome.reason, RECEIPT_WAIT, now)


def keep(session: TenantSession, messages: Sequence[Message]) -> None:
    """Write down rows that `claims.taken_up` gave, as they are now: those that became the same in one statement."""
    same: dict[tuple[object, ...], list[int]] = {}
    for message in messages:
        same.setdefault(tuple(getattr(message, name) for name in _COURSE), []).append(message.id)
    for values, ids in same.items():
        _KEEP.make(session, dict(zip(_COURSE, values, strict=True)), id=ids)


_COURSE = (
    *("status", "due_at", "claimed_by", "attempts", "gateway", "parts"),
    *("possible_duplicates", "reason", "finished_at"),
)
_KEEP = Change(OutboxMessage, _COURSE, among="id")


class AnotherCaseError(Exception):
    """Not what `record_accepted` is for."""


def record_accepted(
    session: TenantSession, accepted: Sequence[tuple[Claim, Accepted]], gateway: str, now: datetime
) -> None:
    """What `record` does in the usual case, for all in one statement.

    Raises AnotherCaseError where one of them is not ours any more, or a receipt was faster: nothing of this
    transaction may stay.
    """
    always = {"status": Status.SENT, "sent_at": now, "claimed_by": None, "due_at": None}
    cleared = {"error_code": None, "reason": None}
    changes = [
        (
            {**always, **cleared, "gateway": taken.by or gateway, "provider_id": taken.provider_id},
            {"id": claim.message_id, "claimed_by": claim.owner, "status": Status.SENDING},
        )
        for claim, taken in accepted
    ]
    if _TAKEN.make_all(session, changes) != len(changes):
        raise AnotherCaseError


_TAKEN = Change(
    OutboxMessage,
    ("status", "gateway", "provider_id", "sent_at", "claimed_by", "due_at", "error_code", "reason"),
    by=("id", "claimed_by", "status"),
)


def _accepted(message: OutboxMessage, outcome: Accepted, now: datetime) -> None:
    message.provider_id = outcome.provider_id
    message.sent_at = message.sent_at or now
    message.claimed_by = message.due_at = None
    if message.status is Status.SENDING:
        message.status = advance(message.status, Status.SENT)
        message.error_code = message.reason = None


def _certainly_not_taken(message: OutboxMessage, code: str) -> None:
    """This try came to nothing: what remains doubtful is only what earlier tries left."""
    message.status = Status.QUEUED
    message.error_code = code or None
