"""/tekster/nyt: what the last upgrade brought, language by language."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import DEFAULT, LOCALES
from portal.domain.access import Resource
from portal.services.texts import shipped
from portal.services.texts.bench import open_bench
from portal.services.texts.shipped import News, Upgrade
from portal.web.context import portal, read
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import locale_or_404


@staff.get("/tekster/nyt")
@guard(Resource.TEXTS)
def show_text_news() -> ResponseReturnValue:
    language, number = locale_or_404(request.args.get("paa", DEFAULT)), _number()
    upgrade = shipped.upgrade(portal(), number, language.code)
    if upgrade is None and number:
        abort(404)
    return render_template(
        "pages/staff/text_news.html",
        upgrade=upgrade,
        found=_news(upgrade, language.code) if upgrade else (),
        language=language,
        locales=LOCALES,
        number=number,
    )


def _number() -> int:
    """Of the upgrade that is asked for; the last is 0."""
    asked = request.args.get("nr", "0")
    return int(asked) if asked.isdecimal() and len(asked) < 5 else abort(404)


def _news(upgrade: Upgrade, locale: str) -> list[News]:
    with read() as session:
        bench = open_bench(session, portal().catalogs, (locale,))
    return shipped.news(bench, upgrade.changes, locale)
