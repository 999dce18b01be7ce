"""Every route says who may use it; one that says nothing is refused.

``@guard(Resource.X)`` looks up the role in the one access table; ``@public`` marks the few pages that are
for anyone (or that check for themselves: a link's token, a provider's signature).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource, Role, scope
from portal.web import belated, kept
from portal.web.context import Actor
from portal.web.respond import leave_for, wants_fragment

View = TypeVar("View", bound=Callable[..., Any])
Finder = Callable[[], Actor | None]
STAFF = (Role.CASEWORKER, Role.MANAGER, Role.TRANSLATOR, Role.APPROVER, Role.ADMINISTRATOR)


def guard(resource: Resource) -> Callable[[View], View]:
    """Only roles that the access table gives this resource to."""

    def mark(view: View) -> View:
        view.guarded_by = resource  # type: ignore[attr-defined]
        return view

    return mark


def public(reason: str) -> Callable[[View], View]:
    """For anyone; ``reason`` says why that is right, for whoever reads the list."""

    def mark(view: View) -> View:
        view.public_because = reason  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask, finders: tuple[Finder, ...]) -> None:
    """``finders`` tell who asks, each by its own cookie; the first whose role may use the route is the actor."""

    @app.before_request
    def check_guard() -> ResponseReturnValue | None:
        view = app.view_functions.get(request.endpoint or "")
        if view is None or hasattr(view, "public_because") or request.endpoint == "static":
            return None
        resource = getattr(view, "guarded_by", None)
        if resource is None:
            abort(500, "a route without a guard")
        return _let_in(resource, finders)


def _let_in(resource: Resource, finders: tuple[Finder, ...]) -> ResponseReturnValue | None:
    known: set[Role] = set()
    for find in finders:
        who = find()
        if who is None:
            continue
        known.add(who.role)
        if scope(who.role, resource) is None:
            continue
        if who.citizen_id is not None and kept.is_anothers(who.citizen_id):
            return _sign_in_page(resource)
        g.actor = who
        return None
    if Role.CITIZEN_PIN in known and scope(Role.CITIZEN_MITID, resource) is not None:
        return make_response(render_template("pages/citizen/needs_mitid.html", way_on=_page_of_hers()), 403)
    if known:
        abort(403)
    return _sign_in_page(resource)


def _page_of_hers() -> str:
    """Where she goes on once she has signed in with MitID; a form that she posted has to be posted again."""
    return request.path if request.method == "GET" else ""


def _way_back() -> Response:
    """An answer that was not taken waits on the phone: the script keeps it when it is told 401, else a cookie does."""
    response = leave_for(url_for("citizen.show_way_back"))
    if wants_fragment():
        response.status_code = 401
        return response
    if belated.keep(response) or not belated.words():
        return response
    return make_response(render_template("pages/citizen/way_back.html", typed=belated.words()), 401)


def _sign_in_page(resource: Resource) -> ResponseReturnValue:
    """Staff come back to where they were going; a citizen finds the way in for citizens, or back to her form."""
    if not wants_fragment() and kept.came_too_late():
        return kept.way_in()
    if resource is Resource.ANSWER_FORM:
        return _way_back()
    for_staff = any(scope(role, resource) is not None for role in STAFF)
    if request.method != "GET" or wants_fragment():
        abort(401)  # a page that looks for news by itself must not be sent elsewhere, but told to stop
    if for_staff:
        return redirect(url_for("staff.show_sign_in", next=request.full_path.rstrip("?")))
    return redirect(url_for("citizen.show_pin", til=request.path))
