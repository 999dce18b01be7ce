"""Her own progression: in words first, then theme by theme with pictures and tables. Never beside anybody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from i18n.locales import DEFAULT
from portal.domain.access import Resource
from portal.domain.own_picture import Move, Summary, in_order, move, summary
from portal.domain.progression import NotComparable, Transition, Verdict
from portal.domain.questionnaires import Texts, wording
from portal.domain.scoring import HIGHEST, LOWEST
from portal.domain.series import IndicatorSeries, Point
from portal.services import progression
from portal.services.own_texts import own_texts
from portal.services.progression import Audience, FormProgression
from portal.web.charts import UNJOINED, Chart, Level, bar, draw
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.own import own_id
from portal.web.context import read
from portal.web.guards import guard
from portal.web.language import texts


@dataclass(frozen=True)
class Words:
    text: str
    locale: str


@dataclass(frozen=True)
class Row:
    """``words``: the answer itself, where the level is one and the scale is the one of today."""

    at: datetime
    level: float | None
    is_comparable: bool
    words: Words | None = None
    bar: tuple[float, ...] = ()


@dataclass(frozen=True)
class Theme:
    """``change`` and ``reason`` name texts; ``then`` is None where there is nothing to compare with. ``ends`` are the
    words of the lowest and the highest step."""

    indicator: str
    question: Words
    move: Move
    change: str
    reason: str
    then: Row | None
    now: Row
    rows: tuple[Row, ...]
    chart: Chart | None
    ends: tuple[Words, Words] | None


@dataclass(frozen=True)
class FormPicture:
    """``since``: the day of the answers before; None where nothing is compared."""

    title: Words
    summary: Summary
    since: datetime | None
    now: datetime
    themes: tuple[Theme, ...]
    since_last: str


@citizen.get("/hjem/udvikling")
@guard(Resource.OWN_PROGRESSION)
def show_progression() -> ResponseReturnValue:
    with read() as session:
        series = progression.citizen_series(session, own_id(), Audience.CITIZEN)
        said = own_texts(session, own_id())
    pictures = [_picture(each) for each in series]
    return render_template("pages/citizen/progression.html", pictures=pictures, said=said, Move=Move)


def _picture(form: FormProgression) -> FormPicture:
    laid_out = form.progression
    own = [(each, each.citizen) for each in laid_out.indicators if each.citizen is not None]
    themes = in_order([(move(verdict.change), _theme(form, each, verdict)) for each, verdict in own])
    earlier = [verdict.earlier.measured_at for _, verdict in own if verdict.earlier is not None]
    return FormPicture(
        title=_words(form.titles),
        summary=summary(verdict for _, verdict in own),
        since=max(earlier) if earlier else None,
        now=max(theme.now.at for theme in themes),
        themes=themes,
        since_last="" if laid_out.since_last is None else Transition(laid_out.since_last).name.lower(),
    )


def _theme(form: FormProgression, series: IndicatorSeries, verdict: Verdict) -> Theme:
    own = [(point, point.citizen) for point in series.points if point.citizen is not None]
    levels = {level: _words(labels) for level, labels in form.words.get(series.indicator, {}).items()}
    rows = _with_words([_row(point, judged) for point, judged in own], levels)
    earlier = [row for row in rows[:-1] if row.level is not None]
    ends = (levels[LOWEST], levels[HIGHEST]) if {LOWEST, HIGHEST} <= set(levels) else None
    return Theme(
        indicator=series.indicator,
        question=_words(form.labels[series.indicator]),
        move=move(verdict.change),
        change=verdict.change.value,
        reason=(verdict.reason or NotComparable.WORDING).value,
        then=earlier[-1] if earlier and rows[-1].level is not None else None,
        now=rows[-1],
        rows=rows,
        chart=_chart(rows),
        ends=ends,
    )


def _row(point: Point, judged: Verdict) -> Row:
    level = point.citizen_level
    filled = () if level is None else bar(level)
    return Row(point.measured_at, level, judged.change not in UNJOINED, bar=filled)


def _with_words(rows: Sequence[Row], levels: dict[float, Words]) -> tuple[Row, ...]:
    """From the newest back to where the comparing stops: before that, the steps may have been called otherwise."""
    found: list[Row] = []
    is_same_scale = True
    for row in reversed(rows):
        words = levels.get(row.level) if is_same_scale and row.level is not None else None
        found.append(Row(row.at, row.level, row.is_comparable, words, row.bar))
        is_same_scale = is_same_scale and (row.is_comparable or row.level is None)
    return tuple(reversed(found))


def _chart(rows: Sequence[Row]) -> Chart | None:
    """From two answers on; a picture of one says nothing."""
    levels = [Level(row.at, row.level, row.is_comparable) for row in rows if row.level is not None]
    return draw({"citizen": levels}, mirrored=texts().locale.rtl) if len(levels) > 1 else None


def _words(labels: Texts) -> Words:
    found = wording(labels, texts().locale.code, DEFAULT)
    return Words(found.text, found.locale)
