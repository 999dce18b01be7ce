"""What becomes of a ladder of reminders when it is looked at: remind her, look again later, or end it and say why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from messaging.ladder import Ask, next_step
from messaging.message import Status
from messaging.sending_window import SendingWindow

LOOK_AGAIN = timedelta(days=1)
"""After a step was put in the outbox: by then it has left, is held, or was withheld."""
ANSWERED, CANCELLED, NO_ANSWER, ASKED_AGAIN = "answered", "cancelled", "no_answer", "asked_again"
_NOT_LEFT = frozenset({Status.QUEUED, Status.SENDING})
_NEVER_LEFT = frozenset({Status.WITHHELD, Status.FAILED})


@dataclass(frozen=True)
class LadderFacts:
    """``status`` and ``reason`` are those of the newest step's SMS. ``first_at`` and ``last_at``: when the first and
    the newest step left, or were put in the outbox where nobody told us that they left."""

    taken: int
    first_at: datetime
    last_at: datetime
    status: Status
    reason: str | None = None
    is_finished: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True)
class Remind:
    """The ``step``-th SMS is due now (0 was the invitation itself)."""

    step: int


@dataclass(frozen=True)
class LookAgain:
    at: datetime


@dataclass(frozen=True)
class Ended:
    """``reason``: answered, cancelled, no_answer, or why the newest step was not sent."""

    reason: str


def look_at(facts: LadderFacts, window: SendingWindow, now: datetime) -> Remind | LookAgain | Ended:
    if facts.is_finished:
        return Ended(ANSWERED)
    if facts.is_cancelled:
        return Ended(CANCELLED)
    if facts.status in _NEVER_LEFT:
        return Ended(facts.reason or facts.status.value)
    if facts.status in _NOT_LEFT:
        return LookAgain(now + LOOK_AGAIN)
    step = next_step(facts.taken, facts.first_at, facts.last_at, window)
    if step.at > now:
        return LookAgain(step.at)
    return Remind(step.step) if isinstance(step, Ask) else Ended(NO_ANSWER)
