"""What the browser keeps of a sign-in with MitID while it goes on: where she is away to, and who came back."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from flask import session

from portal.services.openid.journey import TIME_TO_SIGN_IN, Journey
from portal.web.context import now

AWAY, ARRIVED = "mitid_away", "mitid_arrived"
MOST_AWAY = 3
"""Tabs in which she has begun; each is some 200 characters of a cookie."""


@dataclass(frozen=True)
class Errand:
    """``way_on``: where she was going. ``binds``: she comes to bind, whatever her MitID opens already."""

    journey: Journey
    way_on: str
    binds: bool


def set_out(errand: Errand) -> None:
    others = session.get(AWAY, [])
    session[AWAY] = [*others, [list(astuple(errand.journey)), errand.way_on, errand.binds]][-MOST_AWAY:]


def come_back(state: str) -> Errand | None:
    """The errand with this state, once."""
    away = session.pop(AWAY, [])
    session[AWAY] = [each for each in away if each[0][0] != state]
    for journey, way_on, binds in away:
        if journey[0] == state:
            return Errand(Journey(*journey), way_on, binds)
    return None


def arrive(subject_index: str, way_on: str) -> None:
    """She has proved who she is, and not yet which page is hers."""
    session[ARRIVED] = [subject_index, way_on, _seconds()]


def arrived() -> tuple[str, str] | None:
    """(The subject's index, where she was going) of who has just come back."""
    if ARRIVED not in session:
        return None
    subject_index, way_on, at = session[ARRIVED]
    if _seconds() - at > TIME_TO_SIGN_IN.total_seconds():
        forget_arrival()
        return None
    return subject_index, way_on


def forget_arrival() -> None:
    session.pop(ARRIVED, None)


def _seconds() -> int:
    return int(now().timestamp())
