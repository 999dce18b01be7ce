"""/administration/<id>/team and /borgere: an account gets another team, or its citizens another caseworker."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.domain.access import Resource
from portal.services import giving_back, handover
from portal.store import accounts, teams
from portal.store.people import Staff
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff


@staff.get("/administration/<int:staff_id>/team")
@guard(Resource.STAFF_ACCOUNTS)
def show_team_of(staff_id: int) -> ResponseReturnValue:
    return _team_page(staff_id)


@staff.post("/administration/<int:staff_id>/team")
@guard(Resource.STAFF_ACCOUNTS)
def change_team_of(staff_id: int) -> ResponseReturnValue:
    team_id = request.form.get("team_id", type=whole)
    with write() as session:
        person = accounts.hold_staff(session, staff_id) or abort(404)
        problem = handover.change_team(session, person, team_id, actor().staff_id or 0, now())
    if problem is not None:
        return _team_page(staff_id, t(problem.value))
    flash(t("beginning.account.team_changed"))
    return redirect(f"/administration/{staff_id}", 303)


@staff.get("/administration/<int:staff_id>/borgere")
@guard(Resource.STAFF_ACCOUNTS)
def show_citizens_of(staff_id: int) -> ResponseReturnValue:
    return _citizens_page(staff_id)


@staff.post("/administration/<int:staff_id>/borgere")
@guard(Resource.STAFF_ACCOUNTS)
def hand_over_citizens_of(staff_id: int) -> ResponseReturnValue:
    to = request.form.get("caseworker", type=whole) or 0
    with write() as session:
        giver = _person(session, staff_id)
        moved = handover.hand_over(session, giver, to, actor().staff_id or 0, now())
        name = moved.to.name if moved else ""
    if moved is None:
        return _citizens_page(staff_id, t("beginning.move.choose"))
    flash(t("beginning.move.done", n=moved.moved, name=name))
    return redirect(f"/administration/{staff_id}", 303)


@staff.post("/administration/<int:staff_id>/borgere/tilbage")
@guard(Resource.STAFF_ACCOUNTS)
def give_citizens_back(staff_id: int) -> ResponseReturnValue:
    with write() as session:
        giver = accounts.hold_staff(session, staff_id) or abort(404)
        moved = giving_back.give_back(session, giver, actor().staff_id or 0, now())
    flash(
        t("beginning.move.done", n=moved.moved, name=moved.to.name) if moved else t("beginning.back.too_late")
    )
    return redirect(url_for("staff.show_account_of", staff_id=staff_id), 303)


def _team_page(staff_id: int, error: str = "") -> Response:
    with read() as session:
        person = _person(session, staff_id)
        citizens, in_use = teams.citizens_of(session, staff_id), accounts.teams(session)
    values = {"person": person, "citizens": citizens, "teams": in_use, "error": error}
    return make_response(render_template("pages/staff/account_team.html", **values), 422 if error else 200)


def _citizens_page(staff_id: int, error: str = "") -> Response:
    with read() as session:
        person, citizens = _person(session, staff_id), teams.citizens_of(session, staff_id)
        able = handover.takers_of_all(session, staff_id)
    values = {"person": person, "citizens": citizens, "able": able, "error": error}
    page = render_template("pages/staff/account_citizens.html", **values)
    return make_response(page, 422 if error else 200)


def _person(session: Session, staff_id: int) -> Staff:
    return session.get(Staff, staff_id) or abort(404)
