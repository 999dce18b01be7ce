"""/borgere/<id>/udfyld: staff type in what the citizen answers, on the phone, at a meeting or from paper."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from database.tenancy import TenantSession
from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.domain.help import ALONE, Helper, Mode, helper_in, is_answer
from portal.services import entering
from portal.services.citizen_card import forms_to_send
from portal.services.entering import Entered, Entry, How, Typed
from portal.services.whole_form import Filled
from portal.store import papers
from portal.store.people import Citizen
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach

NOT_ANSWERS = frozenset({"csrf_token", "finish", "hjaelp", "maade", "sprog", "papir"})


@staff.get("/borgere/<int:citizen_id>/udfyld")
@guard(Resource.ENTER_ANSWERS)
def choose_entry(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "entry") as (session, citizen):
        forms = forms_to_send(session)
    languages = [(locale.code, locale.name) for locale in LOCALES.values()]
    shown = {"forms": forms, "languages": languages, "modes": (Mode.PHONE, Mode.MEETING)}
    return render_template("pages/staff/entry_choose.html", citizen=citizen, **shown)


@staff.post("/borgere/<int:citizen_id>/udfyld")
@guard(Resource.ENTER_ANSWERS)
def begin_entry(citizen_id: int) -> ResponseReturnValue:
    mode, language = request.form.get("maade", ""), request.form.get("sprog", "")
    if entering.how_of(mode, language, None) is None:
        abort(400)
    with reach(citizen_id, "answers.begin") as (session, citizen):
        begun = entering.begin(session, citizen, _questionnaire(), now())
    if begun is None:
        abort(404)
    return redirect(
        url_for("staff.show_entry", citizen_id=citizen_id, measurement_id=begun, maade=mode, sprog=language),
        303,
    )


@staff.get("/borgere/<int:citizen_id>/udfyld/<int:measurement_id>")
@guard(Resource.ENTER_ANSWERS)
def show_entry(citizen_id: int, measurement_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "entry.read") as (session, citizen):
        how = _how(session, citizen_id)
        entry = entering.open_entry(session, citizen_id, measurement_id, how) or abort(404)
    return _page(citizen, entry, how)


@staff.post("/borgere/<int:citizen_id>/udfyld/<int:measurement_id>")
@guard(Resource.ENTER_ANSWERS)
def save_entry(citizen_id: int, measurement_id: int) -> ResponseReturnValue:
    helped = request.form.get("hjaelp")
    lacks_help = "finish" in request.form and not is_answer(helped)
    filled = Filled(_posted(), finish="finish" in request.form and not lacks_help)
    with reach(citizen_id, "answers.enter") as (session, citizen):
        how, typed = _how(session, citizen_id), Typed(filled, helper_in(helped))
        entry = entering.type_in(
            session, citizen_id, measurement_id, how, typed, staff_id=actor().staff_id or 0, now=now()
        )
    if isinstance(entry, Entered):
        flash(t("entering.done", name=citizen.first_name))
        return redirect(f"/borgere/{citizen_id}", 303)
    if isinstance(entry, Entry) and not entry.errors and not lacks_help:
        flash(t("entering.saved"))
    return _page(citizen, entry or abort(404), how, lacks_help=lacks_help)


@staff.post("/borgere/<int:citizen_id>/papir")
@guard(Resource.ENTER_ANSWERS)
def print_paper(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "paper.print") as (session, citizen):
        paper = entering.print_form(
            session,
            citizen,
            _questionnaire(),
            request.form.get("sprog", ""),
            staff_id=actor().staff_id or 0,
            now=now(),
        )
    if paper is None:
        abort(404)
    return redirect(url_for("staff.show_paper", citizen_id=citizen_id, paper_id=paper.id), 303)


def _how(session: TenantSession, citizen_id: int) -> How:
    """From the address, or from the form that repeats it. The paper says itself what was printed."""
    paper_id = request.values.get("papir", type=whole)
    paper = papers.of_citizen(session, citizen_id, paper_id) if paper_id else None
    return entering.how_of(request.values.get("maade", ""), request.values.get("sprog", ""), paper) or abort(
        404
    )


def _questionnaire() -> int:
    return request.form.get("skema", 0, whole)


def _posted() -> dict[str, list[str]]:
    return {name: values for name, values in request.form.lists() if name not in NOT_ANSWERS}


def _page(
    citizen: Citizen, entry: Entry | entering.Closed, how: How, *, lacks_help: bool = False
) -> ResponseReturnValue:
    if not isinstance(entry, Entry):
        return render_template("pages/staff/entry_closed.html", citizen=citizen, why=entry.value)
    page = render_template(
        "pages/staff/entry.html",
        citizen=citizen,
        entry=entry,
        how=how,
        helpers=[ALONE, *Helper],
        lacks_help=lacks_help,
        paper_id=request.values.get("papir", ""),
    )
    return page, 422 if lacks_help or (entry.errors and "finish" in request.form) else 200
