"""The citizens' pages: one blueprint, one layout."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, g
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from i18n.locales import LOCALES, Locale
from portal.store.municipalities import Office
from portal.web.context import actor_or_none, portal
from portal.web.language import texts

citizen = Blueprint("citizen", __name__)
PROOF_OF_TRANSLATION = "citizen.welcome.begin"
"""A language in which the citizens' pages stand has this text."""


class TokenConverter(BaseConverter):
    """Exactly the 22 characters of a link's token; any fixed path of that length goes before it."""

    regex = "[A-Za-z0-9]{22}"
    part_isolating = True


@citizen.record
def register_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["token"] = TokenConverter


def page_languages() -> tuple[str, ...]:
    """The languages in which the citizens' pages themselves stand."""
    entries = portal().catalogs.entries
    return tuple(code for code in LOCALES if PROOF_OF_TRANSLATION in entries.get(code, {}))


def offer_languages(codes: tuple[str, ...]) -> None:
    """What the language switch of this page offers: those that the form has texts in."""
    g.offered_languages = codes


def office() -> Office | None:
    """Who asks, where the reader's municipality is known or there is but one."""
    who = actor_or_none()
    municipality_id = who.municipality_id if who else g.get("texts_of")
    return portal().offices.of(municipality_id) if municipality_id else portal().offices.only()


@citizen.record_once
def give_to_layout(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        office=office,
        other_languages=_other_languages,
        direction_of=lambda code: LOCALES[code].direction,
        has_page=lambda endpoint: endpoint in current_app.view_functions,
        link_host=lambda: urlsplit(portal().settings.link_url).netloc,
    )


def _other_languages() -> list[Locale]:
    codes = g.get("offered_languages") or page_languages()
    return [LOCALES[code] for code in codes if code in LOCALES and code != texts().locale.code]
