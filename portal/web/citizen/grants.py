"""The grant: a signed cookie that lets this browser answer one form, and nothing else.

It is tied to the form's own path, so the browser does not even send it elsewhere. It ends by itself; the link in
the SMS gives a new one, and what was answered is there. It also holds the language of the pages around the form,
which the form itself may not have.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from portal.domain.access import Role
from portal.web.context import Actor, now, portal
from portal.web.language import suggest, texts

COOKIE = "svar"
LIFETIME = timedelta(hours=12)
"""A day's pause, on a phone that others may borrow."""


def give_grant(response: Response, ref: str, municipality_id: int) -> Response:
    expires = int((now() + LIFETIME).timestamp())
    response.set_cookie(
        COOKIE,
        _serializer().dumps([ref, municipality_id, expires, texts().locale.code]),
        max_age=int(LIFETIME.total_seconds()),
        path=f"/svar/{ref}",
        httponly=True,
        samesite="Lax",
        secure=portal().settings.secure_cookies,
    )
    return response


def find_grant_holder() -> Actor | None:
    """Who may answer the form in the address; the guards' finder. Asks no database."""
    ref = (request.view_args or {}).get("ref")
    cookie = request.cookies.get(COOKIE)
    if ref is None or not cookie:
        return None
    try:
        granted, municipality_id, expires, language = _read(str(current_app.secret_key), cookie)
    except (BadSignature, ValueError, TypeError):
        return None
    if granted != ref or now().timestamp() >= expires:
        return None
    suggest(language, municipality_id)
    return Actor(role=Role.CITIZEN_LINK, municipality_id=municipality_id, response_ref=ref)


def _serializer() -> URLSafeSerializer:
    return _serializer_with(str(current_app.secret_key))


@lru_cache(maxsize=2000)
def _read(secret_key: str, cookie: str) -> tuple[str, int, int, str]:
    """What we signed stays signed: the same cookie comes with each answer of a form."""
    granted, municipality_id, expires, language = _serializer_with(secret_key).loads(cookie)
    return granted, municipality_id, expires, language


@lru_cache(maxsize=8)
def _serializer_with(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="grant")
