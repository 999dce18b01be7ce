"""/borgere/<id>/kriseord: a person has seen to a message with words of crisis. /kriseord: the lists of those words."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.services import crisis, crisis_lists
from portal.services.crisis_lists import Refused
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach
from portal.web.staff.texts import locale_or_404
from portal.web.thread import number


@staff.post("/borgere/<int:citizen_id>/kriseord")
@guard(Resource.CITIZEN_THREAD)
def handle_crisis(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "crisis.handled") as (session, _):
        crisis.handle(session, citizen_id, number("til") or 0, actor().staff_id or 0, now())
    flash(t("thread.crisis.done"))
    return redirect(url_for("staff.show_thread", citizen_id=citizen_id), 303)


@staff.get("/kriseord")
@guard(Resource.TEXTS)
def show_crisis_lists() -> ResponseReturnValue:
    with read() as session:
        lists = crisis_lists.all_lists(session)
    return render_template("pages/staff/crisis_lists.html", lists=lists, locales=LOCALES)


@staff.get("/kriseord/<locale>")
@guard(Resource.TEXTS)
def edit_crisis_list(locale: str) -> ResponseReturnValue:
    return _form(locale)


@staff.post("/kriseord/<locale>")
@guard(Resource.TEXTS)
def save_crisis_list(locale: str) -> ResponseReturnValue:
    locale_or_404(locale)
    typed = request.form.get("phrases", "")
    with write() as session:
        refused = crisis_lists.save(session, locale, typed, actor().staff_id or 0, now())
    if refused is not None:
        return make_response(_form(locale, typed, refused), 422)
    return _done("translator.crisis.saved")


@staff.post("/kriseord/<locale>/medfoelgende")
@guard(Resource.TEXTS)
def revert_crisis_list(locale: str) -> ResponseReturnValue:
    locale_or_404(locale)
    with write() as session:
        crisis_lists.revert(session, locale, actor().staff_id or 0, now())
    return _done("translator.crisis.reverted")


def _form(locale: str, typed: str | None = None, refused: Refused | None = None) -> str:
    language = locale_or_404(locale)
    with read() as session:
        words = crisis_lists.list_in(session, locale) or abort(404)
    return render_template(
        "pages/staff/crisis_list.html", language=language, words=words, typed=typed, refused=refused
    )


def _done(key: str) -> ResponseReturnValue:
    flash(t(key))
    return redirect(url_for("staff.show_crisis_lists"), 303)
