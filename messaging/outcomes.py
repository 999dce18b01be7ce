"""What becomes of a claimed message: begun, withheld, put back, finished, or as the gateway answered.

All work on a row that is still ours (`outbox.held`), in the caller's transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from messaging import retries
from messaging.gateway import Accepted, Busy, Outcome, Refused, Trouble, Unsure
from messaging.message import FINAL, Status, advance
from messaging.outbox import LEASE, OutboxMessage

RECEIPT_WAIT = timedelta(minutes=10)
"""When the provider's answer was lost, a receipt gets this long to tell us before we send again."""


def begin_sending(message: OutboxMessage, parts: int, now: datetime) -> None:
    """Commit this before the provider is called: whatever happens then, we know it may have been sent."""
    if message.status is Status.SENDING:
        message.possible_duplicates += 1
    message.status = Status.SENDING
    message.parts = parts
    message.attempts += 1
    message.due_at = now + LEASE


def withhold(message: OutboxMessage, reason: str, now: datetime) -> None:
    """Never send it (again)."""
    finish(message, Status.WITHHELD, reason, now)


def put_back(message: OutboxMessage, until: datetime, reason: str | None) -> None:
    """Let go of it until `until`; its status stays what it is."""
    message.claimed_by, message.due_at, message.reason = None, until, reason


def finish(message: OutboxMessage, status: Status, reason: str | None, now: datetime) -> None:
    """End our own tries. What an earlier try may have sent is UNKNOWN, which a receipt can still correct."""
    message.status = Status.UNKNOWN if message.may_have_been_sent else status
    message.claimed_by, message.due_at, message.reason = None, None, reason
    message.finished_at = now if message.status in FINAL else None


def record(message: OutboxMessage, gateway: str, outcome: Outcome, now: datetime) -> None:
    """Write down what the gateway answered."""
    message.gateway = gateway
    if isinstance(outcome, Accepted):
        _accepted(message, outcome, now)
    elif message.due_at is None:
        message.claimed_by = None  # a receipt was faster, and knows better
    elif isinstance(outcome, Refused):
        _not_taken(message, outcome.code)
        finish(message, Status.FAILED, outcome.reason, now)
    elif isinstance(outcome, Busy):
        _not_taken(message, outcome.code)
        _try_later(message, outcome, now)
    else:
        _wait_for_receipt(message, outcome, now)


def _accepted(message: OutboxMessage, outcome: Accepted, now: datetime) -> None:
    message.provider_id = outcome.provider_id
    message.sent_at = message.sent_at or now
    message.status = advance(message.status, Status.SENT)
    message.claimed_by = message.due_at = message.error_code = None
    if message.status is Status.SENT:
        message.reason = None


def _not_taken(message: OutboxMessage, code: str) -> None:
    """This try certainly came to nothing: what remains doubtful is only what earlier tries left."""
    message.status = Status.QUEUED
    message.error_code = code or None


def _try_later(message: OutboxMessage, outcome: Busy, now: datetime) -> None:
    if outcome.alarm:
        message.attempts -= 1  # our own fault, not the message's: it waits for as long as it takes
    delay = retries.delay_after(max(message.attempts, 1), outcome.retry_after)
    if delay is None:
        finish(message, Status.FAILED, outcome.reason, now)
    else:
        put_back(message, now + delay, outcome.reason)


def _wait_for_receipt(message: OutboxMessage, outcome: Unsure, now: datetime) -> None:
    delay = retries.delay_after(message.attempts, RECEIPT_WAIT)
    if delay is None:
        finish(message, Status.UNKNOWN, outcome.reason, now)
    else:
        put_back(message, now + delay, outcome.reason)


def give_up_if_spent(message: OutboxMessage, now: datetime) -> bool:
    """End a row whose tries are used up though no outcome was recorded: its worker died each time."""
    if retries.delay_after(message.attempts) is not None or message.attempts == 0:
        return False
    finish(message, Status.UNKNOWN, Trouble.NO_ANSWER, now)
    return True
