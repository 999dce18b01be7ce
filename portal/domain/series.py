"""The scores of one citizen by one questionnaire, laid out over time: hers and her caseworker's, side by side."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portal.domain.measurement_error import COMPOSITE_SDC, Sdc
from portal.domain.progression import (
    Gap,
    Score,
    Transition,
    Verdict,
    compare_composite,
    gap,
    series,
    transition,
)
from portal.domain.questionnaires import Respondent
from portal.domain.scoring import HIGHEST, LOWEST, IndicatorRow, Part, composite, towards_work


@dataclass(frozen=True)
class Entry:
    """One party's score of one indicator at one measurement."""

    measurement_id: int
    respondent: Respondent
    indicator: str
    score: Score


@dataclass(frozen=True)
class Point:
    """One measurement of one indicator. A verdict is None for a party that has not answered the form."""

    measurement_id: int
    measured_at: datetime
    citizen: Verdict | None = None
    caseworker: Verdict | None = None
    gap: Gap | None = None

    @property
    def citizen_level(self) -> float | None:
        """On the 1-5 scale, higher is closer to work; None when missing."""
        return _level(self.citizen)

    @property
    def caseworker_level(self) -> float | None:
        return _level(self.caseworker)


@dataclass(frozen=True)
class IndicatorSeries:
    """`citizen` and `caseworker` are the verdicts on their own latest answers; `gap` is the latest one."""

    indicator: str
    points: tuple[Point, ...]
    citizen: Verdict | None
    caseworker: Verdict | None
    gap: Gap | None


@dataclass(frozen=True)
class Composite:
    """The mean of the citizen's indicators at her latest measurement, judged against the one before."""

    verdict: Verdict
    sdc: Sdc
    answered: int
    of: int


@dataclass(frozen=True)
class Progression:
    """`since_last` is her own word on the change, which is never put on the 1-5 scale."""

    indicators: tuple[IndicatorSeries, ...]
    composite: Composite | None
    since_last: Transition | None

    @property
    def measured_at(self) -> tuple[datetime, ...]:
        """The days of all measurements, in the order of time."""
        return tuple(sorted({point.measured_at for each in self.indicators for point in each.points}))


def is_level(row: IndicatorRow) -> bool:
    """Whether its score is a level on the common 1-5 scale, and no rating of a change."""
    return row.gives_score and all(LOWEST <= score <= HIGHEST for score in row.scores.values())


def is_transition(row: IndicatorRow) -> bool:
    """Whether it rates the change itself, from -2 to +2."""
    return row.gives_score and {-1.0, 1.0} <= set(row.scores.values()) <= set(map(float, Transition))


def lay_out(entries: Iterable[Entry], rows: Sequence[IndicatorRow]) -> Progression:
    """All entries of one citizen and one questionnaire; `rows` are the indicators of its newest versions.

    Indicators stand in the order of `rows`; one that no longer stands in the form is left out.
    """
    by_indicator: dict[str, list[Entry]] = {}
    for entry in entries:
        by_indicator.setdefault(entry.indicator, []).append(entry)
    levels = dict.fromkeys(row.indicator for row in rows if is_level(row))
    return Progression(
        indicators=tuple(_indicator(name, by_indicator[name]) for name in levels if name in by_indicator),
        composite=_composite(by_indicator, rows),
        since_last=_since_last(by_indicator, rows),
    )


def _indicator(name: str, entries: Sequence[Entry]) -> IndicatorSeries:
    hers = _verdicts(entries, Respondent.CITIZEN)
    mine = _verdicts(entries, Respondent.CASEWORKER)
    points = sorted(
        (_point(number, hers.get(number), mine.get(number)) for number in {*hers, *mine}),
        key=lambda point: point.measured_at,
    )
    return IndicatorSeries(name, tuple(points), _newest(hers), _newest(mine), points[-1].gap)


def _verdicts(entries: Iterable[Entry], respondent: Respondent) -> dict[int, Verdict]:
    """Measurement -> verdict, in the order of time."""
    own = [entry for entry in entries if entry.respondent is respondent]
    own.sort(key=lambda entry: entry.score.measured_at)
    judged = series(entry.score for entry in own)
    return {entry.measurement_id: verdict for entry, verdict in zip(own, judged, strict=True)}


def _newest(verdicts: Mapping[int, Verdict]) -> Verdict | None:
    return list(verdicts.values())[-1] if verdicts else None


def _point(measurement_id: int, citizen: Verdict | None, caseworker: Verdict | None) -> Point:
    hers, mine = (verdict.later if verdict else None for verdict in (citizen, caseworker))
    first = hers or mine
    assert first is not None  # noqa: S101 — a point stands only where somebody answered
    both = gap(hers, mine) if hers and mine else None
    return Point(measurement_id, first.measured_at, citizen, caseworker, both)


def _level(verdict: Verdict | None) -> float | None:
    score = verdict.later if verdict else None
    if score is None or score.value is None:
        return None
    return towards_work(score.value, score.direction)


def _composite(by_indicator: Mapping[str, Sequence[Entry]], rows: Sequence[IndicatorRow]) -> Composite | None:
    """None where the form has no indicators that share a mean, or she has answered none of them."""
    averaged = {row.indicator for row in rows if row.gives_score and row.averaged}
    hers: dict[int, list[Entry]] = {}
    for name in sorted(averaged & by_indicator.keys()):
        for entry in by_indicator[name]:
            if entry.respondent is Respondent.CITIZEN:
                hers.setdefault(entry.measurement_id, []).append(entry)
    if not hers:
        return None
    newest = max(hers.values(), key=lambda entries: entries[0].score.measured_at)
    return Composite(
        verdict=compare_composite([_mean(entries) for entries in hers.values()]),
        sdc=COMPOSITE_SDC,
        answered=sum(entry.score.value is not None for entry in newest),
        of=len(newest),
    )


def _mean(entries: Sequence[Entry]) -> Score:
    """All of one measurement as one score; comparable only where every wording is the same."""
    value = composite(Part(entry.score.value, entry.score.direction) for entry in entries)
    read = "".join(f"{entry.indicator} {entry.score.wording};" for entry in entries)
    first = entries[0].score
    direction = type(first.direction).CLOSER
    return replace(first, value=value, wording=hashlib.sha256(read.encode()).hexdigest(), direction=direction)


def _since_last(
    by_indicator: Mapping[str, Sequence[Entry]], rows: Sequence[IndicatorRow]
) -> Transition | None:
    ratings = {row.indicator for row in rows if is_transition(row)}
    found = [entry for name in ratings for entry in by_indicator.get(name, ())]
    newest = max(found, key=lambda entry: entry.score.measured_at, default=None)
    return transition(newest.score.value) if newest else None
