"""/borgere/ny: a new citizen of the team."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import newcomers
from portal.services.newcomers import Added, Refused, Wanted
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff
from portal.web.staff.contact import LANGUAGES
from portal.web.staff.reach import reader

LONGEST = 100


@staff.get("/borgere/ny")
@guard(Resource.ADD_CITIZEN)
def show_new_citizen() -> ResponseReturnValue:
    return _form(Wanted("", "", "", "da", actor().staff_id), Refused({}))


@staff.post("/borgere/ny")
@guard(Resource.ADD_CITIZEN)
def add_citizen() -> ResponseReturnValue:
    wanted = _typed()
    with write() as session:
        result = newcomers.add(session, reader(), wanted, now())
    if not isinstance(result, Added):
        return _form(wanted, result or Refused({}))
    return _done(result)


def _typed() -> Wanted:
    first, last, phone, language = (
        request.form.get(name, "")[:LONGEST] for name in ("first_name", "last_name", "phone", "language")
    )
    caseworker = request.form.get("caseworker", type=whole)
    return Wanted(first, last, phone, language, caseworker, "is_shared" in request.form)


def _form(wanted: Wanted, refused: Refused) -> Response:
    with read() as session:
        able = newcomers.caseworkers(session, reader())
    errors = {name: t(f"beginning.citizen.error.{problem}") for name, problem in refused.problems.items()}
    page = render_template(
        "pages/staff/citizen_new.html",
        wanted=wanted,
        able=able,
        team=able[0].team if able else None,
        languages=LANGUAGES,
        errors=errors,
        sharers=refused.sharers,
    )
    return make_response(page, 422 if errors else 200)


def _done(added: Added) -> ResponseReturnValue:
    flash(t("beginning.citizen.added", name=added.citizen.first_name))
    if added.is_shared:
        flash(t("caseworker.number.shared"))
    if added.is_stopped:
        flash(t("beginning.citizen.stopped"))
    return redirect(f"/borgere/{added.citizen.id}", 303)
