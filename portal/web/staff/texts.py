"""The translator's texts: how far each language is, and every text with its source and its place."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.checks import READ_BY_CITIZENS
from i18n.locales import LOCALES, Locale
from i18n.texts import Forms
from portal.domain.access import Resource, allowed
from portal.services.texts import drafts, publishing, review
from portal.services.texts.bench import Bench, TextRow
from portal.services.texts.bench import open_bench as open_bench_of
from portal.services.texts.checking import check
from portal.services.texts.drafts import Saved, TextChange
from portal.services.texts.history import Author
from portal.store import questionnaires
from portal.web.context import actor, now, portal, read
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff

LONGEST_SEARCH = 80
STAFF_LOCALES = ("da", "en")
"""The languages that staff's own pages are offered in."""


@staff.get("/tekster")
@guard(Resource.TEXTS)
def show_areas() -> ResponseReturnValue:
    with read() as session:
        bench = open_bench_of(session, portal().catalogs)
        forms = questionnaires.definitions(session, questionnaires.newest_versions(session))
    return render_template(
        "pages/staff/text_areas.html",
        citizen_rows=bench.counts(READ_BY_CITIZENS, tuple(LOCALES)),
        staff_rows=bench.counts(set(bench.catalogs.areas()).difference(READ_BY_CITIZENS), STAFF_LOCALES),
        locales=LOCALES,
        forms=forms,
    )


@staff.get("/tekster/<locale>/<area>")
@guard(Resource.TEXTS)
def show_area(locale: str, area: str) -> ResponseReturnValue:
    language = locale_or_404(locale)
    search = request.args.get("soeg", "")[:LONGEST_SEARCH]
    bench = open_bench(locale)
    if area not in bench.catalogs.areas():
        abort(404)
    rows = bench.rows(locale, area, search)
    return render_template(
        "pages/staff/text_area.html", language=language, area=area, rows=rows, search=search
    )


@staff.get("/tekster/<locale>/tekst/<key>")
@guard(Resource.TEXTS)
def edit_text(locale: str, key: str) -> ResponseReturnValue:
    bench = open_bench(locale)
    return _editor(bench, locale, bench.row(locale, key) or abort(404))


@staff.post("/tekster/<locale>/tekst/<key>")
@guard(Resource.TEXTS)
def save_text(locale: str, key: str) -> ResponseReturnValue:
    language, bench = locale_or_404(locale), open_bench(locale)
    row = bench.row(locale, key) or abort(404)
    change = TextChange(locale, key, _typed(row, language), row.version)
    if check(bench, row, change.forms).refused:
        return make_response(_editor(bench, locale, row, change.forms), 422)
    if isinstance(drafts.save(portal(), author(), change, now()), Saved):
        publishing.publish(portal(), author(), {(locale, key)}, now())
    flash(t("translator.saved"))
    return redirect(url_for("staff.edit_text", locale=locale, key=key), 303)


@staff.post("/tekster/<locale>/tekst/<key>/medfoelgende")
@guard(Resource.TEXTS)
def revert_text(locale: str, key: str) -> ResponseReturnValue:
    row = open_bench(locale).row(locale, key) or abort(404)
    publishing.revert(portal(), author(), locale, row.key, now())
    flash(t("translator.reverted"))
    return redirect(url_for("staff.edit_text", locale=locale, key=key), 303)


def _editor(bench: Bench, locale: str, row: TextRow, typed: Forms | None = None) -> str:
    """``typed`` is what was refused: it stays in the form."""
    language = locale_or_404(locale)
    count = len(language.plural_categories) if row.entry.plural else 1
    forms = typed if typed is not None else row.forms or ("",) * count
    is_filled = any(forms)
    checked = check(bench, row, forms) if typed is not None or is_filled else None
    with read() as session:
        found = review.open_review(session, bench, row, actor().staff_id or 0)
    return render_template(
        "pages/staff/text.html",
        language=language,
        row=row,
        forms=forms,
        checked=checked,
        refused=typed is not None,
        review=found,
        may_approve_texts=allowed(actor().role, Resource.APPROVE_TEXTS),
    )


def _typed(row: TextRow, language: Locale) -> Forms:
    """A browser sends line ends as CR LF; a space around a text is never meant."""
    count = len(language.plural_categories) if row.entry.plural else 1
    return tuple(request.form.get(f"form{n}", "").replace("\r\n", "\n").strip() for n in range(count))


def open_bench(locale: str) -> Bench:
    locale_or_404(locale)
    with read() as session:
        return open_bench_of(session, portal().catalogs, (locale,))


def locale_or_404(code: str) -> Locale:
    return LOCALES.get(code) or abort(404)


def author() -> Author:
    return Author(actor().municipality_id, actor().staff_id or 0)
