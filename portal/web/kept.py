"""What a citizen sent from a page of hers that had closed: it stands in the page that asks for her PIN, and is sent on
once she is in again. She alone: each form behind the PIN says whose it is, in a keyed hash, so that it is known though
the browser has lost its session, and on a phone that two share the words of one never land with the other."""

from __future__ import annotations

from hmac import compare_digest

from flask import Response, make_response, render_template, request

from database.encryption import blind_index
from portal.web import belated
from portal.web.context import actor_or_none
from portal.web.uploads import LEFT_BEHIND, were_sent

OWNER = "hvis"
SEND_ON = "send_on"
OF_THE_WAY_IN = frozenset({"csrf_token", "code", "pin", "til", SEND_ON})


def owner() -> str:
    """For the forms of this page: whose it is; nothing where nobody is signed in."""
    who = actor_or_none()
    return mark_of(who.citizen_id) if who is not None and who.citizen_id is not None else ""


def came_too_late() -> bool:
    """Whether somebody's words would be lost: one of our own pages sent a form of hers."""
    return belated.is_ours() and OWNER in request.form


def is_hers(citizen_id: int) -> bool:
    return compare_digest(request.form.get(OWNER, "").encode(), mark_of(citizen_id).encode())


def is_anothers(citizen_id: int) -> bool:
    """Whether this form was open on the phone while ``citizen_id`` signed in there."""
    return came_too_late() and not is_hers(citizen_id)


def waits() -> bool:
    """Whether the way in was sent with something to send on."""
    return SEND_ON in request.form


def fields() -> list[tuple[str, str]]:
    """What she sent, but for what belongs to the way in itself. Files cannot be sent twice: that they are missing is
    told where they were meant to go."""
    given = [(name, text) for name, text in request.form.items(multi=True) if name not in OF_THE_WAY_IN]
    return [*given, (LEFT_BEHIND, "1")] if were_sent() else given


def way_in() -> Response:
    """The page that asks for her PIN, with what she sent in it."""
    way_on = request.form.get("til", "") if waits() else request.path
    page = render_template("pages/citizen/pin.html", way_on=way_on, kept=fields())
    return make_response(page, 401)


def mark_of(citizen_id: int) -> str:
    return blind_index("whose form", str(citizen_id))[:16]
