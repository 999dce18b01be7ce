"""A citizen who has signed in, with her PIN or with MitID: a signed cookie that ends idle, and with what let her in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import session

from portal.domain.access import Role
from portal.domain.step_down import level
from portal.services import mitid, pins
from portal.services.mitid import MitIdIn
from portal.services.pins import CitizenIn
from portal.web.context import Actor, now, portal
from portal.web.language import suggest
from portal.web.live import is_asked_by_the_page
from portal.web.signatures import FIELD
from portal.web.thread import question

KEY = "citizen"
MITID = "mitid"
CHOOSING = "choosing"
"""Who has typed the right letter code and is choosing a PIN."""
TIME_TO_CHOOSE = timedelta(minutes=30)
NOTE_AGAIN_SECONDS = 60


def let_in(who: CitizenIn) -> None:
    let_out()
    session[KEY] = [who.citizen_id, who.municipality_id, who.stamp, _seconds()]


def let_in_with_mitid(who: MitIdIn) -> None:
    let_out()
    session[MITID] = [who.citizen_id, who.municipality_id, who.binding_id, _seconds(), _seconds()]


def let_out() -> None:
    for key in (KEY, MITID, CHOOSING):
        session.pop(key, None)


def end_visit() -> None:
    """Also for what was typed on the way in: it is kept for the visit, which the token names."""
    let_out()
    session.pop(FIELD, None)


def came_with_mitid() -> bool:
    return MITID in session


def begin_choosing(who: CitizenIn) -> None:
    session[CHOOSING] = [who.citizen_id, who.municipality_id, who.stamp, _seconds()]


def who_is_choosing() -> CitizenIn | None:
    return CitizenIn(*session[CHOOSING][:3]) if _is_held(CHOOSING, TIME_TO_CHOOSE) else None


def is_at_home(citizen_id: int) -> bool:
    """Whether she is signed in beside the link of a form, as far as the cookie can say."""
    return any(_is_held(key, _idle()) and session[key][0] == citizen_id for key in (KEY, MITID))


def find_citizen() -> Actor | None:
    """Who is signed in; the guards' finder."""
    return _by_pin() or _by_mitid()


def _by_pin() -> Actor | None:
    if not _is_held(KEY, _idle()):
        return None
    who = CitizenIn(*session[KEY][:3])
    with portal().database.read(who.municipality_id) as database:
        language = pins.still_in(database, who)
    return _at_home(KEY, Role.CITIZEN_PIN, who.citizen_id, who.municipality_id, language)


def _by_mitid() -> Actor | None:
    if not _is_held(MITID, _idle()):
        return None
    who, proved_at = MitIdIn(*session[MITID][:3]), datetime.fromtimestamp(session[MITID][3], UTC)
    with portal().database.read(who.municipality_id) as database:
        language = mitid.still_in(database, who)
    return _at_home(MITID, level(proved_at, now()), who.citizen_id, who.municipality_id, language)


def _at_home(
    key: str, role: Role, citizen_id: int, municipality_id: int, language: str | None
) -> Actor | None:
    """``language`` is None once what let her in no longer does."""
    if language is None:
        return None
    if question() is None and not is_asked_by_the_page():  # a page that looks by itself is nobody at work
        _note_use(key)
    suggest(language, municipality_id)
    return Actor(role, municipality_id, citizen_id=citizen_id)


def _is_held(key: str, idle: timedelta) -> bool:
    if key not in session:
        return False
    if _seconds() - session[key][-1] > idle.total_seconds():
        session.pop(key)
        return False
    return True


def _note_use(key: str) -> None:
    """At most once a minute: each note is a cookie on the wire."""
    *who, seen = session[key]
    if _seconds() - seen >= NOTE_AGAIN_SECONDS:
        session[key] = [*who, _seconds()]


def _idle() -> timedelta:
    return timedelta(minutes=portal().settings.citizen_idle_minutes)


def _seconds() -> int:
    return int(now().timestamp())
