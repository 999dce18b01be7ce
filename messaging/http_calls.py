"""One HTTP call to a provider, and what is certain about a message when the call came to nothing.

The one door to `requests`; Twilio's library calls by itself and uses `never_left` and `retry_after` alone, Authlib's
calls through `Limited`.
"""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError
from urllib3.exceptions import SSLError as Urllib3SSLError

from messaging.gateway import Busy, Trouble, Unsure

TIMEOUT_SECONDS = 10.0
LONGEST_ANSWER = 64 * 1024
"""Bytes; whatever is longer is no provider's answer."""
A_DAY = 86_400
THREADS = 64
"""How many may send at the same time, each on a connection that is kept."""
# Only these two say that the request was turned away; other server errors may come after it was taken.
TURNED_AWAY = {429: Trouble.TOO_MANY_REQUESTS, 503: Trouble.PROVIDER_DOWN}


@dataclass(frozen=True)
class Answer:
    """What a provider answered, other than "come again later"."""

    status: int
    body: bytes


class Caller:
    """Posts to one provider. `timeout` (seconds) holds for the connection, each silence, and the whole answer."""

    def __init__(self, timeout: float = TIMEOUT_SECONDS) -> None:
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=THREADS))
        self._timeout = timeout

    def post(self, url: str, **request: Any) -> Answer | Busy | Unsure:
        """`request` as for `requests`. A redirect is not followed: a message is handed over once, to one server."""
        until = time.monotonic() + self._timeout
        try:
            with self._session.post(
                url, timeout=self._timeout, allow_redirects=False, stream=True, **request
            ) as response:
                if response.status_code in TURNED_AWAY:
                    return turned_away(response.status_code, response.headers)
                body = read_within(response, until)
        except requests.RequestException as error:
            return Busy(Trouble.NO_CONNECTION) if never_left(error) else Unsure(Trouble.NO_ANSWER)
        except HTTPError:
            return Unsure(Trouble.NO_ANSWER)
        return Unsure(Trouble.NO_ANSWER) if body is None else Answer(response.status_code, body)


CallFailedError = requests.RequestException
"""What a call through `Limited` raises when no whole answer came."""


class Limited(HTTPAdapter):
    """For a library with a session of its own: each call ends in `seconds`, and no answer is longer than ours."""

    def __init__(self, seconds: float = TIMEOUT_SECONDS) -> None:
        super().__init__()
        self._seconds = seconds

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        until = time.monotonic() + self._seconds
        response = super().send(request, **(options | {"timeout": self._seconds, "stream": True}))
        try:
            body = read_within(response, until)
        except HTTPError as error:
            raise requests.ConnectionError(error, request=request) from error
        finally:
            response.close()
        if body is None:
            raise requests.ReadTimeout("the answer is too long or too slow", request=request)
        response.raw = io.BytesIO(body)
        return response


def turned_away(status: int, headers: Mapping[str, str] | None) -> Busy:
    return Busy(TURNED_AWAY[status], retry_after(headers), code=str(status))


def never_left(error: requests.RequestException) -> bool:
    """Whether the connection failed before a byte of the request was sent."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(reason, Urllib3SSLError):
        return bool(reason.args) and isinstance(reason.args[0], ssl.SSLCertVerificationError)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def retry_after(headers: Mapping[str, str] | None) -> timedelta | None:
    """RFC 9110 §10.2.3: seconds, or a date."""
    value = (headers or {}).get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), A_DAY))
    try:
        return max(parsedate_to_datetime(value) - datetime.now(UTC), timedelta())
    except (ValueError, TypeError):
        return None


def read_within(response: requests.Response, until: float) -> bytes | None:
    """The whole body; None when it is too long, or comes so slowly that `until` (monotonic seconds) is passed."""
    body = b""
    while piece := response.raw.read1(LONGEST_ANSWER, decode_content=True):
        body += piece
        if len(body) > LONGEST_ANSWER or time.monotonic() > until:
            return None
    return body
