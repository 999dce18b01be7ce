"""Delivery: claim what is due, render it, send it outside every transaction, write down what came of it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from sqlalchemy import literal, update

from database.engine import Database
from database.lean import Lock
from database.tenancy import EVERYONE, TenantSession
from messaging import claims, outcomes, retries
from messaging.claims import Claim, Claimed, by_municipality
from messaging.gateway import Accepted, Busy, Gateway, Outcome, OutgoingSms, Refused, Trouble, Unsure
from messaging.message import Status
from messaging.outbox import Message, OutboxMessage
from messaging.records import Records
from messaging.segments import measure
from messaging.two_senders import broken_rule

logger = logging.getLogger(__name__)

NO_RECEIPT_AFTER = timedelta(hours=72)
RENDER_FAILED = "render_failed"
NO_RECEIPT = "no_receipt"


@dataclass(frozen=True)
class Rendered:
    """`to` is E.164; `sender` a number or a name of at most 11 characters."""

    to: str
    sender: str
    text: str


@dataclass(frozen=True)
class Withheld:
    """Do not send; `reason` is a word for the catalogs, at most 60 characters."""

    reason: str


@dataclass(frozen=True)
class Later:
    """Ask again at `until` (UTC)."""

    until: datetime
    reason: str


Rendering = Rendered | Withheld | Later


class DeliveryHooks(Protocol):
    """The portal's part. All run in a session of the message's own municipality, in a writing transaction."""

    def prepare(self, session: TenantSession, messages: Sequence[Message]) -> Sequence[Message]:
        """Look up at once what `render` will ask of each. Gives those that may be rendered in this one transaction.
        Of several, it waits for nobody's."""
        ...

    def render(self, session: TenantSession, message: Message) -> Rendering:
        """Text, recipient and policy as they are now. What it writes (a link's hash) commits with SENDING."""
        ...

    def refused(self, session: TenantSession, message: OutboxMessage, refusal: Refused) -> None:
        """The provider will not send it: the number may be dead, or the citizen has opted out there."""
        ...


class Result(StrEnum):
    """What became of one claimed message."""

    SENT = "sent"
    WITHHELD = "withheld"
    POSTPONED = "postponed"
    REFUSED = "refused"
    BUSY = "busy"
    UNSURE = "unsure"
    LOST = "lost"
    """The lease had passed to another worker, or a receipt had come: nothing was left to do."""
    LEFT = "left"
    """Not even that it failed could be written down: it is due again when its lease ends."""


Came = Outcome | Result
"""What came of one claimed message: the gateway's answer, or why it was not asked."""
Begun = OutgoingSms | Result
"""What the gateway is to be asked now, or why it is not."""


