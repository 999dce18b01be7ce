"""Errors in the reader's language: what happened, that nothing is lost, and what to do."""

from __future__ import annotations

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.web.context import actor_or_none
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


def install(app: Flask) -> None:
    app.register_error_handler(CSRFError, lambda error: show_error(error, "expired"))
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(Exception, show_fault)


def show_error(error: HTTPException, kind: str = "") -> Response:
    code = error.code or 500
    kind = kind or KINDS.get(code, "bad_request")
    if request.path.startswith(("/api/", "/webhooks/")):
        return make_response(jsonify(error=kind, request_id=request_id()), code)
    template = "pages/staff/error.html" if request.blueprint == "staff" else "pages/error.html"
    page = render_template(template, kind=kind, request_id=request_id())
    response = make_response(page, code)
    who = actor_or_none()
    if request.method == "POST" and (who is None or who.staff_id is None):
        response.headers["Cache-Control"] = "private, no-cache"  # nothing of hers: Back finds it on the phone
    for name, value in error.get_headers(None):
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def show_fault(error: Exception) -> Response:
    """The type and the trace, never the arguments: they could hold what somebody wrote."""
    log.error("fault", error=type(error).__name__, exc_info=True, request_id=request_id())
    return show_error(InternalServerError())
