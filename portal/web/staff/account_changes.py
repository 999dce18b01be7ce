"""/administration/<id>/ret and /luk: who an account is, and its end, with somebody to take over."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import accounts as services
from portal.services import handover
from portal.services.accounts import STAFF_ROLES, Problem, Wanted
from portal.store import accounts, teams
from portal.store.people import Staff
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff


@staff.get("/administration/<int:staff_id>/ret")
@guard(Resource.STAFF_ACCOUNTS)
def show_account_change(staff_id: int) -> ResponseReturnValue:
    return _form(staff_id, None, {})


@staff.post("/administration/<int:staff_id>/ret")
@guard(Resource.STAFF_ACCOUNTS)
def change_account_of(staff_id: int) -> ResponseReturnValue:
    form = request.form
    wanted = Wanted(form.get("name", ""), form.get("email", ""), form.get("role", ""), None)
    with write() as session:
        person = accounts.hold_staff(session, staff_id) or abort(404)
        problems = services.change_account(session, person, wanted, actor().staff_id or 0, now())
    if problems:
        return _form(staff_id, wanted, problems)
    flash(t("beginning.account.changed"))
    return redirect(url_for("staff.show_account_of", staff_id=staff_id), 303)


@staff.get("/administration/<int:staff_id>/luk")
@guard(Resource.STAFF_ACCOUNTS)
def show_closing(staff_id: int) -> ResponseReturnValue:
    return _closing(staff_id)


@staff.post("/administration/<int:staff_id>/luk")
@guard(Resource.STAFF_ACCOUNTS)
def deactivate_account(staff_id: int) -> ResponseReturnValue:
    to = request.form.get("caseworker", type=whole)
    with write() as session:
        person = accounts.hold_staff(session, staff_id) or abort(404)
        problem = handover.close_account(session, person, to, actor().staff_id or 0, now())
    if problem is not None:
        return _closing(staff_id, problem)
    flash(t("staff.accounts.deactivated"))
    return redirect(url_for("staff.show_account_of", staff_id=staff_id), 303)


def _form(staff_id: int, typed: Wanted | None, problems: dict[str, Problem]) -> Response:
    with read() as session:
        person = session.get(Staff, staff_id) or abort(404)
    wanted = typed or Wanted(person.name, person.email, person.role, person.team_id)
    errors = {name: t(problem.value) for name, problem in problems.items()}
    values = {"person": person, "wanted": wanted, "roles": STAFF_ROLES, "errors": errors}
    page = render_template("pages/staff/account_change.html", **values)
    return make_response(page, 422 if errors else 200)


def _closing(staff_id: int, problem: Problem | None = None) -> Response:
    with read() as session:
        person = session.get(Staff, staff_id) or abort(404)
        citizens = teams.citizens_of(session, staff_id)
        able = handover.takers_of_all(session, staff_id)
    values = {
        "person": person,
        "citizens": citizens,
        "able": able,
        "error": t(problem.value) if problem else "",
    }
    page = render_template("pages/staff/account_close.html", **values)
    return make_response(page, 422 if problem else 200)