@dataclass(frozen=True)
class Courier:
    """One worker's way from the outbox to a gateway. `clock` gives aware UTC: a batch may take minutes."""

    database: Database
    gateway: Gateway
    hooks: DeliveryHooks
    clock: Callable[[], datetime]
    worker: str

    @cached_property
    def _records(self) -> Records:
        return Records(self.database, self.gateway.name, self.hooks.refused, self.clock)

    def claim(self, limit: int) -> Claimed:
        # A name of its own for each batch: a lease that was lost cannot be taken for the one that came after.
        owner = f"{self.worker}/{secrets.token_hex(4)}"
        with self.database.write(EVERYONE) as session:
            return claims.claim(session, owner, self.clock(), limit)

    def begin(self, chosen: Sequence[Claim]) -> Mapping[Claim, Begun]:
        """Render, and commit that they may be sent from here on: one transaction for each municipality. `send`
        begins those by themselves that are not among what is given: a row was locked, or one was not to be rendered.
        """
        begun: dict[Claim, Begun] = {}
        for municipality_id, together in by_municipality(chosen, of=lambda claim: claim):
            begun |= self._begin_free(municipality_id, together)
        return begun

    def send(self, claim: Claim, begun: Begun | None = None) -> Came:
        """Ask the gateway, outside every transaction. What it answers is to be given to `write_down`."""
        try:
            sms = begun or self._begin(claim)
        except Exception as error:
            self._rendering_failed(claim, error)
            return Result.POSTPONED
        return sms if isinstance(sms, Result) else self._send(claim, sms)

    def write_down(self, heard: Sequence[tuple[Claim, Came]]) -> Sequence[Came]:
        """What came of each, as far as it could be kept: outcomes in one transaction for each municipality."""
        outcomes = [(claim, came) for claim, came in heard if not isinstance(came, Result)]
        written = iter(self._records.write_down(outcomes))
        return [came if isinstance(came, Result) else next(written) or Result.LOST for _, came in heard]

    def put_back(self, unbegun: Sequence[Claim], busy: Busy | None = None) -> None:
        """Let go of what was claimed and not begun: until the gateway is worth another try, or at once."""
        wait = (retries.delay_after(1, busy.retry_after) or retries.LONGEST) if busy else timedelta()
        with self.database.write(EVERYONE) as session:
            claims.release(session, unbegun, self.clock() + wait, busy.reason if busy else None)

    def _begin_free(self, municipality_id: int, together: Sequence[Claim]) -> Mapping[Claim, Begun]:
        """Those that nobody else holds just now. Where one of them goes wrong, nothing of it stays."""
        try:
            with self.database.write(municipality_id) as session:
                return self._begin_all(session, together, Lock.FREE)
        except Exception as error:
            logger.info("%s messages are begun each by itself: %s", len(together), type(error).__name__)
            return {}

    def _begin(self, claim: Claim) -> Begun:
        with self.database.write(claim.municipality_id) as session:
            return self._begin_all(session, [claim], Lock.WAIT).get(claim, Result.LOST)

    def _begin_all(
        self, session: TenantSession, together: Sequence[Claim], lock: Lock
    ) -> Mapping[Claim, Begun]:
        by_id = {claim.message_id: claim for claim in together}
        ready = self.hooks.prepare(session, claims.taken_up(session, together, lock))
        now = self.clock()  # one for all: what became the same is written in one statement
        begun = {by_id[each.id]: self._begun(session, each, now) for each in ready}
        outcomes.keep(session, ready)
        return begun

    def _begun(self, session: TenantSession, message: Message, now: datetime) -> Begun:
        if outcomes.give_up_if_spent(message, now):
            return Result.UNSURE
        rendering = _held_back(message, self.hooks.render(session, message))
        if not isinstance(rendering, Rendered):
            return _not_now(message, rendering, now)
        perhaps_at = message.perhaps_at
        outcomes.begin_sending(message, measure(rendering.text).parts, now)
        return OutgoingSms(rendering.to, rendering.sender, rendering.text, message.reference, perhaps_at)

    def _send(self, claim: Claim, sms: OutgoingSms) -> Outcome:
        try:
            outcome = self.gateway.send(sms)
        except Exception as error:
            # A gateway that breaks its promise may have sent before it broke.
            logger.error("message %s: the gateway raised %s", claim.message_id, type(error).__name__)
            return Unsure(Trouble.NO_ANSWER)
        if isinstance(outcome, Busy) and outcome.alarm:
            name = outcome.by or self.gateway.name
            logger.error("gateway %s needs a person: %s %s", name, outcome.reason, outcome.code)
        return outcome

    def _rendering_failed(self, claim: Claim, error: Exception) -> None:
        # Only the error's kind: its text may hold what the message says.
        logger.error("message %s could not be rendered: %s", claim.message_id, type(error).__name__)
        with self.database.write(claim.municipality_id) as session:
            message = claims.held(session, claim)
            if message is not None:
                message.attempts += 1
                outcomes.try_later(message, RENDER_FAILED, None, self.clock())


def expire_receipts(database: Database, now: datetime) -> int:
    """Messages without a receipt for 72 hours become UNKNOWN; returns how many."""
    # Written out, not bound: only so does PostgreSQL know that the partial index will do.
    sent = literal(Status.SENT, OutboxMessage.status.type, literal_execute=True)
    with database.write(EVERYONE) as session:
        expired = session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.status == sent, OutboxMessage.sent_at <= now - NO_RECEIPT_AFTER)
            .values(status=Status.UNKNOWN, reason=NO_RECEIPT)
            .returning(OutboxMessage.id)
            .execution_options(synchronize_session=False)
        )
        return len(expired.all())


def _held_back(message: Message, rendering: Rendering) -> Rendering:
    """The one door: what breaks the rule of the two senders does not go out, whoever wrote it, and takes a person."""
    broken = broken_rule(rendering.sender, rendering.text) if isinstance(rendering, Rendered) else None
    if broken is None:
        return rendering
    logger.error("message %s withheld, it needs a person: %s", message.id, broken)
    return Withheld(broken)


def _not_now(message: Message, rendering: Withheld | Later, now: datetime) -> Result:
    if isinstance(rendering, Withheld):
        outcomes.finish(message, Status.WITHHELD, rendering.reason, now)
        return Result.WITHHELD
    outcomes.put_back(message, rendering.until, rendering.reason)
    return Result.POSTPONED


def result_of(came: Came) -> Result:
    return came if isinstance(came, Result) else _RESULTS[type(came)]


_RESULTS: dict[type[Outcome], Result] = {
    Accepted: Result.SENT,
    Refused: Result.REFUSED,
    Busy: Result.BUSY,
    Unsure: Result.UNSURE,
}
