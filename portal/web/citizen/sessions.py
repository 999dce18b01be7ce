"""A citizen who has signed in with her PIN: a signed cookie that ends idle, and with the PIN."""

from __future__ import annotations

from datetime import timedelta

from flask import session

from portal.domain.access import Role
from portal.services import pins
from portal.services.pins import CitizenIn
from portal.web.context import Actor, now, portal
from portal.web.language import suggest
from portal.web.live import is_asked_by_the_page
from portal.web.thread import question

KEY = "citizen"
CHOOSING = "choosing"
"""Who has typed the right letter code and is choosing a PIN."""
TIME_TO_CHOOSE = timedelta(minutes=30)
NOTE_AGAIN_SECONDS = 60


def let_in(who: CitizenIn) -> None:
    session.pop(CHOOSING, None)
    session[KEY] = [who.citizen_id, who.municipality_id, who.stamp, _seconds()]


def let_out() -> None:
    session.pop(KEY, None)
    session.pop(CHOOSING, None)


def begin_choosing(who: CitizenIn) -> None:
    session[CHOOSING] = [who.citizen_id, who.municipality_id, who.stamp, _seconds()]


def who_is_choosing() -> CitizenIn | None:
    return _held(CHOOSING, TIME_TO_CHOOSE)


def find_citizen() -> Actor | None:
    """Who is signed in with a PIN; the guards' finder."""
    who = _held(KEY, timedelta(minutes=portal().settings.citizen_idle_minutes))
    if who is None:
        return None
    with portal().database.read(who.municipality_id) as database:
        language = pins.still_in(database, who)
    if language is None:
        return None
    if question() is None and not is_asked_by_the_page():  # a page that looks by itself is nobody at work
        _note_use()
    suggest(language, who.municipality_id)
    return Actor(Role.CITIZEN_PIN, who.municipality_id, citizen_id=who.citizen_id)


def _held(key: str, idle: timedelta) -> CitizenIn | None:
    if key not in session:
        return None
    citizen_id, municipality_id, stamp, seen = session[key]
    if _seconds() - seen > idle.total_seconds():
        session.pop(key)
        return None
    return CitizenIn(citizen_id, municipality_id, stamp)


def _note_use() -> None:
    """At most once a minute: each note is a cookie on the wire."""
    citizen_id, municipality_id, stamp, seen = session[KEY]
    if _seconds() - seen >= NOTE_AGAIN_SECONDS:
        session[KEY] = [citizen_id, municipality_id, stamp, _seconds()]


def _seconds() -> int:
    return int(now().timestamp())
