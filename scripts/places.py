"""Which text stands on which page, written into portal/content: make places."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path

from flask import Flask

from i18n.checks import SECOND, met_by_citizens
from i18n.locales import DEFAULT
from i18n.texts import shipped_catalogs
from portal.app import create_app
from portal.config import Settings
from portal.services import publishing
from portal.services.specimen import marks, places
from portal.services.specimen.marks import Sighting
from portal.services.specimen.pages import PAGES
from portal.services.specimen.stage import Backdrop
from portal.services.specimen.town import OFFICE
from portal.web.specimen import EXTENSION, Specimens


def found(app: Flask) -> str:
    """The file as it should be, by opening every page in Danish and in a translation."""
    specimens: Specimens = app.extensions[EXTENSION]
    town = specimens.town(publishing.shipped_forms())

    def seen(locale: str) -> dict[str, tuple[Sighting, ...]]:
        shots = {name: specimens.shoot(town, page, locale, Backdrop(OFFICE)) for name, page in PAGES.items()}
        return {name: marks.show(shot.html, shot.marks).sightings for name, shot in shots.items()}

    return places.as_json(places.complete(seen(DEFAULT), seen(SECOND), met_by_citizens(shipped_catalogs())))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        secret = secrets.token_hex()
        settings = Settings(secret, (secret,), secret, database_url=f"sqlite:///{Path(folder)}/none.db")
        places.FILE.write_text(found(create_app(settings)), encoding="utf-8")
    print(places.FILE)


if __name__ == "__main__":
    main()
