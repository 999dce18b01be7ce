"""From measurements to progression, said no louder than one answer on a five-point scale allows.

A step of one may be chance and is never counted as progression; two answers that were given in different
languages, to different wordings, or one alone and one with help, are not compared at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, IntEnum, StrEnum

from portal.domain.measurement_error import COMPOSITE_SDC, Sdc
from portal.domain.scoring import Direction, towards_work

# The smallest whole step above the smallest detectable change of one item (ITEM_SDC, 1.66).
ITEM_THRESHOLD = 2.0
_SMALL_STEP = 1.0


class Help(StrEnum):
    ALONE = "alone"
    WITH_HELP = "with_help"


class Change(Enum):
    PROGRESSION = "progression"
    SMALL_CHANGE_UP = "small_change_up"
    TWO_SMALL_UP = "two_small_up"
    STAGNATION = "stagnation"
    SMALL_CHANGE_DOWN = "small_change_down"
    TWO_SMALL_DOWN = "two_small_down"
    REGRESSION = "regression"
    NOT_COMPARABLE = "not_comparable"
    NO_EARLIER = "no_earlier"
    MISSING = "missing"


class NotComparable(Enum):
    LANGUAGE = "language"
    HELP = "help"
    WORDING = "wording"


class Transition(IntEnum):
    """The citizen's own word on "since last time": a rating of the change itself, not a level to subtract."""

    MUCH_WORSE = -2
    WORSE = -1
    SAME = 0
    BETTER = 1
    MUCH_BETTER = 2


class GapKind(Enum):
    ALIKE = "alike"
    CITIZEN_HIGHER = "citizen_higher"
    CASEWORKER_HIGHER = "caseworker_higher"
    MISSING = "missing"


@dataclass(frozen=True)
class Score:
    """One indicator at one measurement. `wording` is a fingerprint of the wording in `language`."""

    value: float | None
    measured_at: datetime
    language: str
    mode_help: Help
    wording: str
    direction: Direction = Direction.CLOSER


@dataclass(frozen=True)
class Verdict:
    """What happened between `earlier` and `later`.

    `delta` is in scale points, positive towards work; None, as is `earlier`, when nothing was compared.
    `reason` is set for NOT_COMPARABLE only, where both scores are kept so that the page can show them.
    """

    change: Change
    later: Score | None
    earlier: Score | None = None
    delta: float | None = None
    reason: NotComparable | None = None


@dataclass(frozen=True)
class Gap:
    """How the citizen's and the caseworker's view differ; `difference` is caseworker minus citizen."""

    kind: GapKind
    difference: float | None = None


def compare(scores: Iterable[Score]) -> Verdict:
    """The latest measurement against the answered one before it. Without any scores: MISSING."""
    verdicts = series(scores)
    return verdicts[-1] if verdicts else Verdict(Change.MISSING, None)


def series(scores: Iterable[Score]) -> tuple[Verdict, ...]:
    """One verdict a measurement, in the order of time, each against the answered one before it."""
    verdicts: list[Verdict] = []
    before: Verdict | None = None
    for score in _in_time(scores):
        verdict = _after(before, score)
        verdicts.append(verdict)
        if score.value is not None:
            before = verdict
    return tuple(verdicts)


def compare_composite(scores: Iterable[Score], sdc: Sdc = COMPOSITE_SDC) -> Verdict:
    """The latest composite against the answered one before it; a change counts from the SDC upwards.

    `wording` is here a fingerprint of all the indicators' wordings together.
    """
    ordered = _in_time(scores)
    if not ordered:
        return Verdict(Change.MISSING, None)
    answered = [score for score in ordered[:-1] if score.value is not None]
    return _between(answered[-1] if answered else None, ordered[-1], sdc.value)


def transition(rating: float | None) -> Transition | None:
    """Read an answer to "since last time"; None when missing. ValueError outside -2, -1, 0, 1, 2."""
    if rating is None:
        return None
    if rating != int(rating):
        raise ValueError(f"a transition is rated in whole steps: {rating}")
    return Transition(int(rating))


def gap(citizen: Score, caseworker: Score) -> Gap:
    """The two views of one indicator at one measurement, both on the 1-5 scale, up is closer to work.

    Below two steps the views are called alike, for the same reason that one step is no progression.
    """
    if citizen.value is None or caseworker.value is None:
        return Gap(GapKind.MISSING)
    hers = towards_work(citizen.value, citizen.direction)
    difference = round(towards_work(caseworker.value, caseworker.direction) - hers, 9)
    if abs(difference) < ITEM_THRESHOLD:
        return Gap(GapKind.ALIKE, difference)
    return Gap(GapKind.CASEWORKER_HIGHER if difference > 0 else GapKind.CITIZEN_HIGHER, difference)


def _in_time(scores: Iterable[Score]) -> list[Score]:
    return sorted(scores, key=lambda score: score.measured_at)


def _after(before: Verdict | None, score: Score) -> Verdict:
    """Judge a score by the verdict on the answered measurement before it."""
    verdict = _between(before.later if before else None, score, ITEM_THRESHOLD)
    if before is None or before.delta is None or verdict.delta is None:
        return verdict
    steps = (before.delta, verdict.delta)
    if all(_SMALL_STEP <= step < ITEM_THRESHOLD for step in steps):
        return replace(verdict, change=Change.TWO_SMALL_UP)
    if all(_SMALL_STEP <= -step < ITEM_THRESHOLD for step in steps):
        return replace(verdict, change=Change.TWO_SMALL_DOWN)
    return verdict


def _between(earlier: Score | None, later: Score, threshold: float) -> Verdict:
    if later.value is None:
        return Verdict(Change.MISSING, later)
    if earlier is None or earlier.value is None:
        return Verdict(Change.NO_EARLIER, later)
    reason = _not_comparable(earlier, later)
    if reason is not None:
        return Verdict(Change.NOT_COMPARABLE, later, earlier, reason=reason)
    # Rounded, so that means such as 4.1 - 2.1 do not fall short of the threshold by a hair.
    delta = round((later.value - earlier.value) * later.direction, 9)
    return Verdict(_change(delta, threshold), later, earlier, delta)


def _not_comparable(earlier: Score, later: Score) -> NotComparable | None:
    if earlier.language != later.language:
        return NotComparable.LANGUAGE
    if earlier.mode_help != later.mode_help:
        return NotComparable.HELP
    if (earlier.wording, earlier.direction) != (later.wording, later.direction):
        return NotComparable.WORDING
    return None


def _change(delta: float, threshold: float) -> Change:
    if delta == 0:
        return Change.STAGNATION
    if abs(delta) < threshold:
        return Change.SMALL_CHANGE_UP if delta > 0 else Change.SMALL_CHANGE_DOWN
    return Change.PROGRESSION if delta > 0 else Change.REGRESSION
