"""The administrator's pages: who may sign in."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import accounts as services
from portal.services import credentials, giving_back
from portal.services.accounts import STAFF_ROLES, Credentials, Problem, Refused, Wanted
from portal.store import accounts, teams
from portal.store.people import Staff
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff

FORM = "pages/staff/account_new.html"


@staff.get("/administration")
@guard(Resource.STAFF_ACCOUNTS)
def show_accounts() -> ResponseReturnValue:
    with read() as session:
        people = accounts.staff_of_municipality(session)
        values = {"teams": dict(teams.names(session)), "citizens": teams.citizens_by_caseworker(session)}
    return render_template("pages/staff/accounts.html", people=people, is_locked=_is_locked, **values)


@staff.get("/administration/ny")
@guard(Resource.STAFF_ACCOUNTS)
def show_new_account() -> ResponseReturnValue:
    return _form(Wanted("", "", "", request.args.get("team", type=whole)), {})


@staff.post("/administration/ny")
@guard(Resource.STAFF_ACCOUNTS)
def add_account() -> ResponseReturnValue:
    form = request.form
    wanted = Wanted(
        form.get("name", ""), form.get("email", ""), form.get("role", ""), form.get("team_id", type=whole)
    )
    with write() as session:
        result = services.add_account(session, wanted, actor().staff_id or 0, now())
    return _form(wanted, result.problems) if isinstance(result, Refused) else _show_once(result)


@staff.get("/administration/<int:staff_id>")
@guard(Resource.STAFF_ACCOUNTS)
def show_account_of(staff_id: int) -> ResponseReturnValue:
    with read() as session:
        person = session.get(Staff, staff_id) or abort(404)
        team, citizens = person.team, teams.citizens_of(session, staff_id)
        back = giving_back.offer(session, person, now())
    values = {"person": person, "team": team, "citizens": citizens, "back": back}
    return render_template("pages/staff/account_of.html", is_locked=_is_locked, **values)


@staff.post("/administration/<int:staff_id>/nulstil")
@guard(Resource.STAFF_ACCOUNTS)
def reset_account(staff_id: int) -> ResponseReturnValue:
    with write() as session:
        given = services.reset_account(session, staff_id, actor().staff_id or 0, now())
    return _show_once(given or abort(404))


@staff.post("/administration/<int:staff_id>/laas-op")
@guard(Resource.STAFF_ACCOUNTS)
def unlock_account(staff_id: int) -> ResponseReturnValue:
    with write() as session:
        services.unlock(session, staff_id, actor().staff_id or 0, now()) or abort(404)
    return _done(staff_id, "staff.accounts.unlocked")


@staff.post("/administration/<int:staff_id>/aabn")
@guard(Resource.STAFF_ACCOUNTS)
def activate_account(staff_id: int) -> ResponseReturnValue:
    with write() as session:
        result = services.set_active(session, staff_id, True, actor().staff_id or 0, now()) or abort(404)
    return _done(staff_id, result.value if isinstance(result, Problem) else "staff.accounts.activated")


def _form(wanted: Wanted, problems: dict[str, Problem]) -> Response:
    with read() as session:
        in_use = accounts.teams(session)
    errors = {name: t(problem.value) for name, problem in problems.items()}
    page = render_template(FORM, wanted=wanted, teams=in_use, roles=STAFF_ROLES, errors=errors)
    return make_response(page, 422 if errors else 200)


def _show_once(given: Credentials) -> str:
    """Not by redirect: what is shown once must not be kept anywhere on the way."""
    square = credentials.square_code(given.totp_uri)
    return render_template("pages/staff/account_credentials.html", given=given, square=square)


def _done(staff_id: int, said: str) -> ResponseReturnValue:
    flash(t(said))
    return redirect(f"/administration/{staff_id}", 303)


def _is_locked(person: Staff) -> bool:
    return services.is_locked(person, now())
