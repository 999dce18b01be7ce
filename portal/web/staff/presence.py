"""…/her: who else has a thread or a text open. Asked by the page itself."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from i18n.locales import DEFAULT
from portal.domain.access import Resource
from portal.domain.form_texts import is_form_key
from portal.services import presence
from portal.services.presence import Look
from portal.store.presence import Place, text, thread
from portal.store.texts import LONGEST_KEY
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import glance
from portal.web.staff.texts import locale_or_404
from portal.web.thread import nothing_new


@staff.get("/borgere/<int:citizen_id>/samtale/her")
@guard(Resource.CITIZEN_THREAD)
def show_who_is_here(citizen_id: int) -> ResponseReturnValue:
    place = thread(citizen_id)
    with glance(citizen_id) as (session, _):
        here = _look(session, place)
    return _answer(place, here, "hours.presence.")


@staff.get("/tekster/<locale>/tekst/<key>/her")
@guard(Resource.TEXTS)
def show_who_translates(locale: str, key: str) -> ResponseReturnValue:
    locale_or_404(locale)
    is_known = portal().catalogs.entry(DEFAULT, key) or is_form_key(key)
    place = text(locale, key) if is_known and len(key) <= LONGEST_KEY else abort(404)
    with read() as session:
        here = _look(session, place)
    return _answer(place, here, "bench.presence.")


def _look(session: Session, place: Place) -> Look:
    return presence.look(session, place, actor().staff_id or 0, now(), writing=_writes())


def _answer(place: Place, here: Look, words: str) -> ResponseReturnValue:
    """``words``: what the keys of its two sentences begin with."""
    if here.is_due:
        with write() as session:
            presence.note(session, place, actor().staff_id or 0, now(), writing=_writes())
    if request.args.get("her") == here.state:
        return nothing_new()
    return render_template("fragments/thread/_here.html", here=here, words=words)


def _writes() -> bool:
    return "skriver" in request.args
