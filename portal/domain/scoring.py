"""From answers to indicator scores, and from indicator scores to one composite.

A missing answer is missing: it is never counted as the middle of the scale.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from statistics import fmean

MINIMUM_ANSWERED = 0.7
LOWEST, HIGHEST = 1, 5

# As stored, and as a form posts them.
_MISSING = frozenset({"dont_know", "refused", "_dont_know", "_refused"})


class Direction(IntEnum):
    """Whether a higher score is closer to work or further from it, as the questionnaire's column says."""

    CLOSER = 1
    FURTHER = -1


@dataclass(frozen=True)
class IndicatorRow:
    """What scoring must know of one question. `scores` is by choice name, empty when it has none.

    `sensitive` marks what is never averaged, such as the wage demand; `multiple` a select_multiple question.
    """

    question: str
    indicator: str
    direction: Direction = Direction.CLOSER
    scores: Mapping[str, float] = field(default_factory=dict)
    sensitive: bool = False
    multiple: bool = False

    @property
    def gives_score(self) -> bool:
        return bool(self.scores) and not self.multiple

    @property
    def averaged(self) -> bool:
        """Only levels on the common 1-5 scale share a mean: not "change" (-2..+2), nor what is sensitive."""
        on_scale = all(LOWEST <= score <= HIGHEST for score in self.scores.values())
        return on_scale and not self.sensitive


@dataclass(frozen=True)
class Part:
    """One indicator as the composite sees it; `value` is on the 1-5 scale, None when missing."""

    value: float | None
    direction: Direction = Direction.CLOSER
    averaged: bool = True


def indicator_scores(
    rows: Iterable[IndicatorRow], answers: Mapping[str, str | None]
) -> dict[str, float | None]:
    """One score an indicator: the mean of its answered questions when at least 70 % are answered, else None.

    `answers` is question -> choice name. ValueError when an indicator's questions differ in direction.
    """
    return {
        indicator: mean_of_answered([_score(row, answers.get(row.question)) for row in group])
        for indicator, group in _by_indicator(rows).items()
    }


def composite_parts(rows: Iterable[IndicatorRow], scores: Mapping[str, float | None]) -> tuple[Part, ...]:
    """The indicators of a questionnaire, ready for `composite`; `scores` as `indicator_scores` gives them."""
    return tuple(
        Part(scores.get(indicator), group[0].direction, all(row.averaged for row in group))
        for indicator, group in _by_indicator(rows).items()
    )


def composite(parts: Iterable[Part], minimum_answered: float = MINIMUM_ANSWERED) -> float | None:
    """Mean on the 1-5 scale, higher is closer to work; None when fewer than the minimum share is answered.

    Indicators that are never averaged are left out of the mean and of the share, whatever their value.
    """
    levels = [
        None if part.value is None else towards_work(part.value, part.direction)
        for part in parts
        if part.averaged
    ]
    return mean_of_answered(levels, minimum_answered)


def towards_work(value: float, direction: Direction) -> float:
    """A level on the 1-5 scale, turned over where needed so that higher is closer to work."""
    return value if direction == Direction.CLOSER else LOWEST + HIGHEST - value


def mean_of_answered(
    values: Sequence[float | None], minimum_answered: float = MINIMUM_ANSWERED
) -> float | None:
    """Mean of what is answered; None when nothing is, or less than the share `minimum_answered` (0..1)."""
    answered = [value for value in values if value is not None]
    if not answered or len(answered) / len(values) < minimum_answered:
        return None
    return fmean(answered)


def _by_indicator(rows: Iterable[IndicatorRow]) -> dict[str, list[IndicatorRow]]:
    groups: dict[str, list[IndicatorRow]] = {}
    for row in rows:
        if row.gives_score:
            groups.setdefault(row.indicator, []).append(row)
    for indicator, group in groups.items():
        if len({row.direction for row in group}) > 1:
            raise ValueError(f"the questions of indicator {indicator!r} differ in direction")
    return groups


def _score(row: IndicatorRow, answer: str | None) -> float | None:
    if answer is None or answer in _MISSING:
        return None
    return row.scores.get(answer)
