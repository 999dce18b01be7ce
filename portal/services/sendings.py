"""The feeder: moves the recipients of a sending into the outbox, a few at a time.

A chunk is one transaction: who is in the outbox is no longer waiting, at whatever moment a worker is killed.
Of each sending the outbox holds a window at most: so a pause bites at once, memory stays flat, and the outbox
stays short for those who wait for an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum, auto

import structlog
from sqlalchemy.exc import OperationalError

from database.tenancy import EVERYONE, TenantSession
from portal.domain.sendings import RecipientState, SendingState
from portal.runtime import Portal
from portal.services.sending_steps import Given, LeftOut, LeftOutReason, give
from portal.store import sendings
from portal.store.sendings import DueSending, Sending, Waiting

log = structlog.get_logger("sendings")

CHUNK = 50
"""Recipients in one transaction, less than a tenth of a second: on SQLite everybody else's writing waits for it."""
WINDOW = 500
"""Messages of one sending that wait in the outbox."""
PASSES = 100
"""Of one round, each with a chunk of every sending: then the worker is free for others."""


class Fed(Enum):
    MORE = auto()
    NOTHING_NOW = auto()
    """Finished, paused meanwhile, in another feeder's hands, or the window is full: a wake-up will come."""


def wake_feeder(portal: Portal) -> None:
    """Where there is nothing to feed, nobody is woken."""
    if _due(portal):
        portal.wake_sendings()


def feed(portal: Portal) -> None:
    """One round; a round that leaves something to do asks for the next."""
    hungry: Sequence[DueSending] = _due(portal)
    for _ in range(PASSES):
        hungry = [each for each in hungry if _feed_safely(portal, each) is Fed.MORE]
    if hungry:
        portal.wake_sendings()


def feed_chunk(portal: Portal, due: DueSending) -> Fed:
    """The next few recipients of one sending, in one transaction."""
    now = portal.clock()
    with portal.write(due.municipality_id) as session:
        sending = sendings.hold(session, due.id, wait=False)
        if sending is None or not _begin(sending, now):
            return Fed.NOTHING_NOW
        most = min(WINDOW, CHUNK)
        if (
            WINDOW - sendings.settle(session, sending.id) < most
        ):  # a chunk of one costs as much as a whole one
            return Fed.NOTHING_NOW
        recipients = sendings.next_waiting(session, sending.id, most)
        outcomes = _give_all(session, sending, [each.citizen_id for each in recipients], now)
        sendings.note(session, [_noted(each, outcomes[each.citizen_id], now) for each in recipients])
        if len(recipients) < most:
            _change(sending, SendingState.FINISHED, now)
        return Fed.MORE if recipients and sending.state is SendingState.RUNNING else Fed.NOTHING_NOW


def _due(portal: Portal) -> list[DueSending]:
    with portal.database.read(EVERYONE) as session:
        return sendings.due(session, portal.clock())


def _feed_safely(portal: Portal, due: DueSending) -> Fed:
    """One sending's fault is not another's; the sweep tries it again."""
    try:
        return feed_chunk(portal, due)
    except Exception as error:
        log.error("sending not fed", sending=due.id, error=type(error).__name__)
        return Fed.NOTHING_NOW


def _begin(sending: Sending, now: datetime) -> bool:
    """Whether it may go; a planned one whose time has come begins."""
    if sending.state is SendingState.PLANNED and (sending.planned_at is None or sending.planned_at <= now):
        _change(sending, SendingState.RUNNING, now)
    sending.started_at = sending.started_at or (now if sending.state is SendingState.RUNNING else None)
    return sending.state is SendingState.RUNNING


def _give_all(
    session: TenantSession, sending: Sending, citizen_ids: Sequence[int], now: datetime
) -> Mapping[int, Given | LeftOut]:
    """All together; where one of them goes wrong, each by herself."""
    try:
        with session.begin_nested():
            return give(session, sending, citizen_ids, now)
    except OperationalError:
        raise  # the database's trouble, not a recipient's: the whole chunk is tried again
    except Exception as error:
        log.info("recipients given each by herself", sending=sending.id, error=type(error).__name__)
        return {each: _give(session, sending, each, now) for each in citizen_ids}


def _give(session: TenantSession, sending: Sending, citizen_id: int, now: datetime) -> Given | LeftOut:
    try:
        with session.begin_nested():
            return give(session, sending, [citizen_id], now)[citizen_id]
    except OperationalError:
        raise
    except Exception as error:
        # Only the error's kind: its text may hold what the message says.
        log.error("recipient left out", sending=sending.id, error=type(error).__name__)
        return LeftOut(LeftOutReason.FAILED)


def _noted(waiting: Waiting, outcome: Given | LeftOut, now: datetime) -> Mapping[str, object]:
    is_given = isinstance(outcome, Given)
    return {
        "id": waiting.id,
        "state": RecipientState.ENQUEUED if is_given else RecipientState.LEFT_OUT,
        "message_id": outcome.message_id if isinstance(outcome, Given) else None,
        "reason": outcome.reason if isinstance(outcome, LeftOut) else None,
        "handled_at": now,
    }


def _change(sending: Sending, state: SendingState, now: datetime) -> None:
    sending.state, sending.changed_at = state, now
    if state is SendingState.FINISHED:
        sending.finished_at = now
