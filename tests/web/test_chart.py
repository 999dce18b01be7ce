"""The picture of one indicator: small, described, and readable without colour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from flask import Flask, render_template_string

from portal.domain.progression import Help, Score
from portal.domain.questionnaires import Respondent
from portal.domain.scoring import IndicatorRow
from portal.domain.series import Entry, Point, lay_out
from tests.conftest import NOW

ROW = IndicatorRow("purpose", "purpose", scores={str(level): float(level) for level in range(1, 6)})

PAGE = """{% from "components/chart.html" import chart with context %}
{{ chart("c1", "Næste skridt", "2; 4", points, with_caseworker=both) }}"""


def points(
    citizen: Iterable[float | None], caseworker: Iterable[float] = (), **languages: str
) -> tuple[Point, ...]:
    def entries(by: Respondent, values: Iterable[float | None]) -> list[Entry]:
        return [
            Entry(number, by, "purpose", Score(value, at(number), language(number), Help.ALONE, "w"))
            for number, value in enumerate(values)
        ]

    def at(number: int) -> datetime:
        return NOW + timedelta(days=91 * number)

    def language(number: int) -> str:
        return languages.get(f"at{number}", "da")

    both = entries(Respondent.CITIZEN, citizen) + entries(Respondent.CASEWORKER, caseworker)
    return lay_out(both, [ROW]).indicators[0].points


def drawn(app: Flask, shown: tuple[Point, ...], *, with_caseworker: bool = False) -> str:
    with app.test_request_context():
        return render_template_string(PAGE, points=shown, both=with_caseworker)


def test_the_picture_has_a_name_and_a_description(app: Flask) -> None:
    svg = drawn(app, points([2, 4]))
    assert 'role="img"' in svg and 'aria-labelledby="c1-t c1-d"' in svg
    assert '<title id="c1-t">Næste skridt</title>' in svg and '<desc id="c1-d">2; 4</desc>' in svg


def test_the_two_series_differ_in_shape_and_dash(app: Flask) -> None:
    svg = drawn(app, points([2, 4], [3, 3]), with_caseworker=True)
    assert svg.count("<circle") == 2
    assert svg.count("h12v12h-12z") == 2
    assert svg.count("stroke-dasharray") == 1


def test_the_citizens_own_picture_shows_no_other_series(app: Flask) -> None:
    svg = drawn(app, points([2, 4], [3, 3]))
    assert "caseworker" not in svg and "stroke-dasharray" not in svg


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        (points([2, 4, 3]), 2),
        (points([2, None, 3]), 1),
        (points([2, 4, 3], at1="en", at2="en"), 1),
        (points([2]), 0),
    ],
)
def test_a_line_joins_only_what_is_compared(app: Flask, shown: tuple[Point, ...], lines: int) -> None:
    path = drawn(app, shown).split('class="chart-citizen" d="')[1].split('"')[0]
    assert path.count("L") == lines


def test_a_year_of_both_series_takes_no_more_than_two_and_a_half_kilobytes(app: Flask) -> None:
    year = [2.0, 3.0, 4.0, 4.0, 5.0]
    assert len(drawn(app, points(year), with_caseworker=False).encode()) <= 1_700
    assert len(drawn(app, points(year, year), with_caseworker=True).encode()) <= 2_500
