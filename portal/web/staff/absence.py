"""/fravaer: when a caseworker is away, and who covers; an administrator does it for her."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from portal.domain.absence import Refusal
from portal.domain.access import Resource
from portal.services import absence
from portal.services.absence import Plan
from portal.store.people import Staff
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff

FIELD = {
    Refusal.NO_COVER: "cover",
    Refusal.COVER_OUT_OF_REACH: "cover",
    Refusal.COVER_IS_AWAY: "cover",
    Refusal.ENDS_BEFORE_IT_BEGINS: "last",
    Refusal.IS_OVER: "last",
    Refusal.TOO_LONG: "last",
}
"""The others are about the first day."""


@staff.get("/fravaer")
@guard(Resource.OWN_ABSENCE)
def show_own_absence() -> ResponseReturnValue:
    return _page(_own_id())


@staff.post("/fravaer")
@guard(Resource.OWN_ABSENCE)
def plan_own_absence() -> ResponseReturnValue:
    return _plan(_own_id(), url_for("staff.show_own_absence"))


@staff.post("/fravaer/<int:absence_id>/fortryd")
@guard(Resource.OWN_ABSENCE)
def take_back_own_absence(absence_id: int) -> ResponseReturnValue:
    return _take_back(_own_id(), absence_id, url_for("staff.show_own_absence"))


@staff.get("/administration/<int:staff_id>/fravaer")
@guard(Resource.STAFF_ACCOUNTS)
def show_absence_of(staff_id: int) -> ResponseReturnValue:
    return _page(staff_id)


@staff.post("/administration/<int:staff_id>/fravaer")
@guard(Resource.STAFF_ACCOUNTS)
def plan_absence_of(staff_id: int) -> ResponseReturnValue:
    return _plan(staff_id, url_for("staff.show_absence_of", staff_id=staff_id))


@staff.post("/administration/<int:staff_id>/fravaer/<int:absence_id>/fortryd")
@guard(Resource.STAFF_ACCOUNTS)
def take_back_absence_of(staff_id: int, absence_id: int) -> ResponseReturnValue:
    return _take_back(staff_id, absence_id, url_for("staff.show_absence_of", staff_id=staff_id))


def _plan(staff_id: int, back: str) -> AnyResponse:
    wanted = Plan(_day("first"), _day("last"), request.form.get("cover", type=whole))
    with write() as session:
        person = session.get(Staff, staff_id) or abort(404)
        refusal = absence.plan(session, person, wanted, _own_id(), now())
    if refusal is not None:
        return _page(staff_id, wanted, refusal)
    flash(t("hours.absence.saved"))
    return redirect(back, 303)


def _take_back(staff_id: int, absence_id: int, back: str) -> AnyResponse:
    with write() as session:
        if not absence.take_back(session, staff_id, absence_id, _own_id(), now()):
            abort(404)
    flash(t("hours.absence.taken_back"))
    return redirect(back, 303)


def _page(staff_id: int, typed: Plan | None = None, refusal: Refusal | None = None) -> Response:
    with read() as session:
        person = session.get(Staff, staff_id) or abort(404)
        values = {
            "person": person,
            "planned": absence.planned(session, staff_id, now()),
            "colleagues": absence.colleagues(session, person),
        }
    errors = {FIELD.get(refusal, "first"): t(f"hours.absence.error.{refusal}")} if refusal else {}
    page = render_template(
        "pages/staff/absence.html",
        typed=typed or Plan(),
        errors=errors,
        base=request.path.partition("/fravaer")[0] + "/fravaer",
        is_own=staff_id == _own_id(),
        **values,
    )
    return make_response(page, 422 if errors else 200)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None


def _own_id() -> int:
    return actor().staff_id or 0
