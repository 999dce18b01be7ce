"""The whole application, and two municipalities of which the first has a row of everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from database.engine import Database
from portal.app import create_app
from tests.conftest import NOW
from tests.integration.test_tenancy import World
from tests.web.conftest import settings_for


@pytest.fixture
def app(sqlite_url: str) -> Iterator[Flask]:
    app = create_app(settings_for(sqlite_url))
    app.config["WTF_CSRF_ENABLED"] = False
    portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    yield app
    portal.database.dispose()


@pytest.fixture
def world(app: Flask) -> World:
    database: Database = app.extensions["taletid"].database
    return World(database)
