"""/tekster/daekning: how far each language has come."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.services.texts import coverage
from portal.services.texts.bench import open_bench
from portal.services.texts.coverage import Coverage
from portal.web.context import now, portal, read
from portal.web.guards import guard
from portal.web.staff.blueprint import staff


@staff.get("/tekster/daekning")
@guard(Resource.TEXTS)
def show_text_coverage() -> ResponseReturnValue:
    return render_template(
        "pages/staff/text_coverage.html", found=_measure(), locales=LOCALES, today=now().date()
    )


@staff.get("/tekster/daekning.csv")
@guard(Resource.TEXTS)
def download_text_coverage() -> ResponseReturnValue:
    response = Response(coverage.as_csv(_measure()), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="daekning.csv"'
    return response


def _measure() -> Coverage:
    with read() as session:
        return coverage.measure(session, open_bench(session, portal().catalogs))
