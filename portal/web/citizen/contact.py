"""/hjem/kontakt: how she wants to be contacted. Tap the row, tap the choice; then the page says what is true now."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.domain.contact_wishes import CAPS, DAYS, HOURS, PartOfDay
from portal.services import contact_wishes
from portal.services.contact import LONGEST_WORD
from portal.services.contact_wishes import Refusal, Wish, Wishes
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.own import own_id
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.language import t, texts, texts_in

LONGEST_VALUE = 80
ADDRESS = "/hjem/kontakt/<wish>"
WORDS = {"caps": CAPS, "days": DAYS, "parts": list(PartOfDay), "hours": HOURS, "longest_word": LONGEST_WORD}


@citizen.get("/hjem/kontakt")
@guard(Resource.OWN_THREAD)
def show_wishes() -> ResponseReturnValue:
    return render_template("pages/citizen/contact.html", wishes=_wishes(), **WORDS)


@citizen.get(ADDRESS)
@guard(Resource.OWN_THREAD)
def show_wish(wish: str) -> ResponseReturnValue:
    return _page(_wish(wish))


@citizen.post(ADDRESS)
@guard(Resource.OWN_THREAD)
def choose_wish(wish: str) -> ResponseReturnValue:
    what, value = _wish(wish), request.form.get("value", "")[:LONGEST_VALUE]
    with write() as session:
        refusal = contact_wishes.choose(session, own_id(), what, value, now())
    if refusal is not None:
        return _page(what, refusal, value), 422
    return _done(what)


def _wish(name: str) -> Wish:
    return Wish(name) if name in set(Wish) else abort(404)


def _done(wish: Wish) -> ResponseReturnValue:
    """Her days are chosen one by one, so she stays where she is; a new language is the page's from now on."""
    wishes = _wishes()
    language = wishes.language if wish is Wish.LANGUAGE else None
    flash(_now_true(wish, wishes, language))
    if wish is Wish.DAYS:
        return redirect(url_for("citizen.show_wish", wish=wish.value), 303)
    return redirect(url_for("citizen.show_wishes", sprog=language), 303)


def _now_true(wish: Wish, wishes: Wishes, language: str | None) -> str:
    said = texts_in(language) if language else texts()
    key = "contact.now.no_word" if wish is Wish.WORD and not wishes.kendeord else f"contact.now.{wish.value}"
    start, end = HOURS[wishes.hours]
    return said(
        key,
        language=LOCALES[wishes.language].name,
        n=wishes.cap,
        start=said.clock(start),
        end=said.clock(end),
        days=said.listed([said.day_name(day) for day in wishes.day_list]),
        word=said.isolate(wishes.kendeord or ""),
    )


def _page(wish: Wish, refusal: Refusal | None = None, typed: str | None = None) -> str:
    page = "word" if wish is Wish.WORD else "choice"
    return render_template(
        f"pages/citizen/contact_{page}.html",
        wish=wish.value,
        wishes=_wishes(),
        languages=LOCALES.values(),
        problem=t(f"contact.refused.{refusal}") if refusal else "",
        typed=typed,
        **WORDS,
    )


def _wishes() -> Wishes:
    with read() as session:
        return contact_wishes.own_wishes(session, own_id())
