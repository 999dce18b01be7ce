"""The cookie of a signed-in browser, and who it belongs to."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request

from portal.domain.sign_in import LONGEST_SESSION
from portal.services import sign_in as services
from portal.services.sign_in import Visitor
from portal.web.context import Actor, now, portal
from portal.web.live import is_asked_by_the_page
from portal.web.respond import wants_fragment

COOKIE = "taletid_staff"
LONGEST_TOKEN = 64


def idle_limit() -> timedelta:
    return timedelta(minutes=portal().settings.staff_idle_minutes)


def find_staff() -> Actor | None:
    """Who is signed in as staff in this browser; the guards' finder."""
    token = request.cookies.get(COOKIE, "")
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    visitor = services.find_visitor(portal().database, token, now(), idle_limit())
    if visitor is None:
        return None
    if not _fetched_by_the_page():
        services.note_use(portal().database, visitor, now())
    return _actor(visitor)


def keep_token(response: Response, token: str) -> Response:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST_SESSION.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=portal().settings.secure_cookies,
    )
    return response


def forget_token(response: Response) -> Response:
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=portal().settings.secure_cookies)
    return response


def _fetched_by_the_page() -> bool:
    """A page that looks for news by itself is nobody at work: it must not keep a session open."""
    return request.method == "GET" and (wants_fragment() or is_asked_by_the_page())


def _actor(visitor: Visitor) -> Actor:
    return Actor(
        role=visitor.role,
        municipality_id=visitor.municipality_id,
        municipality=visitor.municipality,
        staff_id=visitor.staff_id,
        team_id=visitor.team_id,
        session_id=visitor.session_id,
        name=visitor.name,
    )
