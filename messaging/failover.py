"""Two gateways as one: the second gets a message only when the first has certainly not taken it.

Busy is the one answer that is certain. Unsure is not: such a message stays with the gateway that may have it, in every
later try too (`OutgoingSms.perhaps_at`), for two gateways would send it twice and neither receipt would tell.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from messaging.gateway import Busy, Gateway, Outcome, OutgoingSms

logger = logging.getLogger(__name__)

REST = timedelta(seconds=30)
"""A gateway that was down is left alone for so long: otherwise each message would wait for its timeout first."""
LONGEST_REST = timedelta(minutes=5)


@dataclass(frozen=True)
class _Resting:
    """Why the first gateway is not asked, and until when (the clock's seconds)."""

    busy: Busy
    until: float


class FailoverGateway:
    """Its name is the first one's; each outcome says which of the two it came from.

    `second_may_use` tells of a sender whether the second provider can send from it. A name is anybody's; a number
    belongs to one provider, and a conversation on it waits for that one. `clock` counts seconds.
    """

    def __init__(
        self,
        first: Gateway,
        second: Gateway,
        second_may_use: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._first = first
        self._second = second
        self._second_may_use = second_may_use
        self._clock = clock
        self._resting: _Resting | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._first.name

    def send(self, sms: OutgoingSms) -> Outcome:
        if sms.perhaps_at == self._second.name:
            return _sent_by(self._second, sms)
        may_pass_on = sms.perhaps_at is None and self._second_may_use(sms.sender)
        why = self._why_resting() if may_pass_on else None
        if why is None:
            outcome = _sent_by(self._first, sms)
            if not isinstance(outcome, Busy):
                return outcome
            self._let_rest(outcome)
            if not may_pass_on:
                return replace(outcome, others_may_go=True)
            why = outcome
        return _after(why, _sent_by(self._second, sms))

    def _why_resting(self) -> Busy | None:
        with self._lock:
            if self._resting is not None and self._clock() >= self._resting.until:
                self._resting = None
            return self._resting.busy if self._resting else None

    def _let_rest(self, busy: Busy) -> None:
        if busy.alarm:
            # Said here: the message may well be carried by the other, and then nobody else would say it.
            logger.error("gateway %s needs a person: %s %s", self._first.name, busy.reason, busy.code)
        if busy.others_may_go:
            return
        rest = min(max(busy.retry_after or REST, REST), LONGEST_REST)
        with self._lock:
            self._resting = _Resting(busy, self._clock() + rest.total_seconds())


def _sent_by(gateway: Gateway, sms: OutgoingSms) -> Outcome:
    return replace(gateway.send(sms), by=gateway.name)


def _after(first: Busy, second: Outcome) -> Outcome:
    """Where both are busy, what a person must mend at either counts as no try of the message."""
    if isinstance(second, Busy):
        return replace(second, alarm=first.alarm or second.alarm)
    return second
