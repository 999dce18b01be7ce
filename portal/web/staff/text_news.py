"""/tekster/nyt: what the last upgrade brought, language by language."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import DEFAULT, LOCALES
from portal.domain.access import Resource
from portal.services.texts import shipped
from portal.services.texts.bench import open_bench
from portal.web.context import portal, read
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import locale_or_404


@staff.get("/tekster/nyt")
@guard(Resource.TEXTS)
def show_text_news() -> ResponseReturnValue:
    language = locale_or_404(request.args.get("paa", DEFAULT))
    asked = request.args.get("nr", "0")[:4]
    upgrade = shipped.upgrade(portal(), int(asked), language.code) if asked.isdecimal() else abort(404)
    if upgrade is None and asked != "0":
        abort(404)
    with read() as session:
        bench = open_bench(session, portal().catalogs, (language.code,))
    return render_template(
        "pages/staff/text_news.html",
        upgrade=upgrade,
        found=shipped.news(bench, upgrade.changes, language.code) if upgrade else (),
        language=language,
        locales=LOCALES,
        number=int(asked),
    )
