"""What has moved since last time, as she is told it herself: good things first, and nothing louder than it is.

It groups her own changes and counts them. Nothing here knows of any other person's answers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from portal.domain.progression import Change, NotComparable, Verdict
from portal.domain.questionnaires import Questionnaire, Texts
from portal.domain.scoring import Direction, towards_work

Theme = TypeVar("Theme")


class Move(Enum):
    """In the order in which they are told."""

    BETTER = "better"
    LITTLE_UP = "little_up"
    SAME = "same"
    LITTLE_DOWN = "little_down"
    HARDER = "harder"
    APART = "apart"
    FIRST = "first"
    UNANSWERED = "unanswered"


_MOVES: Mapping[Change, Move] = {
    Change.PROGRESSION: Move.BETTER,
    Change.TWO_SMALL_UP: Move.LITTLE_UP,
    Change.SMALL_CHANGE_UP: Move.LITTLE_UP,
    Change.STAGNATION: Move.SAME,
    Change.SMALL_CHANGE_DOWN: Move.LITTLE_DOWN,
    Change.TWO_SMALL_DOWN: Move.LITTLE_DOWN,
    Change.REGRESSION: Move.HARDER,
    Change.NOT_COMPARABLE: Move.APART,
    Change.NO_EARLIER: Move.FIRST,
    Change.MISSING: Move.UNANSWERED,
}
_COMPARED = frozenset({Move.BETTER, Move.LITTLE_UP, Move.SAME, Move.LITTLE_DOWN, Move.HARDER})


@dataclass(frozen=True)
class Summary:
    """How many themes there are of each kind. ``reason``: why those that are apart are not compared, where it is the
    same for all of them: then it is told once."""

    counts: Mapping[Move, int]
    reason: NotComparable | None

    @property
    def compares(self) -> bool:
        """Whether anything at all could be held against the time before."""
        return any(self.counts[kind] for kind in _COMPARED)


def move(change: Change) -> Move:
    """A step of one is a little, up or down, however often it comes: it is never told as progression."""
    return _MOVES[change]


def summary(verdicts: Iterable[Verdict]) -> Summary:
    """Of one form: what happened to each of its themes since last time."""
    judged = tuple(verdicts)
    counted = Counter(move(verdict.change) for verdict in judged)
    reasons = {verdict.reason for verdict in judged if verdict.reason is not None}
    return Summary({kind: counted[kind] for kind in Move}, reasons.pop() if len(reasons) == 1 else None)


def in_order(themes: Sequence[tuple[Move, Theme]]) -> tuple[Theme, ...]:
    """What went well first; else as the form asks."""
    told = list(Move)
    return tuple(theme for _, theme in sorted(themes, key=lambda each: told.index(each[0])))


def level_words(form: Questionnaire) -> dict[str, dict[float, Texts]]:
    """Indicator -> level on the 1-5 scale -> the words of the answer that gives it. An indicator of several
    questions has none: its level is a mean, which nobody has answered."""
    words: dict[str, list[dict[float, Texts]]] = {}
    for question in form.questions.values():
        if question.indicator:
            direction = Direction(question.direction)
            words.setdefault(question.indicator, []).append(
                {
                    towards_work(choice.score, direction): choice.labels
                    for choice in question.choices
                    if choice.score is not None
                }
            )
    return {indicator: each[0] for indicator, each in words.items() if len(each) == 1 and each[0]}
