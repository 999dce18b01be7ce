"""Lines over time on the 1-5 scale, ready to be drawn as SVG: no script, no style attribute, a table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.domain.progression import Change
from portal.domain.scoring import HIGHEST, LOWEST
from portal.domain.series import Point

WIDTH, HEIGHT, MARGIN, SCALE = 320, 116, 10, 22
"""In the SVG's own units, ``SCALE`` for the numbers beside it; the picture grows with the page."""
UNJOINED = frozenset({Change.NOT_COMPARABLE, Change.NO_EARLIER, Change.MISSING})


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
class Line:
    """``name``: whose it is. ``pieces`` are the points of each unbroken piece."""

    name: str
    dots: tuple[Dot, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One step of the scale: its number stands at ``x``, its line at the height ``y``."""

    level: int
    x: float
    y: float


@dataclass(frozen=True)
class Chart:
    first: datetime
    last: datetime
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    start: float
    end: float
    width: int = WIDTH
    height: int = HEIGHT


def bar(level: float) -> tuple[float, ...]:
    """How far each step of the scale is filled, 0 to 1, from the lowest: 2.5 fills two and a half."""
    return tuple(min(max(level - step, 0.0), 1.0) for step in range(LOWEST - 1, HIGHEST))


def draw(series: Mapping[str, Sequence[Level]], *, mirrored: bool = False) -> Chart | None:
    """Each series in the order of time, all over the same days; None where there is nothing to draw.

    ``mirrored``: time runs from right to left.
    """
    days = [level.at for levels in series.values() for level in levels]
    if not days:
        return None
    first, last = min(days), max(days)
    lines = (_line(name, levels, first, last, mirrored=mirrored) for name, levels in series.items())
    x, start, end = (MARGIN / 2, SCALE, WIDTH) if not mirrored else (WIDTH - MARGIN / 2, 0, WIDTH - SCALE)
    steps = (Step(level, x, _height(level)) for level in range(LOWEST, HIGHEST + 1))
    return Chart(first, last, tuple(lines), tuple(steps), start, end)


def halves(points: Sequence[Point]) -> Chart | None:
    """The citizen's and the caseworker's answers about one indicator."""
    judged = {
        "caseworker": [(point.measured_at, point.caseworker_level, point.caseworker) for point in points],
        "citizen": [(point.measured_at, point.citizen_level, point.citizen) for point in points],
    }
    return draw(
        {
            name: [
                Level(at, value, verdict is not None and verdict.change not in UNJOINED)
                for at, value, verdict in rows
                if value is not None
            ]
            for name, rows in judged.items()
        }
    )


def _line(name: str, levels: Sequence[Level], first: datetime, last: datetime, *, mirrored: bool) -> Line:
    span = (last - first).total_seconds()
    room = WIDTH - SCALE - 2 * MARGIN

    def place(at: datetime) -> float:
        """Apart as the days are apart; alone, in the middle."""
        x = SCALE + MARGIN + room * ((at - first).total_seconds() / span if span else 0.5)
        return round(WIDTH - x if mirrored else x, 1)

    dots = tuple(Dot(place(level.at), _height(level.value), level.is_joined) for level in levels)
    return Line(name, dots, tuple(_pieces(dots)))


def _height(value: float) -> float:
    room = HEIGHT - 2 * MARGIN
    return round(HEIGHT - MARGIN - room * (value - LOWEST) / (HIGHEST - LOWEST), 1)


def _pieces(dots: Sequence[Dot]) -> list[str]:
    runs: list[list[Dot]] = []
    for dot in dots:
        if dot.is_joined and runs:
            runs[-1].append(dot)
        else:
            runs.append([dot])
    return [" ".join(f"{dot.x:g},{dot.y:g}" for dot in run) for run in runs if len(run) > 1]
