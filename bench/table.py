"""What a run found: a plain table, each figure with its goal beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """``goal`` is empty for a figure that only explains another; ``met`` is then None."""

    measure: str
    figure: str
    goal: str = ""
    met: bool | None = None


def at_least(measure: str, ratio: float, goal: float, note: str = "") -> Line:
    return Line(measure, f"{ratio:.2f}{note}", f">= {goal}", ratio >= goal)


def at_most(measure: str, number: float, goal: float, unit: str = "", note: str = "") -> Line:
    return Line(measure, f"{number:,.0f}{unit}{note}", f"<= {goal:,.0f}{unit}", number <= goal)


def show(title: str, lines: Iterable[Line]) -> None:
    print(f"\n{title}")
    for line in lines:
        verdict = {None: "", True: "met", False: "MISSED"}[line.met]
        print(f"  {line.measure:<58} {line.figure:>30}  {line.goal:>12}  {verdict}".rstrip(), flush=True)
