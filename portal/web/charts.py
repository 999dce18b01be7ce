"""Points of a line over time, ready to be drawn as SVG: no script, no style attribute, a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.domain.scoring import HIGHEST, LOWEST

WIDTH, HEIGHT, MARGIN = 320, 84, 10
"""In the SVG's own units; the picture grows with the page."""


@dataclass(frozen=True)
class Level:
    """``is_joined``: it may be compared with the one before, so a line runs between them."""

    at: datetime
    value: float
    is_joined: bool


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    is_joined: bool


@dataclass(frozen=True)
class Trend:
    """``lines`` are the points of each unbroken line; ``grid`` the heights of the scale's steps."""

    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    grid: tuple[float, ...]
    width: int = WIDTH
    height: int = HEIGHT


def trend(levels: Sequence[Level], *, mirrored: bool = False) -> Trend:
    """Levels on the 1-5 scale, in the order of time. ``mirrored``: time runs from right to left."""
    dots = tuple(
        Dot(WIDTH - x if mirrored else x, _height(level.value), level.is_joined)
        for x, level in zip(_places(levels), levels, strict=True)
    )
    return Trend(dots, tuple(_lines(dots)), tuple(_height(step) for step in range(LOWEST, HIGHEST + 1)))


def _places(levels: Sequence[Level]) -> list[float]:
    """Apart as the days are apart; alone, in the middle."""
    if not levels:
        return []
    first, span = levels[0].at, (levels[-1].at - levels[0].at).total_seconds()
    if not span:
        return [WIDTH / 2] * len(levels)
    room = WIDTH - 2 * MARGIN
    return [round(MARGIN + room * (level.at - first).total_seconds() / span, 1) for level in levels]


def _height(value: float) -> float:
    room = HEIGHT - 2 * MARGIN
    return round(HEIGHT - MARGIN - room * (value - LOWEST) / (HIGHEST - LOWEST), 1)


def _lines(dots: Sequence[Dot]) -> list[str]:
    runs: list[list[Dot]] = []
    for dot in dots:
        if dot.is_joined and runs:
            runs[-1].append(dot)
        else:
            runs.append([dot])
    return [" ".join(f"{dot.x:g},{dot.y:g}" for dot in run) for run in runs if len(run) > 1]
