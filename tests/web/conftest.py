"""The whole application on a SQLite database of the test's own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from database.encryption import blind_index
from database.engine import Database
from portal.app import Application, create_app
from portal.config import Settings
from portal.runtime import Portal
from portal.services import credentials
from portal.services.sign_in import TOKEN_PURPOSE
from portal.store import overlays
from portal.store.people import Staff, StaffSession
from portal.web import again
from portal.web.staff.sessions import COOKIE
from tests import factories
from tests.cases import Case, make_case
from tests.conftest import KEYRING, NOW
from tests.once import COMPILED

SAYS_WHAT_IT_READS = ("HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT", "HTTP_SEC_FETCH_SITE")


def settings_for(database_url: str, **values: object) -> Settings:
    return Settings(
        secret_key="a secret key that serves tests only, long",
        encryption_keys=KEYRING.encryption_keys,
        index_secret=KEYRING.index_secret,
        database_url=database_url,
        **values,  # type: ignore[arg-type]
    )


def sign_in_as(client: FlaskClient, database: Database, staff: Staff, now: datetime = NOW) -> None:
    """Puts a session's cookie into the client, without the way through the sign-in page."""
    token = secrets.token_urlsafe(32)
    row = StaffSession(
        staff_id=staff.id,
        token_index=blind_index(TOKEN_PURPOSE, token),
        device="Firefox, Linux",
        created_at=now,
        last_seen_at=now,
    )
    with database.write(staff.municipality_id) as session:
        session.add(row)
    client.set_cookie(COOKIE, token)


class Browser(FlaskClient):
    """Goes on to the page that answers a form: it has an address of its own (`portal.web.again`)."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        answer = super().open(*arguments, **options)
        if f"?{again.FIELD}=" not in (answer.location or ""):
            return answer
        asked = answer.request
        wire = {
            name: asked.environ[name]
            for name in ("REMOTE_ADDR", *SAYS_WHAT_IT_READS)
            if name in asked.environ
        }
        page = super().open(answer.location, base_url=asked.host_url, environ_overrides=wire)
        page.headers.extend([("Set-Cookie", cookie) for cookie in answer.headers.getlist("Set-Cookie")])
        return page


Application.test_client_class = Browser


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Pages are tested on SQLite: that the store does the same on PostgreSQL is tested with the store."""
    return sqlite_url


@pytest.fixture
def app(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    # On a slow machine the look for new texts would fall into whatever a test counts.
    monkeypatch.setattr(overlays, "LOOK_AGAIN_SECONDS", 3600.0)
    app = create_app(settings_for(database_url))
    app.jinja_env.bytecode_cache = COMPILED
    app.config["WTF_CSRF_ENABLED"] = False
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    yield app
    portal.database.dispose()


@pytest.fixture(autouse=True)
def weak_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PIN or a password that is typed costs as little as a library allows."""
    monkeypatch.setattr(credentials, "HASHER", factories.HASHER)


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    return make_case(database, municipality, now)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def database(app: Flask) -> Database:
    portal: Portal = app.extensions["taletid"]
    return portal.database
