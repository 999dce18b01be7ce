"""Pages for anyone: is this SMS real, privacy, accessibility. The same for all, so they may be kept on the way."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.services import rights_settings
from portal.services.rights_settings import Published
from portal.store import former_senders
from portal.store.former_senders import FormerSender
from portal.web.citizen.blueprint import citizen
from portal.web.context import portal
from portal.web.guards import public
from portal.web.language import COOKIE

KEPT_SECONDS = 300
FOR_ANYONE = "for anyone to read, and the same for all"


@citizen.get("/aegte")
@citizen.get("/aegte/<kommune>")
@public("for whoever wonders whether an SMS is ours")
def show_is_it_real(kommune: str = "") -> ResponseReturnValue:
    _of(kommune)
    return kept(render_template("pages/citizen/is_it_real.html", former=_former_senders()))


@citizen.get("/privatliv")
@citizen.get("/privatliv/<kommune>")
@public(FOR_ANYONE)
def show_privacy(kommune: str = "") -> ResponseReturnValue:
    return kept(render_template("pages/citizen/privacy.html", published=_of(kommune)))


@citizen.get("/tilgaengelighed")
@citizen.get("/tilgaengelighed/<kommune>")
@public(FOR_ANYONE)
def show_accessibility(kommune: str = "") -> ResponseReturnValue:
    return kept(render_template("pages/citizen/accessibility.html", published=_of(kommune)))


@citizen.get("/was")
@public("the short address that the law gives an accessibility statement")
def show_statement() -> ResponseReturnValue:
    published = _of("")
    return redirect(published.statement_url or url_for("citizen.show_accessibility"))


def kept(page: str) -> Response:
    """Anyone on the way may keep it for some minutes. What differs is her language and how the page is to look:
    both are cookies; and a choice of language sets one, so that answer is hers alone."""
    response = make_response(page)
    if COOKIE not in request.args:
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response


def _former_senders() -> Sequence[FormerSender]:
    """Of the municipality that the page is about: older SMS stand on her phone under the name and number of then."""
    if "texts_of" not in g:
        return ()
    with portal().database.read(g.texts_of) as session:
        return former_senders.all_of(session)


def _of(slug: str) -> Published:
    """Whose page it is: the one named, or the only one there is; nobody's where there are several."""
    offices = portal().offices
    municipality_id = offices.by_slug(slug) if slug else offices.only_id()
    if municipality_id is None:
        return Published() if not slug else abort(404)
    g.texts_of = municipality_id
    g.pop("texts", None)
    with portal().database.read(municipality_id) as session:
        return rights_settings.published(session)
