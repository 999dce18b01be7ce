"""Prometheus metrics, labelled by route rule: a raw path would carry tokens into the metrics."""

from __future__ import annotations

from functools import cache

from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

from portal.web.guards import public
from portal.web.request_log import route, seconds

REGISTRY = CollectorRegistry()
REQUESTS = Counter("taletid_requests", "Requests by route", ["method", "route", "status"], registry=REGISTRY)
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
        return Response(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
