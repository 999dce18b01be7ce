"""The municipality's logo, and the page that shows what citizens' pages are built from."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from database.tenancy import EVERYONE
from portal.store import brands
from portal.web.charts import Chart, Level, draw
from portal.web.citizen.blueprint import citizen
from portal.web.context import portal
from portal.web.guards import public
from portal.web.language import t, texts
from portal.web.questions import ChoiceView, QuestionView

A_YEAR = 365 * 24 * 60 * 60
STEPS = ("not_at_all", "a_little", "somewhat", "much", "wholly")


@citizen.get("/logo/<name>.png")
@public("a logo stands on pages that everybody may open")
def show_logo(name: str) -> Response:
    with portal().database.read(EVERYONE) as session:
        content = brands.logo(session, name)
    if content is None:
        abort(404)
    response = Response(content, mimetype="image/png")
    response.cache_control.public = True
    response.cache_control.max_age = A_YEAR
    response.cache_control.immutable = True
    return response


@citizen.get("/stilguide")
@public("shows the parts of pages, and knows nobody")
def show_style_guide() -> ResponseReturnValue:
    return render_template("pages/citizen/style_guide.html", scale=_scale(), wrong=_wrong(), drawn=_drawn())


def _drawn() -> Chart | None:
    levels = [
        Level(datetime(2026, month, 1, tzinfo=UTC), value, True) for month, value in ((1, 2), (4, 2), (7, 4))
    ]
    return draw({"citizen": levels}, mirrored=texts().locale.rtl)


def _scale() -> QuestionView:
    steps = tuple(
        ChoiceView(str(n), t(f"styleguide.step.{step}"), n == 4, f"s{n}") for n, step in enumerate(STEPS, 1)
    )
    apart = (
        ChoiceView("_dont_know", t("common.dont_know"), False),
        ChoiceView("_refused", t("common.refuse"), False),
    )
    return QuestionView("guide-scale", "radio", t("styleguide.question"), "", steps, apart, "", "")


def _wrong() -> QuestionView:
    label, error = t("styleguide.words"), t("citizen.error.required")
    return QuestionView("guide-words", "text", label, t("styleguide.words_hint"), (), (), "", error)
