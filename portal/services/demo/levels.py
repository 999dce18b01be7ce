"""How far from work somebody is over the year: hidden levels, from which every answer is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from statistics import fmean

from portal.services.demo.plans import Shape

MOVING = ("belief_in_work", "purpose", "everyday_coping", "job_search", "job_knowledge")
INDICATORS = (*MOVING, "health_coping", "cooperation", "network", "money", "wage_demand")
JUMP = 2.2
"""Enough for two whole steps of the scale, which is what counts as a change."""
NOISE = 0.2
Levels = Mapping[str, float]


def levels_over(rounds: int, shape: Shape, rng: Random) -> list[Levels]:
    """Levels at each measurement, 1..5, higher is closer to work."""
    start = {name: _within(rng.gauss(2.8, 0.8)) for name in INDICATORS}
    moving = rng.sample(MOVING, 1 if shape in (Shape.SMALL_UP, Shape.SMALL_DOWN) else 3)
    jump_at = rounds - 1 if rng.random() < 0.6 else rng.randrange(max(rounds, 1))
    start |= {name: _start(shape, rng) for name in moving if shape is not Shape.STEADY}
    return [
        {
            name: _within(level + _moved(shape, number, jump_at, rng))
            if name in moving
            else _within(level + rng.gauss(0, NOISE))
            for name, level in start.items()
        }
        for number in range(rounds)
    ]


def feeling(before: Levels, after: Levels) -> float:
    """How the change feels, -2..2: people notice what moves most."""
    return max(-2.0, min(2.0, 2.5 * fmean(after[name] - before[name] for name in MOVING)))


def as_seen_by_caseworker(levels: Levels, rng: Random) -> Levels:
    """Another pair of eyes, now and then far off."""
    bias = rng.gauss(0.2, 0.5)
    seen = {name: _within(level + bias + rng.gauss(0, 0.4)) for name, level in levels.items()}
    overall = fmean(seen[name] for name in MOVING)
    return seen | {"caseworker_belief": _within(overall), "caseworker_purposeful": _within(overall + 0.3)}


def _start(shape: Shape, rng: Random) -> float:
    if shape in (Shape.RISING, Shape.SMALL_UP):
        return rng.choice((1.8, 2.0, 2.2))
    return rng.choice((3.8, 4.0, 4.2))


def _moved(shape: Shape, number: int, jump_at: int, rng: Random) -> float:
    if shape is Shape.RISING:
        return JUMP if number >= jump_at else rng.gauss(0, NOISE)
    if shape is Shape.FALLING:
        return -JUMP if number >= jump_at else rng.gauss(0, NOISE)
    if shape is Shape.STEADY:
        return rng.gauss(0, NOISE)
    return float(number if shape is Shape.SMALL_UP else -number)


def _within(level: float) -> float:
    return max(1.0, min(5.0, level))
