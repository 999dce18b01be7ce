"""Rate limits on the ways in: links, PIN, sign-in, and asking for a new link.

``@limited(Limit.X)`` marks a view; ``install`` puts the limit around it. Guesses count, not visits: a whole
office or a classroom behind one address is let in all morning, and what succeeds costs no write. Only asking
for a new link counts every time, for each sends an SMS.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, after_this_request, request
from flask_limiter import Limiter, RateLimitExceeded
from limits.storage import Storage
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import TooManyRequests

from database.encryption import blind_index
from database.engine import Database
from database.tenancy import EVERYONE
from portal.runtime import Portal
from portal.store import rate_limits
from portal.web.errors import show_error

View = TypeVar("View", bound=Callable[..., Any])
KEY_PURPOSE = "rate limit"
REDIS_SECONDS = 1.0
"""A page waits no longer for its counters."""


class Limit(Enum):
    """Name, tries from one address, and whether only refused ones count."""

    LINK = ("link", "60/minute", True)
    PIN = ("pin", "10/minute", True)
    SIGN_IN = ("sign_in", "10/minute", True)
    RESCUE = ("rescue", "5/minute", False)


def limited(limit: Limit) -> Callable[[View], View]:
    """A refusal is any answer of 400 or above: a view says "no" with a status, not only with words."""

    def mark(view: View) -> View:
        view.limited_by = limit  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask, portal: Portal) -> None:
    """After all views are registered."""
    limiter = Limiter(
        key_func=_address,
        storage_uri=portal.settings.limits_url,
        storage_options=_options(portal),
        # While a Redis is away nobody is locked out, and no guess is free: each process counts for itself.
        in_memory_fallback_enabled=True,
        app=app,
    )
    # The library looks at every request, before it and twice behind it. Only limited views have something to find,
    # and they check for themselves: each takes along what counts its refusal.
    app.before_request_funcs[None].remove(limiter._check_request_limit)
    app.teardown_request_funcs[None].pop()
    count = app.after_request_funcs[None].pop()
    for endpoint, view in app.view_functions.items():
        limit = getattr(view, "limited_by", None)
        if limit is not None:
            app.view_functions[endpoint] = _counted(count, _around(limiter, limit)(view))
    app.register_error_handler(RateLimitExceeded, _show_too_many)


class DatabaseStorage(Storage):
    """Flask-Limiter's counters in our own table, so that all processes count together without a Redis."""

    STORAGE_SCHEME = ["database"]  # noqa: RUF012 — as the library declares it

    def __init__(self, uri: str, **options: Any) -> None:
        super().__init__(uri)
        self._database: Database = options["database"]
        self._clock: Callable[[], datetime] = options["clock"]

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with self._database.write(EVERYONE) as session:
            lasts = timedelta(seconds=expiry)
            return rate_limits.count(session, _hashed(key), amount, lasts, self._clock())

    def get(self, key: str) -> int:
        with self._database.read(EVERYONE) as session:
            row = rate_limits.counter(session, _hashed(key), self._clock())
            return row.hits if row else 0

    def get_expiry(self, key: str) -> float:
        """Seconds since 1970."""
        now = self._clock()
        with self._database.read(EVERYONE) as session:
            row = rate_limits.counter(session, _hashed(key), now)
            return (row.expires_at if row else now).timestamp()

    def check(self) -> bool:
        try:
            self.get("check")
        except SQLAlchemyError:
            return False
        return True

    def reset(self) -> int | None:
        with self._database.write(EVERYONE) as session:
            rate_limits.forget_all(session)
        return None

    def clear(self, key: str) -> None:
        with self._database.write(EVERYONE) as session:
            rate_limits.forget(session, _hashed(key))


def _options(portal: Portal) -> dict[str, Any]:
    if not portal.settings.limits_url.startswith("database:"):
        return {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
    clock = lambda: portal.clock()  # noqa: E731, PLW0108 — asked each time: it can be changed
    return {"database": portal.database, "clock": clock}


def _around(limiter: Limiter, limit: Limit) -> Callable[[Any], Any]:
    name, tries, only_refused = limit.value
    return limiter.shared_limit(tries, scope=name, deduct_when=_is_refused if only_refused else None)


def _counted(count: Callable[[Any], Any], view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def counted(*arguments: Any, **values: Any) -> Any:
        after_this_request(count)
        return view(*arguments, **values)

    return counted


def _address() -> str:
    """Never in the clear: the counters may lie in a Redis that others read."""
    return blind_index(KEY_PURPOSE, request.remote_addr or "")


def _is_refused(response: Response) -> bool:
    return response.status_code >= 400


def _hashed(key: str) -> str:
    return blind_index(KEY_PURPOSE, key)


def _show_too_many(error: RateLimitExceeded) -> Response:
    seconds = error.limit.limit.get_expiry() if error.limit else 60
    return show_error(TooManyRequests(retry_after=seconds))
