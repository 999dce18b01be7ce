"""What a citizen sent after her session had ended: it stands in the page that asks for her PIN, and is sent on once
she is in again. She alone: on a phone that two share, the words of one never land with the other."""

from __future__ import annotations

from flask import request, session

LAPSED = "lapsed"
"""Whose session ended idle on this browser."""
SEND_ON = "send_on"
OF_THE_WAY_IN = frozenset({"csrf_token", "code", "pin", "til", SEND_ON})


def lapse(citizen_id: int) -> None:
    session[LAPSED] = citizen_id


def forget() -> None:
    session.pop(LAPSED, None)


def came_too_late() -> bool:
    """Whether somebody's words would be lost: a form of a page of hers, sent with the browser that she used."""
    return request.method == "POST" and LAPSED in session


def is_hers(citizen_id: int) -> bool:
    return session.get(LAPSED) == citizen_id


def waits() -> bool:
    """Whether the way in was sent with something to send on."""
    return SEND_ON in request.form


def fields() -> list[tuple[str, str]]:
    """What she sent, but for what belongs to the way in itself."""
    return [(name, text) for name, text in request.form.items(multi=True) if name not in OF_THE_WAY_IN]
