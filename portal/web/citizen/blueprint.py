"""The citizens' pages: one blueprint, one layout."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, g
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from i18n.locales import LOCALES
from portal.store.municipalities import Office
from portal.web import kept
from portal.web.context import actor_or_none, portal

citizen = Blueprint("citizen", __name__)


class TokenConverter(BaseConverter):
    """Exactly the 22 characters of a link's token; any fixed path of that length goes before it."""

    regex = "[A-Za-z0-9]{22}"
    part_isolating = True


@citizen.record
def register_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["token"] = TokenConverter


def office() -> Office | None:
    """Who asks, where the reader's municipality is known or there is but one."""
    who = actor_or_none()
    municipality_id = who.municipality_id if who else g.get("texts_of")
    return portal().offices.of(municipality_id) if municipality_id else portal().offices.only()


@citizen.record_once
def give_to_layout(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        office=office,
        form_owner=kept.owner,
        direction_of=lambda code: LOCALES[code].direction,
        has_page=lambda endpoint: endpoint in current_app.view_functions,
        link_host=lambda: urlsplit(portal().settings.link_url).netloc,
    )
