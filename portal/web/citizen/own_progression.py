"""Her own progression: in words first, then as a picture with a table. Never beside anybody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.progression import NotComparable, Transition, Verdict
from portal.domain.questionnaires import wording
from portal.domain.series import IndicatorSeries, Point
from portal.services import progression
from portal.services.progression import Audience, FormProgression
from portal.web.charts import UNJOINED, Chart, Level, draw
from portal.web.citizen.blueprint import citizen
from portal.web.context import actor, read
from portal.web.guards import guard
from portal.web.language import texts


@dataclass(frozen=True)
class Row:
    at: datetime
    level: float | None
    is_comparable: bool


@dataclass(frozen=True)
class Theme:
    """``change`` and ``reason`` name texts; ``then`` is None where there is nothing to compare with."""

    label: str
    locale: str
    change: str
    reason: str
    then: Row | None
    now: Row
    rows: tuple[Row, ...]
    chart: Chart | None


@dataclass(frozen=True)
class FormPicture:
    title: str
    title_locale: str
    themes: tuple[Theme, ...]
    since_last: str


@citizen.get("/hjem/udvikling")
@guard(Resource.OWN_PROGRESSION)
def show_progression() -> ResponseReturnValue:
    citizen_id = actor().citizen_id
    assert citizen_id is not None  # noqa: S101 — only a citizen's role reaches this resource
    with read() as session:
        series = progression.citizen_series(session, citizen_id, Audience.CITIZEN)
    return render_template("pages/citizen/progression.html", pictures=[_picture(each) for each in series])


def _picture(form: FormProgression) -> FormPicture:
    title = wording(form.titles, texts().locale.code, "da")
    laid_out = form.progression
    return FormPicture(
        title=title.text,
        title_locale=title.locale,
        themes=tuple(_theme(form, each) for each in laid_out.indicators if each.citizen is not None),
        since_last="" if laid_out.since_last is None else Transition(laid_out.since_last).name.lower(),
    )


def _theme(form: FormProgression, series: IndicatorSeries) -> Theme:
    verdict = series.citizen
    assert verdict is not None  # noqa: S101 — the caller leaves out what she has not answered
    own = [(point, point.citizen) for point in series.points if point.citizen is not None]
    rows = tuple(_row(point, judged) for point, judged in own)
    earlier = [row for row in rows[:-1] if row.level is not None]
    label = wording(form.labels[series.indicator], texts().locale.code, "da")
    return Theme(
        label=label.text,
        locale=label.locale,
        change=verdict.change.value,
        reason=(verdict.reason or NotComparable.WORDING).value,
        then=earlier[-1] if earlier and rows[-1].level is not None else None,
        now=rows[-1],
        rows=rows,
        chart=_chart(rows),
    )


def _row(point: Point, judged: Verdict) -> Row:
    return Row(point.measured_at, point.citizen_level, judged.change not in UNJOINED)


def _chart(rows: tuple[Row, ...]) -> Chart | None:
    """From two answers on; a picture of one says nothing."""
    levels = [Level(row.at, row.level, row.is_comparable) for row in rows if row.level is not None]
    return draw({"citizen": levels}, mirrored=texts().locale.rtl) if len(levels) > 1 else None
