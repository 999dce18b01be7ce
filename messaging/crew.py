"""Several messages at once: a provider takes a tenth of a second to answer, and a thread that waits costs little.

A crew claims ahead of its threads by as much again, so that none is idle while the next are claimed and little
is in hand when somebody who waits for an answer comes. It claims again when a thread has room, when somebody
rings, and when the pace allows it: never because a clock ticked.

Its threads ask the gateway, and nothing else. Who leads the round alone writes to the database, and so writes for all
of them at once what they have heard meanwhile. A thread counts as busy until that is committed.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Condition, Lock

from messaging.claims import Claim, Claimed
from messaging.delivery import Begun, Came, Courier, Result, result_of
from messaging.gateway import Busy, Trouble

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 10.0
"""The longest a round waits for the pace before it gives its place to others."""


@dataclass(frozen=True)
class Delivered:
    """How many messages were claimed, and what became of them. `more`: something else is due."""

    claimed: int
    results: Mapping[Result, int]
    more: bool = False


def _nobody() -> None:
    """There is nobody else to call."""


class Crew:
    """The threads that send in one process. One round at a time: who comes meanwhile rings, and is heard."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="sending")
        self.changed = Condition()
        self.rung = self.leaving = False
        self._turn = Lock()

    def deliver(
        self, courier: Courier, most: int = 200, call_others: Callable[[], object] = _nobody
    ) -> Delivered:
        """One round: send what is due, up to `most`. Where a round is under way, it sends this too.

        `call_others` is called, once, when more is due than this crew takes in one go.
        """
        self._ring()
        done = Delivered(0, {})
        while self.rung and not self.leaving and self._turn.acquire(blocking=False):
            try:
                done = _Round(self, courier, most, call_others).run()
            finally:
                self._turn.release()
            if done.more:
                break
        return done

    def leave(self) -> None:
        """Finish the messages in hand, put back the others, and begin no more."""
        with self.changed:
            self.leaving = True
            self.changed.notify_all()

    def wait(self) -> None:
        """Until the round under way, if any, is over."""
        self._turn.acquire()
        self._turn.release()

    def _ring(self) -> None:
        with self.changed:
            self.rung = True
            self.changed.notify_all()


class _Round:
    def __init__(self, crew: Crew, courier: Courier, most: int, call_others: Callable[[], object]) -> None:
        self._crew, self._courier, self._most = crew, courier, most
        self._call_others: Callable[[], object] = call_others
        self._asked = Claimed((), more=True)
        self._claimed = self._in_hand = 0
        self._waiting: list[Claim] = []
        self._answered: list[tuple[Claim, Came | None]] = []
        self._results: Counter[Result] = Counter()
        self._unbegun: list[Claim] = []
        self._busy: Busy | None = None
        self._gives_way_at = time.monotonic() + PATIENCE_SECONDS

    def run(self) -> Delivered:
        try:
            while self._goes_on():
                if self._answered:
                    self._settle()
                elif self._may_begin():
                    self._begin()
                elif self._may_claim():
                    self._claim()
                else:
                    self._wait()
        finally:
            self._end()
        more = self._asked.more or self._asked.ready_at is not None
        return Delivered(self._claimed, dict(self._results), more and self._busy is None)

    def _goes_on(self) -> bool:
        if self._crew.leaving or self._busy:
            return False
        if self._waiting:
            return True
        if self._claimed >= self._most:
            return False
        if self._asked.ready_at and time.monotonic() > self._gives_way_at:
            return False
        asked = self._asked
        return bool(self._crew.rung or self._in_hand or asked.more or asked.ready_at)

    def _free(self) -> int:
        """Threads without a message: what waits to begin has none yet."""
        return self._crew.threads - (self._in_hand - len(self._waiting))

    def _may_begin(self) -> bool:
        return bool(self._waiting) and self._free() > 0

    def _begin(self) -> None:
        """As many as can be with the gateway at once, and no more: what is begun may have been sent."""
        free = self._free()
        now, self._waiting = self._waiting[:free], self._waiting[free:]
        begun = self._courier.begin(now)
        for claim in now:
            self._crew.pool.submit(self._ask, claim, begun.get(claim))

    def _may_claim(self) -> bool:
        ready_at = self._asked.ready_at
        is_due = self._crew.rung or self._asked.more or (ready_at and ready_at <= self._courier.clock())
        has_room = self._in_hand <= self._crew.threads and self._claimed < self._most
        return bool(is_due) and has_room

    def _claim(self) -> None:
        self._crew.rung = False  # before we look: whatever comes from here on rings anew
        ahead = min(2 * self._crew.threads - self._in_hand, self._most - self._claimed)
        self._asked = self._courier.claim(ahead)
        self._claimed += len(self._asked.claims)
        self._in_hand += len(self._asked.claims)
        self._waiting += self._asked.claims
        if self._asked.more:
            self._call_others()
            self._call_others = _nobody

    def _wait(self) -> None:
        ready_at = self._asked.ready_at
        seconds = (ready_at - self._courier.clock()).total_seconds() if ready_at else None
        with self._crew.changed:
            self._crew.changed.wait_for(self._has_to_act, seconds)

    def _has_to_act(self) -> bool:
        return bool(self._answered) or self._may_begin() or self._may_claim() or not self._goes_on()

    def _ask(self, claim: Claim, begun: Begun | None) -> None:
        """In one of the threads."""
        came: Came | None = Result.LEFT
        try:
            is_wanted = begun or not (self._crew.leaving or self._busy)
            came = self._courier.send(claim, begun) if is_wanted else None
        except Exception as error:
            _left(claim, error)
        finally:
            with self._crew.changed:
                self._answered.append((claim, came))
                self._crew.changed.notify_all()

    def _settle(self) -> None:
        """Write down what the threads have heard; only then are they free."""
        with self._crew.changed:
            answered, self._answered = self._answered, []
        self._unbegun += [claim for claim, came in answered if came is None]
        heard = [(claim, came) for claim, came in answered if came is not None]
        for came in self._written_down(heard):
            self._results[result_of(came)] += 1
            if isinstance(came, Busy) and not _is_its_own(came):
                self._busy = came
        self._in_hand -= len(answered)

    def _written_down(self, heard: Sequence[tuple[Claim, Came]]) -> Sequence[Came]:
        try:
            return self._courier.write_down(heard)
        except Exception as error:
            for claim, _ in heard:
                _left(claim, error)
            return [Result.LEFT] * len(heard)

    def _end(self) -> None:
        self._in_hand -= len(self._waiting)
        self._unbegun += self._waiting
        while self._in_hand:
            with self._crew.changed:
                self._crew.changed.wait_for(lambda: self._answered)
            self._settle()
        if self._unbegun:
            self._courier.put_back(self._unbegun, self._busy)
            self._results[Result.POSTPONED] += len(self._unbegun)


def _left(claim: Claim, error: Exception) -> None:
    """Only the error's kind: its text may hold what the message says."""
    logger.error("message %s is left to its lease: %s", claim.message_id, type(error).__name__)


def _is_its_own(busy: Busy) -> bool:
    """About this message or its sender alone: the others of the batch may go."""
    return busy.others_may_go or busy.reason is Trouble.SENDER_SETUP
