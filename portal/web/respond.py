"""One URL answers both the page and its fragment."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request


def wants_fragment() -> bool:
    """Only when htmx asks for a part; a boosted link and a history restore want the whole page."""
    headers = request.environ  # asked several times a request; it costs a tenth of what request.headers does
    return (
        headers.get("HTTP_HX_REQUEST") == "true"
        and headers.get("HTTP_HX_BOOSTED") != "true"
        and headers.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"
    )


def respond(page: str, fragment: str, status: int = 200, **values: Any) -> Response:
    """Renders ``fragment`` for htmx and ``page`` (which includes the fragment) for everyone else."""
    is_fragment = wants_fragment()
    response = make_response(render_template(fragment if is_fragment else page, **values), status)
    response.headers["Vary"] = "HX-Request, HX-Boosted, HX-History-Restore-Request"
    return response


def leave_for(address: str) -> Response:
    """To another page: htmx would swap a redirect's whole page into its part, so it is told to go there."""
    if not wants_fragment():
        return make_response(redirect(address, 303))
    response = make_response("", 200)
    response.headers["HX-Redirect"] = address
    return response
