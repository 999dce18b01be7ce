"""One thing to many people: what a sending is, how far it has come, and when two send the same."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SLOWEST_LOOK = 60
"""Seconds between two looks of a page at a sending that hardly moves."""


class SendingKind(StrEnum):
    QUESTIONNAIRE = "questionnaire"
    CHECK_IN = "check_in"
    MESSAGE = "message"


class SendingState(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"


class RecipientState(StrEnum):
    WAITING = "waiting"
    ENQUEUED = "enqueued"
    """Its message waits in the outbox."""
    HANDED_OVER = "handed_over"
    """Its message has left the outbox, one way or another."""
    LEFT_OUT = "left_out"


class Step(StrEnum):
    """What a caseworker does to a sending."""

    CONFIRM = "confirm"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


LIVE = frozenset({SendingState.PLANNED, SendingState.RUNNING, SendingState.PAUSED})
_FROM: Mapping[Step, frozenset[SendingState]] = {
    Step.CONFIRM: frozenset({SendingState.DRAFT}),
    Step.PAUSE: frozenset({SendingState.PLANNED, SendingState.RUNNING}),
    Step.RESUME: frozenset({SendingState.PAUSED}),
    Step.STOP: LIVE,
}


def can(step: Step, state: SendingState) -> bool:
    """A step that came too late, or twice, is none."""
    return state in _FROM[step]


def going(planned_at: datetime | None, now: datetime) -> SendingState:
    """What a sending is once it may go: it waits for its time, or runs."""
    return SendingState.PLANNED if planned_at is not None and planned_at > now else SendingState.RUNNING


def fingerprint_of(kind: SendingKind, content: str | int) -> str:
    """What makes two sendings say the same, before it is hashed: the questionnaire, or the words as a reader
    takes them in. Case, spaces and the shapes of letters do not tell two texts apart; punctuation does."""
    if isinstance(content, int):
        return f"{kind.value}:{content}"
    words = unicodedata.normalize("NFKC", content).casefold().split()
    return f"{kind.value}:{' '.join(words)}"


@dataclass(frozen=True)
class Progress:
    """Counts of recipients. ``outcomes`` counts the messages of those enqueued, by status; ``left_out`` by reason."""

    total: int
    waiting: int
    outcomes: Mapping[str, int]
    left_out: Mapping[str, int]

    @property
    def handled(self) -> int:
        """Those for whom everything that is ours to do here is done."""
        return self.total - self.waiting

    @property
    def enqueued(self) -> int:
        return self.handled - sum(self.left_out.values())

    @property
    def awaits(self) -> bool:
        """Whether anything can still change without a person."""
        return self.waiting > 0 or any(self.outcomes.get(status) for status in ("queued", "sending", "sent"))


def next_look(progress: Progress, state: SendingState, since: timedelta) -> int | None:
    """Seconds until the page looks again, None for never. ``since``: how long it has been in this state; a
    page that is left open asks ever more seldom."""
    if state not in LIVE and not progress.awaits:
        return None
    seconds = int(since.total_seconds()) // 60
    quickest = 2 if state is SendingState.RUNNING else 10
    return min(max(quickest, seconds), SLOWEST_LOOK)
