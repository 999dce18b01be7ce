"""“Visning”: how the citizens' pages look on this phone. Kept in a cookie on the phone, and nowhere else."""

from __future__ import annotations

from flask import Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.web.citizen.blueprint import citizen
from portal.web.context import portal
from portal.web.guards import public

COOKIE = "visning"
A_YEAR = 365 * 24 * 60 * 60
THEMES = ("light", "dark")
"""None of them: as the phone."""
MARKS = ("large", "contrast", "hand", "aloud")
REASON = "changes how pages look on the phone that asks, and knows nobody"


def display() -> tuple[str, ...]:
    """What she has chosen, of THEMES and MARKS in their order: the classes of <html>. A cookie may hold anything."""
    if "display" not in g:
        g.display = known(request.cookies.get(COOKIE, "").split("."))
    chosen: tuple[str, ...] = g.display
    return chosen


def known(words: list[str]) -> tuple[str, ...]:
    """At most one theme, and each mark once."""
    theme = next((theme for theme in THEMES if theme in words), None)
    return (*([theme] if theme else []), *(mark for mark in MARKS if mark in words))


def keep(response: Response, chosen: tuple[str, ...]) -> None:
    """For a year on this phone; a choice of nothing is taken off it."""
    if not chosen:
        response.delete_cookie(COOKIE)
        return
    secure = portal().settings.secure_cookies
    value = ".".join(chosen)
    response.set_cookie(COOKIE, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)


@citizen.get("/visning")
@public(REASON)
def show_display() -> str:
    page = request.args.get("fra", "")
    return render_template("pages/citizen/display.html", back=page if _is_hers(page) else "")


@citizen.post("/visning")
@public(REASON)
def choose_display() -> ResponseReturnValue:
    page = request.form.get("fra", "")
    way_on = page if _is_hers(page) else url_for("citizen.show_display", gemt=1)
    response = make_response(redirect(way_on, 303))
    keep(response, known([request.form.get("theme", ""), *request.form.getlist("mark")]))
    return response


def _is_hers(page: str) -> bool:
    """Whether it is a citizens' page of ours, which can be shown anew."""
    if not page.startswith("/") or page == url_for("citizen.show_display"):
        return False
    try:
        endpoint, _ = current_app.url_map.bind("").match(page, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return str(endpoint).startswith("citizen.")


@citizen.record_once
def give_to_layout(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["display"] = display
