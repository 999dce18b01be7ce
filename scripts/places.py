"""Which text stands on which page, written into portal/content: make places."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from i18n.locales import DEFAULT
from i18n.texts import shipped_catalogs
from portal.app import create_app
from portal.config import Settings
from portal.services import publishing, text_check
from portal.services.specimen import marks, places
from portal.services.specimen.marks import Sighting
from portal.services.specimen.pages import PAGES
from portal.services.specimen.stage import Backdrop
from portal.services.specimen.town import OFFICE
from portal.web.specimen import EXTENSION, Specimens


def found(app: Flask) -> str:
    """The file as it should be, by opening every page in Danish."""
    specimens: Specimens = app.extensions[EXTENSION]
    town = specimens.town(publishing.shipped_forms())
    seen: dict[str, tuple[Sighting, ...]] = {}
    templates: dict[str, tuple[str, ...]] = {}
    for name, page in PAGES.items():
        shot = specimens.shoot(town, page, DEFAULT, Backdrop(OFFICE))
        seen[name], templates[name] = marks.show(shot.html, shot.marks).sightings, shot.templates
    return places.as_json(places.complete(seen, _reach(templates), shipped_catalogs()))


def _reach(templates: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    named = {page.name: frozenset(page.keys) for page in text_check.pages(shipped_catalogs())}
    return {
        page: frozenset(key for name in names for key in named.get(name, ()))
        for page, names in templates.items()
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        secret = secrets.token_hex()
        settings = Settings(secret, (secret,), secret, database_url=f"sqlite:///{Path(folder)}/none.db")
        places.FILE.write_text(found(create_app(settings)), encoding="utf-8")
    print(places.FILE)


if __name__ == "__main__":
    main()
