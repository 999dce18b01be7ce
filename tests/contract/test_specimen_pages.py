"""Every page of the sample town, opened once: the texts stand where the file says, and nothing leaves the town."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask

from database.engine import Database
from i18n.texts import shipped_catalogs
from portal.app import create_app
from portal.runtime import Portal
from portal.services import publishing
from portal.services.specimen import places
from portal.services.specimen.marks import SIGN, show
from portal.services.specimen.over import Wish
from portal.services.specimen.pages import PAGES
from portal.services.specimen.stage import NOW, Backdrop
from portal.services.specimen.town import OFFICE
from portal.services.texts.bench import Bench
from portal.web.specimen import EXTENSION, Specimens
from scripts import places as script
from tests.conftest import add_municipality
from tests.web.conftest import settings_for

TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
FAILS = {"error_server", "error_unavailable", "mitid_down"}
"""Pages of what went wrong with us."""


@pytest.fixture(scope="module")
def app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    path = tmp_path_factory.mktemp("specimen") / "taletid.db"
    path.write_bytes(sqlite_template.read_bytes())
    app = create_app(settings_for(f"sqlite:///{path}"))
    add_municipality(portal_of(app).database)
    yield app
    portal_of(app).database.dispose()


@pytest.fixture(scope="module")
def written(app: Flask) -> str:
    """The file as it should be, made while everything real is out of reach."""

    def unreachable(*_: object, **__: object) -> None:
        raise AssertionError("the sample town reached for something real")

    real = portal_of(app)
    publishing.shipped_forms()
    with (
        patch.object(real, "database", _Unreachable()),
        patch.object(real.overlays, "of", unreachable),
        patch.object(real.offices, "of", unreachable),
        patch.object(real.gateway, "send", unreachable),
        patch.object(real, "wake_delivery", unreachable),
        patch.object(real, "wake_inbound", unreachable),
        patch.object(socket.socket, "connect", unreachable),
        patch.object(Database, "__init__", unreachable),
    ):
        return script.found(app)


def test_where_the_texts_stand_is_as_the_file_says(written: str) -> None:
    assert written == places.FILE.read_text(encoding="utf-8"), "run “make places”"


def test_every_page_comes_and_none_fails(app: Flask, written: str) -> None:
    specimens = specimens_of(app)
    town = specimens.town(publishing.shipped_forms())
    broken = {
        name
        for name, page in PAGES.items()
        if name not in FAILS and specimens.shoot(town, page, "ar", Backdrop(OFFICE)).status >= 500
    }
    assert not broken


def test_a_page_is_the_same_today_and_tomorrow(app: Flask) -> None:
    specimens = specimens_of(app)
    town = specimens.town(publishing.shipped_forms())
    shots = [specimens.shoot(town, PAGES["home"], "da", Backdrop(OFFICE)) for _ in range(2)]
    first, second = (TOKEN.sub("", show(shot.html, shot.marks).html) for shot in shots)
    assert first == second
    assert specimens.stage.portal.clock() == NOW


def test_every_text_of_a_form_is_found_on_the_page_that_its_key_names(app: Flask) -> None:
    bench = Bench(shipped_catalogs(), {}, forms=publishing.shipped_forms())
    keys = bench.keys("form.progression_citizen")
    found: dict[str, set[str]] = {}
    for page in {places.page_of_form_text(key) for key in keys}:
        shot = specimens_of(app).look(Wish("ti", page), bench, OFFICE)
        assert shot is not None, page
        found[page] = {each.key for each in show(shot.html, shot.marks).sightings}
    assert {key for key in keys if key not in found[places.page_of_form_text(key)]} == set()


def test_the_real_pages_keep_no_sign_of_the_sample_town(app: Flask, written: str) -> None:
    client = app.test_client()
    for address in ("/", "/aegte", "/privatliv", "/visning", "/kode/brev"):
        assert not SIGN.search(client.get(address).get_data(as_text=True))


def test_the_sample_town_has_a_key_and_a_database_of_its_own(app: Flask) -> None:
    town_app = specimens_of(app).app
    assert town_app.secret_key != app.secret_key
    assert portal_of(town_app).database is not portal_of(app).database
    assert portal_of(town_app).queue is None


def test_what_the_sample_town_would_send_goes_nowhere(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="no phones"):
        portal_of(specimens_of(app).app).gateway.send(None)  # type: ignore[arg-type]


class _Unreachable:
    def __getattr__(self, name: str) -> None:
        raise AssertionError(f"the sample town reached for the real database ({name})")


def specimens_of(app: Flask) -> Specimens:
    found: Specimens = app.extensions[EXTENSION]
    return found


def portal_of(app: Flask) -> Portal:
    found: Portal = app.extensions["taletid"]
    return found
