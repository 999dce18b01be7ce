"""/aabningstider: when each team is there to answer, set by an administrator."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import team_hours
from portal.services.opening_hours import hours_of
from portal.services.team_hours import MOST_CLOSINGS, WEEKDAYS, Problem, Typed
from portal.store import accounts, opening_hours
from portal.store.people import Team
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff

EMPTY_ROWS = 3


@staff.get("/aabningstider")
@guard(Resource.OPENING_HOURS)
def show_opening_hours() -> ResponseReturnValue:
    with read() as session:
        lines = team_hours.lines(session, accounts.teams(session))
    return render_template("pages/staff/opening_hours.html", lines=lines)


@staff.get("/aabningstider/<int:team_id>")
@guard(Resource.OPENING_HOURS)
def show_team_hours(team_id: int) -> ResponseReturnValue:
    with read() as session:
        team = session.get(Team, team_id) or abort(404)
        row = opening_hours.of_team(session, team_id)
    return _form(team, team_hours.typed_of(row), {}, hours_of(row).reply_by(now()) if row else None)


@staff.post("/aabningstider/<int:team_id>")
@guard(Resource.OPENING_HOURS)
def change_team_hours(team_id: int) -> ResponseReturnValue:
    typed = _typed()
    with write() as session:
        team = session.get(Team, team_id) or abort(404)
        problems = team_hours.save(session, team, typed, actor().staff_id or 0, now())
    if problems:
        return _form(team, typed, problems)
    flash(t("hours.opening.saved", team=team.name))
    return redirect(url_for("staff.show_opening_hours"), 303)


def _typed() -> Typed:
    def pair(name: str, place: int) -> tuple[str, str]:
        form = request.form
        return form.get(f"{name}_{place}_from", "").strip(), form.get(f"{name}_{place}_to", "").strip()

    closings = [pair("closing", place) for place in range(MOST_CLOSINGS)]
    return Typed(
        [pair("day", day) for day in WEEKDAYS],
        [each for each in closings if any(each)],
        request.form.get("reply_days", "").strip(),
    )


def _form(team: Team, typed: Typed, problems: Mapping[str, Problem], reply_by: object = None) -> Response:
    errors = {name: t(f"hours.opening.error.{problem}") for name, problem in problems.items()}
    empty = [("", "")] * min(EMPTY_ROWS, MOST_CLOSINGS - len(typed.closings))
    page = render_template(
        "pages/staff/team_hours.html",
        team=team,
        typed=typed,
        closings=[*typed.closings, *empty],
        errors=errors,
        reply_by=reply_by,
    )
    return make_response(page, 422 if errors else 200)
