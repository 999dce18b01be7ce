"""Prometheus metrics, labelled by route rule: a raw path would carry tokens into the metrics."""

from __future__ import annotations

from functools import cache

from flask import Flask, Response, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from sqlalchemy.exc import SQLAlchemyError

from database.tenancy import EVERYONE
from messaging import claims
from messaging.message import Lane
from portal.web.context import now, portal
from portal.web.guards import public
from portal.web.request_log import route, seconds

REGISTRY = CollectorRegistry()
REQUESTS = Counter("taletid_requests", "Requests by route", ["method", "route", "status"], registry=REGISTRY)
WAITING = Gauge(
    "taletid_outbox_waiting_seconds", "How long the first due message waits", ["lane"], registry=REGISTRY
)
DURATION = Histogram("taletid_request_seconds", "Time to answer", ["method", "route"], registry=REGISTRY)


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Anybody can invent others, and each label is kept for good."""


@cache
def _of(method: str, rule: str, status: int) -> tuple[Counter, Histogram]:
    """Finding one by its labels costs more than counting."""
    return REQUESTS.labels(method, rule, status), DURATION.labels(method, rule)


def install(app: Flask) -> None:
    @app.after_request
    def count(response: Response) -> Response:
        method = request.method if request.method in METHODS else "other"
        requests, duration = _of(method, route(), response.status_code)
        requests.inc()
        duration.observe(seconds())
        return response

    @app.get("/metrics")
    @public("numbers by route only; the reverse proxy keeps it to the operators' network")
    def show_metrics() -> Response:
        _look_at_outbox()
        return Response(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _look_at_outbox() -> None:
    """The same whichever process is asked. A database that is down shows in /readyz, not here."""
    try:
        with portal().database.read(EVERYONE) as session:
            since = claims.waits_since(session, now())
    except SQLAlchemyError:
        return
    for lane in Lane:
        at = since.get(lane)
        WAITING.labels(lane.name.lower()).set((now() - at).total_seconds() if at else 0)
