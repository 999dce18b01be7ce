"""Hide small numbers in a table with totals so that nobody can work them out again.

A cell under 5 is hidden, a zero or a total among them. A hidden cell alone in its row follows from the total,
so others are hidden with it: each small cell becomes a corner of a rectangle of hidden cells in which one can
be added and taken away around the corners without touching a row total, a column total or going below zero.
What a reader sees then fits at least two tables that differ in that cell. (Not claimed: that the range of what
fits is wide, nor that two filtered views are safe beside each other; `filtered_view` guards a view and its whole.)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product

SMALLEST_SHOWN = 5

Cell = tuple[int, int]
Grid = tuple[tuple[int, ...], ...]  # counts with the totals as last row and last column


@dataclass(frozen=True)
class ShownTable:
    """Counts as they may be shown; None is hidden."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


class FilterVerdict(Enum):
    """Whether a filtered view may stand next to its whole."""

    SHOW = "show"
    PART_TOO_SMALL = "part_too_small"  # the view itself would tell of persons
    REST_TOO_SMALL = "rest_too_small"  # the whole minus the view would


@dataclass(frozen=True)
class FilteredView:
    """`table` is None unless the verdict is SHOW; it hides the same cells as the whole."""

    verdict: FilterVerdict
    table: ShownTable | None = None


def suppress(counts: Sequence[Sequence[int]]) -> ShownTable:
    """Hide what must be hidden. `counts` is without totals, rows of equal length, at least one by one.

    For one row of shares pass that one row, and columns "answered" and "not answered" rather than answered
    of all: few non-responders are as telling as few responders. ValueError for ragged, empty or negative counts.
    """
    grid = _with_totals(counts)
    return _show(grid, _pattern(grid))


def filtered_view(whole: Sequence[Sequence[int]], part: Sequence[Sequence[int]]) -> FilteredView:
    """A filtered view of `whole` (same shape, no cell larger), fit to be shown next to it.

    Who sees both can subtract them. So the view hides exactly the cells that the whole hides, and it is
    shown only if that protects both the view and the rest: then subtracting gives nothing but tables
    that are themselves fit to be shown. ValueError when the view is no part of the whole.
    """
    rest = tuple(
        tuple(a - b for a, b in zip(row, some, strict=True)) for row, some in zip(whole, part, strict=True)
    )
    hidden = _pattern(_with_totals(whole))
    grid = _with_totals(part)
    if not _protects(hidden, grid):
        return FilteredView(FilterVerdict.PART_TOO_SMALL)
    if not _protects(hidden, _with_totals(rest)):
        return FilteredView(FilterVerdict.REST_TOO_SMALL)
    return FilteredView(FilterVerdict.SHOW, _show(grid, hidden))


def _with_totals(counts: Sequence[Sequence[int]]) -> Grid:
    widths = {len(row) for row in counts}
    if len(widths) != 1 or 0 in widths or any(count < 0 for row in counts for count in row):
        raise ValueError("a table has rows of one length, at least one column, and counts from zero up")
    rows = [(*row, sum(row)) for row in counts]
    return (*rows, tuple(map(sum, zip(*rows, strict=True))))


def _all_cells(grid: Grid) -> list[Cell]:
    return list(product(range(len(grid)), range(len(grid[0]))))


def _small(grid: Grid) -> list[Cell]:
    return [(row, column) for row, column in _all_cells(grid) if grid[row][column] < SMALLEST_SHOWN]


def _pattern(grid: Grid) -> frozenset[Cell]:
    """The small cells, and for each the cheapest rectangle that protects it."""
    small = _small(grid)
    hidden = set(small)
    for cell in small:
        hidden |= min(_rectangles(grid, cell), key=lambda corners: _cost(grid, corners - hidden))
    return frozenset(hidden)


def _cost(grid: Grid, newly: Iterable[Cell]) -> tuple[int, int, int]:
    """Totals are what readers need most, then cells, then large numbers."""
    newly = list(newly)
    totals = sum(_totals_in(grid, cell) for cell in newly)
    return totals, len(newly), sum(grid[row][column] for row, column in newly)


def _totals_in(grid: Grid, cell: Cell) -> int:
    row, column = cell
    return (row == len(grid) - 1) + (column == len(grid[0]) - 1)


def _rectangles(grid: Grid, cell: Cell) -> list[frozenset[Cell]]:
    """The rectangles with `cell` as a corner in which counts can move. The one with all totals always can."""
    row, column = cell
    return [
        frozenset({cell, (row, across), (down, column), (down, across)})
        for down, across in _all_cells(grid)
        if down != row and across != column and _moves(grid, cell, (down, across))
    ]


def _moves(grid: Grid, corner: Cell, opposite: Cell) -> bool:
    """Whether the rectangle's counts can change without any sum changing: two corners up, two down, or back."""
    others = [(corner[0], opposite[1]), (opposite[0], corner[1])]
    pair = [corner, opposite]
    return (_can(grid, pair, 1) and _can(grid, others, -1)) or (
        _can(grid, pair, -1) and _can(grid, others, 1)
    )


def _can(grid: Grid, cells: Iterable[Cell], step: int) -> bool:
    """A total stands on the other side of its sum, so it moves against the cells; nothing falls below zero."""
    return all(
        grid[row][column] > 0 or step * (-1) ** _totals_in(grid, (row, column)) > 0 for row, column in cells
    )


def _protects(hidden: frozenset[Cell], grid: Grid) -> bool:
    """Whether hiding these cells hides every small one of `grid`, and leaves none that can be worked out."""
    return hidden.issuperset(_small(grid)) and all(
        any(corners <= hidden for corners in _rectangles(grid, cell)) for cell in hidden
    )


def _show(grid: Grid, hidden: frozenset[Cell]) -> ShownTable:
    shown = [
        tuple(None if (row, column) in hidden else count for column, count in enumerate(counts))
        for row, counts in enumerate(grid)
    ]
    return ShownTable(
        cells=tuple(row[:-1] for row in shown[:-1]),
        row_totals=tuple(row[-1] for row in shown[:-1]),
        column_totals=shown[-1][:-1],
        total=shown[-1][-1],
    )
