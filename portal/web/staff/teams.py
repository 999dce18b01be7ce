"""/teams: the administrator's teams and suppliers."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.domain.access import Resource
from portal.services import teams as services
from portal.services.teams import Problem
from portal.store import teams
from portal.store.people import Team
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff


@staff.get("/teams")
@guard(Resource.TEAMS)
def show_teams() -> ResponseReturnValue:
    return _list()


@staff.post("/teams")
@guard(Resource.TEAMS)
def add_team() -> ResponseReturnValue:
    name, is_supplier = request.form.get("name", ""), "supplier" in request.form
    with write() as session:
        made = services.add(session, name, is_supplier, actor().staff_id or 0, now())
    if isinstance(made, Problem):
        return _list(name, is_supplier, made)
    flash(t("beginning.teams.added", name=made.name))
    return redirect(url_for("staff.show_team", team_id=made.id), 303)


@staff.get("/teams/<int:team_id>")
@guard(Resource.TEAMS)
def show_team(team_id: int) -> ResponseReturnValue:
    return _page(team_id)


@staff.post("/teams/<int:team_id>")
@guard(Resource.TEAMS)
def rename_team(team_id: int) -> ResponseReturnValue:
    name = request.form.get("name", "")
    with write() as session:
        problem = services.rename(session, _held(session, team_id), name, actor().staff_id or 0, now())
    if problem is not None:
        return _page(team_id, name, problem)
    flash(t("beginning.teams.renamed"))
    return redirect(url_for("staff.show_teams"), 303)


@staff.post("/teams/<int:team_id>/luk")
@guard(Resource.TEAMS)
def close_team(team_id: int) -> ResponseReturnValue:
    with write() as session:
        team = _held(session, team_id)
        closed = services.close(session, team, actor().staff_id or 0, now())
    if not closed:  # the page says who is in it
        return redirect(url_for("staff.show_team", team_id=team_id), 303)
    flash(t("beginning.teams.closed", name=team.name))
    return redirect(url_for("staff.show_teams"), 303)


@staff.post("/teams/<int:team_id>/aabn")
@guard(Resource.TEAMS)
def reopen_team(team_id: int) -> ResponseReturnValue:
    name = request.form.get("name", "")
    with write() as session:
        team = teams.hold_closed(session, team_id) or abort(404)
        problem = services.reopen(session, team, name, actor().staff_id or 0, now())
    if problem is not None:
        return _page(team_id, name, problem)
    flash(t("beginning.teams.reopened", name=team.name))
    return redirect(url_for("staff.show_team", team_id=team_id), 303)


def _list(name: str = "", is_supplier: bool = False, problem: Problem | None = None) -> Response:
    with read() as session:
        lines, closed = teams.lines(session), teams.closed(session)
    values = {"closed": closed, "name": name, "is_supplier": is_supplier, "problem": problem}
    page = render_template("pages/staff/teams.html", lines=lines, **values)
    return make_response(page, 422 if problem else 200)


def _page(team_id: int, name: str | None = None, problem: Problem | None = None) -> Response:
    with read() as session:
        team = session.get(Team, team_id) or abort(404)
        inside = services.inside(session, team)
    template = "pages/staff/team_closed.html" if team.closed_at else "pages/staff/team.html"
    name = team.name if name is None else name
    page = render_template(template, team=team, inside=inside, name=name, problem=problem)
    return make_response(page, 422 if problem else 200)


def _held(session: Session, team_id: int) -> Team:
    return teams.hold(session, team_id) or abort(404)
