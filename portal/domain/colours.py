"""A municipality's own colour on the citizens' pages, and whether everybody can read it there.

Contrast as WCAG 2.2 defines it (relative luminance of sRGB; 1 to 21).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

ENOUGH = 4.5
"""WCAG 2.2, 1.4.3 (AA), for text of ordinary size: links and the words on a button."""
PAPER, NIGHT, ON_LIGHT, ON_NIGHT = "#fbf6ee", "#1b1815", "#ffffff", "#10241e"
"""The page by day and by night, and what stands on a button by day and by night: as in static/citizen.css."""
CARD, NIGHT_CARD = "#fffdf9", "#25211d"
TINTED = 0.88
_COLOUR = re.compile(r"#[0-9a-f]{6}")
STEP = 0.04


@dataclass(frozen=True)
class OwnColour:
    """By day as it was chosen; by night as much lighter as it takes to be read. The tints lie behind text: what is
    chosen stands on them."""

    day: str
    night: str

    @property
    def day_tint(self) -> str:
        return _mixed(self.day, CARD, TINTED)

    @property
    def night_tint(self) -> str:
        return _mixed(self.night, NIGHT_CARD, TINTED)


@dataclass(frozen=True)
class TooPale:
    """``contrast`` is the lower one, to the page and to the words on a button; ``darker`` is the nearest shade
    that can be read."""

    contrast: float
    darker: str


@dataclass(frozen=True)
class NoColour:
    """Not written as #rrggbb."""


def judge(typed: str) -> OwnColour | TooPale | NoColour:
    colour = typed.strip().lower()
    if not _COLOUR.fullmatch(colour):
        return NoColour()
    found = _by_day(colour)
    if found < ENOUGH:
        return TooPale(found, _towards(colour, "#000000", lambda shade: _by_day(shade) >= ENOUGH))
    return OwnColour(colour, _towards(colour, "#ffffff", lambda shade: _by_night(shade) >= ENOUGH))


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _by_day(colour: str) -> float:
    return min(contrast(colour, PAPER), contrast(colour, ON_LIGHT))


def _by_night(colour: str) -> float:
    return min(contrast(colour, NIGHT), contrast(colour, ON_NIGHT))


def _towards(colour: str, end: str, is_enough: Callable[[str], bool]) -> str:
    """The first shade on the way to ``end`` that is enough; black and white always are."""
    steps = round(1 / STEP)
    shades = (_mixed(colour, end, step / steps) for step in range(steps + 1))
    return next(shade for shade in shades if is_enough(shade))


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * share):02x}" for mine, theirs in pairs)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
