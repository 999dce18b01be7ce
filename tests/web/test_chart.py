"""The picture of one indicator: small, described, and readable without colour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from flask import Flask, render_template_string

from portal.domain.progression import Help, Score
from portal.domain.questionnaires import Respondent
from portal.domain.scoring import IndicatorRow
from portal.domain.series import Entry, Point, lay_out
from portal.web.charts import halves
from tests.conftest import NOW

ROW = IndicatorRow("purpose", "purpose", scores={str(level): float(level) for level in range(1, 6)})

PAGE = """{% from "components/chart.html" import chart with context %}
{{ chart(drawn, "c1", "Næste skridt", "2; 4") }}"""


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


def drawn(app: Flask, shown: tuple[Point, ...]) -> str:
    with app.test_request_context():
        return render_template_string(PAGE, drawn=halves(shown))


def test_the_picture_has_a_name_and_a_description(app: Flask) -> None:
    svg = drawn(app, points([2, 4]))
    assert 'role="img"' in svg and 'aria-labelledby="c1-title c1-text"' in svg
    assert '<title id="c1-title">Næste skridt</title>' in svg and '<desc id="c1-text">2; 4</desc>' in svg


def test_the_two_series_differ_in_shape(app: Flask) -> None:
    svg = drawn(app, points([2, 4], [3, 3]))
    assert (svg.count("<circle"), svg.count("<rect")) == (2, 2)


def test_the_scale_is_numbered(app: Flask) -> None:
    assert re.findall(r"<text[^>]*>([^<]*)<", drawn(app, points([2, 4]))) == ["1", "2", "3", "4", "5"]


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
    pieces = re.findall(r'<polyline points="([^"]*)"', drawn(app, shown))
    assert sum(len(piece.split()) - 1 for piece in pieces) == lines


def test_a_year_of_both_series_takes_no_more_than_two_and_a_half_kilobytes(app: Flask) -> None:
    year = [2.0, 3.0, 4.0, 4.0, 5.0]
    assert len(drawn(app, points(year)).encode()) <= 1_800
    assert len(drawn(app, points(year, year)).encode()) <= 2_500
