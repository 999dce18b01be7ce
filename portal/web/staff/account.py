"""One's own account: where one is signed in, and the password."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import sign_in as services
from portal.services.accounts import LONGEST_PASSWORD, PasswordChange, Problem
from portal.services.accounts import change_password as change
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.limits import Limit, limited
from portal.web.staff.blueprint import staff
from portal.web.staff.sessions import idle_limit

FIELDS = {Problem.PASSWORD_WRONG: "current", Problem.PASSWORD_SHORT: "new"}


@staff.get("/konto")
@guard(Resource.OWN_ACCOUNT)
def show_account() -> ResponseReturnValue:
    return _page({})


@staff.post("/konto/adgangskode")
@guard(Resource.OWN_ACCOUNT)
@limited(Limit.SIGN_IN)
def change_password() -> ResponseReturnValue:
    problem = change(portal().database, _wanted_change(), now())
    if problem is not None:
        return make_response(_page({FIELDS[problem]: t(problem.value)}), 422)
    flash(t("staff.account.password_changed"))
    return redirect("/konto", 303)


@staff.post("/konto/sessioner/<int:session_id>/afslut")
@guard(Resource.OWN_ACCOUNT)
def end_session(session_id: int) -> ResponseReturnValue:
    with write() as session:
        if not services.end_session(session, actor().staff_id or 0, session_id, now()):
            abort(404)
    flash(t("staff.account.session_ended"))
    return redirect("/konto", 303)


def _wanted_change() -> PasswordChange:
    who, form = actor(), request.form
    return PasswordChange(
        municipality_id=who.municipality_id,
        staff_id=who.staff_id or 0,
        session_id=who.session_id,
        current=form.get("current", "")[:LONGEST_PASSWORD],
        new=form.get("new", ""),
    )


def _page(errors: dict[str, str]) -> str:
    with read() as session:
        sessions = services.open_sessions(session, actor().staff_id or 0, now(), idle_limit())
    minutes = portal().settings.staff_idle_minutes
    return render_template("pages/staff/account.html", sessions=sessions, idle_minutes=minutes, errors=errors)
