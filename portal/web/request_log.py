"""One JSON line a request: route, status, time, request id. Never a path, an address, a name or a text."""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict, Processor

log = structlog.get_logger("request")


def _place_of_fault(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Where it went wrong, without messages or local values: those could hold what somebody wrote."""
    if event.pop("exc_info", False):
        frames = traceback.extract_tb(sys.exc_info()[2])
        event["trace"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def configure(*, quiet: bool = False) -> None:
    """``quiet``: only what goes wrong."""
    processors: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _place_of_fault,
    ]
    renderer = structlog.processors.JSONRenderer(_json)
    structlog.configure(
        processors=[*processors, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_same_for_libraries(processors, renderer)], level=logging.WARNING)


def _json(event: EventDict, *, default: Callable[[Any], Any]) -> str:
    """``json.dumps`` would make this encoder anew for each line."""
    return _encoder(default).encode(event)


@cache
def _encoder(default: Callable[[Any], Any]) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, default=default)


def _same_for_libraries(processors: list[Processor], renderer: Processor) -> logging.Handler:
    """What ``messaging`` and the libraries log through Python's own logging: the same lines."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    return handler


def request_id() -> str:
    return str(g.get("request_id", ""))


def install(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)  # our own: one from outside could carry anything into the log
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = request_id()
        log.info(
            "request",
            method=request.method,
            route=route(),
            status=response.status_code,
            ms=round(seconds() * 1000, 1),
            request_id=request_id(),
        )
        return response


def route() -> str:
    """The rule, not the path: tokens stand in paths."""
    return request.url_rule.rule if request.url_rule else "none"


def seconds() -> float:
    return time.perf_counter() - float(g.get("began", time.perf_counter()))
