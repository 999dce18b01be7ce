"""The broker of this installation, where there is one: pages that need it ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, current_app

from portal.config import Settings
from portal.runtime import Portal

if TYPE_CHECKING:  # imported where there is a broker: it brings libraries for 9 MB
    from portal.services.openid.broker import Broker

RETURN, GOODBYE = "/mitid/retur", "/mitid/ude"
"""Registered with the broker, below PUBLIC_URL."""


def install(app: Flask, settings: Settings, portal: Portal) -> None:
    app.extensions["mitid"] = _build(settings, portal)
    app.add_template_global(lambda: broker() is not None, "has_mitid")
    host = urlsplit(settings.public_url).netloc
    app.add_template_global(lambda path: f"{host}{path}", "own_address")  # as a person types it


def broker() -> Broker | None:
    found: Broker | None = current_app.extensions["mitid"]
    return found


def _build(settings: Settings, portal: Portal) -> Broker | None:
    if settings.mitid is None:
        return None
    from portal.services.openid.broker import Broker  # noqa: PLC0415

    home = settings.public_url
    clock = lambda: portal.clock()  # noqa: E731, PLW0108 — asked each time: it can be changed
    return Broker(settings.mitid, f"{home}{RETURN}", f"{home}{GOODBYE}", clock)
