"""Errors in the reader's language: what happened, that nothing is lost, and what to do."""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.web.context import actor_or_none
from portal.web.guards import Finder
from portal.web.request_log import request_id

log = structlog.get_logger("request")
KINDS = {
    400: "bad_request",
    401: "signed_out",
    403: "forbidden",
    404: "not_found",
    405: "method",
    410: "gone",
    413: "too_large",
    429: "too_many",
    500: "server",
    503: "unavailable",
}
"""Each has a title and a text in the catalogs."""
FINDER = "taletid finder of staff"


def install(app: Flask, find_staff: Finder) -> None:
    """``find_staff`` tells who of the staff asks, where no view has asked."""
    app.extensions[FINDER] = find_staff
    app.register_error_handler(CSRFError, lambda error: show_error(error, "expired"))
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(Exception, show_fault)


def show_error(error: HTTPException, kind: str = "") -> Response:
    code = error.code or 500
    kind = kind or KINDS.get(code, "bad_request")
    if request.path.startswith(("/api/", "/webhooks/")):
        return make_response(jsonify(error=kind, request_id=request_id()), code)
    template = "pages/staff/error.html" if _is_for_staff() else "pages/error.html"
    page = render_template(template, kind=kind, request_id=request_id())
    response = make_response(page, code)
    who = actor_or_none()
    if request.method == "POST" and (who is None or who.staff_id is None):
        response.headers["Cache-Control"] = "private, no-cache"  # nothing of hers: Back finds it on the phone
    for name, value in error.get_headers(None):
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _is_for_staff() -> bool:
    """An address that is nobody's belongs to no blueprint: who is signed in finds her own menu there, and not a
    citizen's page."""
    if request.blueprint is None and request.routing_exception is not None:
        who = current_app.extensions[FINDER]()
        if who is not None:
            g.actor = who
        return who is not None
    return request.blueprint == "staff"


def show_fault(error: Exception) -> Response:
    """The type and the trace, never the arguments: they could hold what somebody wrote."""
    log.error("fault", error=type(error).__name__, exc_info=True, request_id=request_id())
    return show_error(InternalServerError())
