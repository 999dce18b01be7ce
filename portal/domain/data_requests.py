"""A citizen's request that her data be corrected or erased: when it must be answered, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.ageing import add_months

MONTHS_TO_ANSWER = 1
"""Article 12(3) of Regulation (EU) 2016/679: without undue delay, and in any event within one month."""
LONGEST = 5_000
"""Characters, of her words and of the answer."""
MOST_OPEN = 5


class RequestKind(StrEnum):
    CORRECTION = "correction"
    ERASURE = "erasure"


class Outcome(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


class RequestState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class RequestRefusal(StrEnum):
    EMPTY = "required"
    TOO_LONG = "too_long"
    NO_KIND = "no_kind"
    TOO_MANY = "too_many"
    NO_OUTCOME = "no_outcome"
    CLOSED = "closed"
    """Answered by somebody else meanwhile, or taken back by the citizen."""


@dataclass(frozen=True)
class RequestFacts:
    due_on: date
    is_answered: bool
    is_withdrawn: bool


def due_on(asked_on: date) -> date:
    """The last local day on which it may be answered; a month that is shorter ends on its last day."""
    return add_months(asked_on, MONTHS_TO_ANSWER)


def state(facts: RequestFacts, today: date) -> RequestState:
    if facts.is_answered:
        return RequestState.ANSWERED
    if facts.is_withdrawn:
        return RequestState.WITHDRAWN
    return RequestState.OVERDUE if today > facts.due_on else RequestState.OPEN


def why_not_ask(kind: str, words: str, open_already: int) -> RequestRefusal | None:
    """``words`` tidied; a correction must say what is wrong, an erasure needs no reason."""
    if kind not in set(RequestKind):
        return RequestRefusal.NO_KIND
    if not words and kind == RequestKind.CORRECTION:
        return RequestRefusal.EMPTY
    if len(words) > LONGEST:
        return RequestRefusal.TOO_LONG
    return RequestRefusal.TOO_MANY if open_already >= MOST_OPEN else None


def why_not_answer(outcome: str, answer: str) -> RequestRefusal | None:
    """Every answer says why, in words for her."""
    if outcome not in set(Outcome):
        return RequestRefusal.NO_OUTCOME
    if not answer:
        return RequestRefusal.EMPTY
    return RequestRefusal.TOO_LONG if len(answer) > LONGEST else None
