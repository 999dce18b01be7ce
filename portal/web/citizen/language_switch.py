"""The language switch of the citizens' pages: in each language's own name, and back to the same place.

Where we know whose page it is, the choice is posted and kept with her: the next SMS comes in it too. Elsewhere it is a
``?sprog=`` in the address, kept in a cookie; who then signs in soon after takes it with her.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, g, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from i18n.locales import LOCALES, Locale
from portal.domain.access import Resource
from portal.services import contact_wishes
from portal.services.mitid import MitIdIn
from portal.services.pins import CitizenIn
from portal.web.citizen.blueprint import citizen
from portal.web.context import actor, actor_or_none, now, portal, write
from portal.web.guards import guard
from portal.web.language import COOKIE, just_chosen, suggest, texts

HERE = "skift"
"""``POST ?skift`` to a question's own address: the script moves the address on, and the switch with it."""


@dataclass(frozen=True)
class Switch:
    """``action``: where the choice is posted; empty where it goes into this page's own address. ``is_hers``: on a page
    behind the PIN, whose forms say so. ``kept`` goes with it."""

    action: str
    is_hers: bool
    kept: tuple[tuple[str, str], ...]
    others: tuple[Locale, ...]


def switch_at(action: str) -> None:
    """Where this page's switch posts: an address that nobody else can know."""
    g.language_switch = action


@citizen.post("/hjem/sprog")
@guard(Resource.OWN_HISTORY)
def choose_language() -> ResponseReturnValue:
    citizen_id = actor().citizen_id
    if citizen_id is None:
        abort(403)
    keep_choice(citizen_id)
    return redirect(_way_back(request.form.get("til", "")), 303)


def keep_choice(citizen_id: int) -> None:
    """What was posted becomes her language, on this page too."""
    code = posted()
    with write() as session:
        contact_wishes.choose_language(session, citizen_id, code, now())
    suggest(code, actor().municipality_id)


def posted() -> str:
    code = request.form.get(COOKIE, "")
    return code if code in LOCALES else abort(400)


def take_choice_along(who: CitizenIn | MitIdIn) -> None:
    """She chose on the page where she signed in: that was her."""
    code = just_chosen()
    if code is not None:
        with portal().write(who.municipality_id) as session:
            contact_wishes.choose_language(session, who.citizen_id, code, now())


@citizen.record_once
def give_to_layout(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["language_switch"] = _language_switch


def _language_switch(leads_nowhere: bool) -> Switch:
    """``leads_nowhere``: this page is an error, and no place to come back to."""
    others = tuple(locale for locale in LOCALES.values() if locale.code != texts().locale.code)
    action = g.get("language_switch")
    if action:
        return Switch(action, False, (), others)
    who = actor_or_none()
    if who is not None and who.citizen_id is not None:
        return Switch(
            url_for("citizen.choose_language"),
            True,
            () if leads_nowhere else (("til", request.path),),
            others,
        )
    kept = tuple((name, value) for name, value in request.args.items() if name != COOKIE)
    return Switch("", False, kept, others)


def _way_back(path: str) -> str:
    """The page she came from, if it is one of the citizens'."""
    adapter = current_app.url_map.bind("")
    try:
        endpoint, _ = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        endpoint = ""
    return path if path.startswith("/") and endpoint.startswith("citizen.") else url_for("citizen.show_home")
