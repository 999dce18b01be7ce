"""What is hidden is tried by looking for other tables that a reader could not tell from the true one."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.domain.suppression import FilterVerdict, ShownTable, filtered_view, suppress

Counts = tuple[tuple[int, ...], ...]
Numbers = tuple[int | None, ...]


def tables(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Counts]:
    shapes = st.sampled_from([(1, 1), (1, 2), (1, 4), (2, 1), (3, 1), (2, 2), (2, 3), (3, 2)])
    return shapes.flatmap(lambda shape: st.tuples(*[st.tuples(*[numbers] * shape[1])] * shape[0]))


COUNTS = tables(st.integers(0, 4) | st.integers(0, 30))


def flat(counts: Counts) -> tuple[int, ...]:
    """Every count, then the row totals, the column totals and the total of all."""
    cells = [count for row in counts for count in row]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    return (*cells, *map(sum, counts), *columns, sum(cells))


def flat_shown(table: ShownTable) -> Numbers:
    cells = [count for row in table.cells for count in row]
    return (*cells, *table.row_totals, *table.column_totals, table.total)


def fits(shown: Numbers, counts: Counts) -> bool:
    return all(seen in (None, true) for seen, true in zip(shown, flat(counts), strict=True))


def neighbours(counts: Counts) -> Iterator[Counts]:
    """Every table whose counts lie at most one away.

    Whatever can be told apart at all can be told apart by these: the sums are those of a network.
    """
    width = len(counts[0])
    near = [range(max(0, count - 1), count + 2) for row in counts for count in row]
    for cells in product(*near):
        yield tuple(cells[start : start + width] for start in range(0, len(cells), width))


def worked_out(shown: Numbers, true: Counts, possible: list[Counts]) -> list[int]:
    """The places that are hidden, but the same in every table that fits."""
    fitting = [flat(counts) for counts in possible]
    return [
        place
        for place, seen in enumerate(shown)
        if seen is None and {numbers[place] for numbers in fitting} == {flat(true)[place]}
    ]


@given(COUNTS)
@example(((3, 5), (5, 5)))
@example(((0, 0, 9), (9, 9, 9)))
@example(((0, 8), (8, 0)))
@example(((3,), (50,)))
def test_no_hidden_cell_can_be_worked_out_from_what_is_shown(counts: Counts) -> None:
    shown = flat_shown(suppress(counts))
    possible = [other for other in neighbours(counts) if fits(shown, other)]
    assert worked_out(shown, counts, possible) == []


@given(COUNTS)
def test_what_is_shown_is_true_and_never_under_five(counts: Counts) -> None:
    shown = flat_shown(suppress(counts))
    assert fits(shown, counts)
    assert all(seen is None or seen >= 5 for seen in shown)


@given(tables(st.integers(5, 50)))
def test_a_table_without_small_numbers_is_shown_whole(counts: Counts) -> None:
    assert flat_shown(suppress(counts)) == flat(counts)


def test_a_small_cell_takes_three_others_with_it_and_leaves_the_totals() -> None:
    table = suppress([[3, 10, 20], [10, 6, 20], [20, 20, 20]])
    assert table.cells == ((None, None, 20), (None, None, 20), (20, 20, 20))
    assert table.row_totals == (33, 36, 60)
    assert table.column_totals == (33, 36, 60)
    assert table.total == 129


def test_a_column_with_one_small_number_hides_another_and_keeps_the_total() -> None:
    table = suppress([[3], [7], [50]])
    assert table.cells == ((None,), (None,), (50,))
    assert table.total == 60


def test_small_cells_that_protect_each_other_hide_nothing_more() -> None:
    table = suppress([[3, 4, 9], [4, 3, 9]])
    assert table.cells == ((None, None, 9), (None, None, 9))
    assert table.row_totals == (16, 16)


def test_nobody_at_all_is_hidden_too() -> None:
    assert flat_shown(suppress([[0, 0], [0, 0]])) == (None,) * 9


@pytest.mark.parametrize("counts", [[], [[]], [[1, 2], [3]], [[-1, 9]]])
def test_what_is_no_table_is_refused(counts: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="a table has rows"):
        suppress(counts)


def test_a_filtered_view_hides_the_same_cells_as_its_whole() -> None:
    whole = [[3, 20, 30], [20, 22, 30], [30, 30, 30]]
    part = [[1, 10, 15], [10, 11, 15], [15, 15, 15]]
    view = filtered_view(whole, part)
    assert view.verdict is FilterVerdict.SHOW
    assert view.table is not None
    assert [[count is None for count in row] for row in view.table.cells] == [
        [count is None for count in row] for row in suppress(whole).cells
    ]


def test_a_view_with_a_small_cell_of_its_own_is_not_shown_beside_its_whole() -> None:
    view = filtered_view([[20, 20], [20, 20]], [[3, 10], [10, 10]])
    assert view.verdict is FilterVerdict.PART_TOO_SMALL
    assert view.table is None


def test_a_view_that_leaves_a_few_out_would_show_those_few_by_subtraction() -> None:
    view = filtered_view([[20, 20], [20, 20]], [[18, 10], [10, 10]])
    assert view.verdict is FilterVerdict.REST_TOO_SMALL
    assert view.table is None


@pytest.mark.parametrize("part", [[[21, 5]], [[5]], [[5, 5], [5, 5]]])
def test_what_is_no_part_of_the_whole_is_refused(part: list[list[int]]) -> None:
    with pytest.raises(ValueError, match=r"a table has rows|argument"):
        filtered_view([[20, 20]], part)


PAIRS = st.tuples(st.integers(0, 2), st.integers(0, 2)) | st.tuples(st.integers(5, 9), st.integers(5, 9))


@given(
    st.sampled_from([(1, 2), (2, 2), (2, 3)]).flatmap(
        lambda shape: st.lists(
            st.lists(PAIRS, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
        )
    )
)
@example([[(1, 1), (8, 9)], [(9, 8), (7, 7)]])
def test_subtracting_a_shown_view_from_its_whole_gives_no_hidden_cell_away(
    pairs: list[list[tuple[int, int]]],
) -> None:
    part: Counts = tuple(tuple(some for some, _ in row) for row in pairs)
    rest: Counts = tuple(tuple(other for _, other in row) for row in pairs)
    whole = added(part, rest)
    table = filtered_view(whole, part).table
    if table is None:
        return
    seen_whole, seen_part = flat_shown(suppress(whole)), flat_shown(table)
    parts = [
        other for other in neighbours(part) if fits(seen_part, other) and fits(seen_whole, added(other, rest))
    ]
    rests = [other for other in neighbours(rest) if fits(seen_whole, added(part, other))]
    assert worked_out(seen_part, part, parts) == []
    assert worked_out(seen_whole, rest, rests) == []


def added(one: Counts, other: Counts) -> Counts:
    return tuple(tuple(map(sum, zip(*rows, strict=True))) for rows in zip(one, other, strict=True))
