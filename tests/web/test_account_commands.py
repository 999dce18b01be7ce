"""``flask account reset``: the only administrator has lost her phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from portal.store.people import Staff
from tests.conftest import NOW
from tests.web.conftest import sign_in_as
from tests.web.test_administration import Office


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def reset(app: Flask, email: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["account", "reset", email])
    return result.exit_code, result.output


def test_a_locked_account_signs_in_with_what_is_shown_and_the_old_session_is_out(
    app: Flask, client: FlaskClient, database: Database, office: Office
) -> None:
    sign_in_as(client, database, office.boss)
    with database.write(office.id) as session:
        session.get_one(Staff, office.boss.id).locked_until = NOW + timedelta(minutes=9)
    code, said = reset(app, office.boss.email.upper())
    assert code == 0
    assert client.get("/konto").status_code == 302
    password, secret = (re.search(rf"{name} +(\S+)", said) for name in ("password", "key"))
    assert password and secret
    form = {"email": office.boss.email, "password": password[1], "code": pyotp.TOTP(secret[1]).at(NOW)}
    assert client.post("/log-ind", data=form).status_code == 303
    assert office.actions() == ["account.reset", "session.began"]


def test_an_address_that_nobody_has_and_a_closed_account_are_told(app: Flask, office: Office) -> None:
    assert reset(app, "nobody@example.org") == (1, "Error: Nobody has an account with this e-mail.\n")
    with office.database.write(office.id) as session:
        session.get_one(Staff, office.lone.id).is_active = False
    code, said = reset(app, office.lone.email)
    assert code == 1 and "The account is closed" in said
    assert office.actions() == []
