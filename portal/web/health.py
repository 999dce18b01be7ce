"""/healthz: the process answers. /readyz: the database answers, its schema is ours, and the worker lives."""

from __future__ import annotations

from flask import Flask, Response, jsonify

from portal.services import readiness
from portal.web.context import now, portal
from portal.web.guards import public


def install(app: Flask) -> None:
    @app.get("/healthz")
    @public("says only that the process answers")
    def show_health() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    @public("says only which part is missing")
    def show_readiness() -> tuple[Response, int]:
        parts = readiness.check(portal().database, now())
        ready = all(value == "ok" for value in parts.values())
        return jsonify(status="ok" if ready else "not ready", **parts), 200 if ready else 503
