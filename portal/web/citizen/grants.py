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
WRITER, WRITES = "skriver", "citizen.write_to_caseworker"
STILL_WRITES = timedelta(days=7)
"""So long a message from a page that slept in a tab is taken: who holds a phone can write an SMS in her name, too."""


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


def leave_to_write(ref: str, municipality_id: int) -> str:
    """Stands in a page that a grant has opened: what is written there is taken though the grant ends meanwhile."""
    until = int((now() + STILL_WRITES).timestamp())
    return str(_sealed_with(str(current_app.secret_key)).dumps([ref, municipality_id, until]))


def find_late_writer() -> Actor | None:
    """Who sends a message from a page that has closed; the guards' finder. It lets nobody see anything."""
    sealed = request.form.get(WRITER) if request.endpoint == WRITES else None
    if not sealed:
        return None
    try:
        ref, municipality_id, until = _sealed_with(str(current_app.secret_key)).loads(sealed)
    except (BadSignature, ValueError, TypeError):
        return None
    if ref != (request.view_args or {}).get("ref") or now().timestamp() >= until:
        return None
    return Actor(Role.CITIZEN_LINK, municipality_id, response_ref=ref, may_only_write=True)


@lru_cache(maxsize=8)
def _sealed_with(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="leave to write")


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
