"""/tekster/<language>/tekst/<key>: one text with all that lies beside it, saved while somebody types."""

from __future__ import annotations

from flask import Response, abort, flash, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from i18n.chips import mended, names
from i18n.locales import DEFAULT
from i18n.texts import Forms
from portal.domain.access import Resource
from portal.services.texts import drafts, publishing
from portal.services.texts.drafts import Conflict, Saved, TextChange, Unreadable
from portal.web.context import now, portal
from portal.web.guards import guard
from portal.web.language import t, texts
from portal.web.staff.blueprint import staff
from portal.web.staff.text_filter import from_request
from portal.web.staff.text_pages import Shown, findings, look
from portal.web.staff.texts import author

MOST_FORMS = 6
"""Arabic has six plural forms, and no language has more."""
EDITOR = "pages/staff/text.html"
CONFLICT = "pages/staff/text_conflict.html"


@staff.get("/tekster/<locale>/tekst/<key>")
@guard(Resource.TEXTS)
def edit_text(locale: str, key: str) -> ResponseReturnValue:
    return render_template(EDITOR, shown=look(locale, key))


@staff.post("/tekster/<locale>/tekst/<key>")
@guard(Resource.TEXTS)
def save_text(locale: str, key: str) -> ResponseReturnValue:
    result = _save(locale, key)
    if isinstance(result, Conflict):
        return _page(CONFLICT, look(locale, key, _typed(key)), 409)
    if isinstance(result, Unreadable):
        return _page(EDITOR, look(locale, key, _typed(key), refused=result.checked), 422)
    flash(t("bench.saved"))
    return redirect(_onward(locale, key), 303)


@staff.post("/tekster/<locale>/tekst/<key>/kladde")
@guard(Resource.TEXTS)
def keep_draft(locale: str, key: str) -> ResponseReturnValue:
    """The page itself asks, while somebody types."""
    result = _save(locale, key)
    if isinstance(result, Conflict):
        shown = look(locale, key, _typed(key))
        page = render_template("fragments/texts/_conflict.html", shown=shown, in_editor=True)
        return jsonify(html=page, version=shown.row.version), 409
    if isinstance(result, Unreadable):
        row = look(locale, key).row
        return jsonify(html=findings(row, _typed(key), result.checked)), 422
    said = t("bench.saved_at", time=texts().time(now()))
    html = findings(result.row, _typed(key), result.checked)
    return jsonify(version=result.row.version, said=said, html=html)


@staff.post("/tekster/<locale>/tekst/<key>/medfoelgende")
@guard(Resource.TEXTS)
def revert_text(locale: str, key: str) -> ResponseReturnValue:
    look(locale, key)
    publishing.revert(portal(), author(), locale, key, now())
    flash(t("translator.reverted"))
    return redirect(_here(locale, key), 303)


def _save(locale: str, key: str) -> Saved | Conflict | Unreadable:
    version = request.form.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else 0
    change = TextChange(locale, key, _typed(key), seen)
    return drafts.save(portal(), author(), change, now()) or abort(404)


def _typed(key: str) -> Forms:
    """A browser sends line ends as CR LF; a space around a text is never meant, nor is a broken placeholder."""
    danish = portal().catalogs.entry(DEFAULT, key)
    known = names(danish.forms) if danish else ()
    known = (*known, "n") if danish and danish.plural else known
    fields = [f"form{n}" for n in range(MOST_FORMS) if f"form{n}" in request.form] or ["form0"]
    given = (request.form.get(field, "").replace("\r\n", "\n").strip() for field in fields)
    return tuple(mended(form, known) for form in given)


def _onward(locale: str, key: str) -> str:
    """To the next text where that was asked for, else back to this one."""
    after = request.form.get("naeste", "")
    return from_request(locale).edit(after) if after else _here(locale, key)


def _here(locale: str, key: str) -> str:
    return from_request(locale).edit(key)


def _page(template: str, shown: Shown, status: int) -> Response:
    return make_response(render_template(template, shown=shown), status)
