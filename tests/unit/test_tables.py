"""Cells without anything in them are marked, whatever stands around them."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from portal.web.staff.tables import mark_nothing


@pytest.mark.parametrize(
    "cell",
    [
        '<td data-title="Team"></td>',
        '<td data-title="Team">–</td>',
        '<td data-title="Team">\n    \n  </td>',
        '<td data-title="Medarbejder"><bdi>–</bdi></td>',
        '<th scope="row" data-title="Skema"> </th>',
    ],
)
def test_a_cell_that_says_nothing_is_marked_and_keeps_what_it_has(cell: str) -> None:
    marked = mark_nothing(Markup(f"<tr>{cell}</tr>"))
    assert " data-nothing>" in marked
    assert marked.replace(" data-nothing", "") == f"<tr>{cell}</tr>"


@pytest.mark.parametrize(
    "cell",
    [
        "<td>0</td>",
        "<td>Åen – Bakken</td>",
        '<td><a href="/x"></a></td>',
        '<td><input type="checkbox"></td>',
        "<td><bdi>Bo</bdi></td>",
    ],
)
def test_a_cell_with_anything_in_it_is_left_as_it_is(cell: str) -> None:
    assert mark_nothing(Markup(cell)) == cell


def test_a_cell_beside_an_empty_one_is_not_taken_with_it() -> None:
    assert mark_nothing(Markup("<td></td><td>1</td>")) == "<td data-nothing></td><td>1</td>"
