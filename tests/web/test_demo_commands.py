"""``flask demo`` and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from database.engine import Database
from database.tenancy import EVERYONE
from portal.app import create_app
from portal.cli import demo
from portal.config import TwilioAccount
from portal.runtime import Portal
from portal.store.people import Citizen
from tests.conftest import NOW, add_municipality
from tests.web.conftest import settings_for


@pytest.fixture
def demo_app(demo_url: str) -> Iterator[Flask]:
    app = create_app(settings_for(demo_url))
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    yield app
    portal.database.dispose()


def citizens_in(database: Database) -> int:
    with database.read(EVERYONE) as session:
        return session.scalar(select(func.count()).select_from(Citizen)) or 0


def test_an_empty_database_gets_the_demo_without_a_question(app: Flask, database: Database) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "build"])
    assert result.exit_code == 0, result.output
    assert citizens_in(database) == 200


def test_a_demo_is_made_anew_only_after_a_yes(demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    runner, made = demo_app.test_cli_runner(), []
    monkeypatch.setattr(demo, "build_demo", lambda *given: made.append(given))
    assert runner.invoke(args=["demo", "build"], input="n\n").exit_code == 1
    assert not made
    assert runner.invoke(args=["demo", "build"], input="y\n").exit_code == 0
    assert runner.invoke(args=["demo", "build", "--yes"]).exit_code == 0
    assert made == [(demo_app.extensions["taletid"], NOW)] * 2


def test_a_database_that_is_not_a_demo_is_left_alone(app: Flask, database: Database) -> None:
    add_municipality(database, slug="rigtig")
    result = app.test_cli_runner().invoke(args=["demo", "build", "--yes"])
    assert result.exit_code == 1
    assert "rigtig, which is not a demo. Nothing was changed." in result.output
    assert citizens_in(database) == 0


def test_the_demo_is_not_made_where_sms_are_real(sqlite_url: str) -> None:
    account = TwilioAccount("AC" + "0" * 32, "token")
    app = create_app(settings_for(sqlite_url, gateway="twilio", twilio=account))
    result = app.test_cli_runner().invoke(args=["demo", "build"])
    assert result.exit_code == 1
    assert "simulator" in result.output
    app.extensions["taletid"].database.dispose()


def test_where_there_is_no_demo_the_way_to_one_is_shown(app: Flask) -> None:
    missing = app.test_cli_runner().invoke(args=["demo", "accounts"])
    assert missing.exit_code == 1
    assert "flask demo build" in missing.output


def test_the_accounts_are_shown_with_what_it_takes_to_sign_in(demo_app: Flask) -> None:
    shown = demo_app.test_cli_runner().invoke(args=["demo", "accounts"]).output
    for expected in (
        "to aakander og en bro",
        "lone@aakoebing.example",
        "administrator",
        "Mette Holm",
        "2580",
    ):
        assert expected in shown
