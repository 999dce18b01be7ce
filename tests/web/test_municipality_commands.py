"""``flask municipality``: a municipality from nothing, to the first sign-in, with every page open."""

from __future__ import annotations

import re

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from portal.web.staff.blueprint import MENU
from tests.conftest import NOW

VALUES = {
    "--name": "Nordby Kommune",
    "--office-name": "Jobcenter Nordby",
    "--office-phone": "70 10 20 30",
    "--sender": "Nordby",
    "--admin-name": "Ada Holm",
    "--admin-email": "ada@nordby.example",
}


def add(app: Flask, **changed: str) -> tuple[int, str]:
    options = VALUES | {f"--{name.replace('_', '-')}": value for name, value in changed.items()}
    words = [word for pair in options.items() for word in pair]
    result = app.test_cli_runner().invoke(args=["municipality", "add", *words])
    return result.exit_code, result.output


def test_what_is_not_given_is_asked_for(app: Flask) -> None:
    typed = "\n".join(VALUES.values()) + "\n"
    result = app.test_cli_runner().invoke(args=["municipality", "add"], input=typed)
    assert result.exit_code == 0, result.output
    assert "Name of the municipality: Nordby Kommune" in result.output
    assert "Nordby Kommune" in app.test_cli_runner().invoke(args=["municipality", "list"]).output


def test_a_wrong_value_is_told_in_a_sentence_and_nothing_is_made(app: Flask) -> None:
    code, said = add(app, sender="Nordby Jobcenter", office_phone="x")
    assert code == 1
    assert "--sender must be 1 to 11 letters" in said
    assert "--office-phone must be a phone number" in said
    assert said.rstrip().endswith("Nothing was made.")
    assert app.test_cli_runner().invoke(args=["municipality", "list"]).output.startswith("None yet.")


def test_a_second_of_the_same_name_is_refused(app: Flask) -> None:
    assert add(app)[0] == 0
    code, said = add(app, admin_email="bo@nordby.example")
    assert code == 1
    assert "another municipality has this short name" in said


def test_the_first_administrator_signs_in_and_every_page_of_hers_opens(
    app: Flask, client: FlaskClient
) -> None:
    _, said = add(app)
    password, secret = (re.search(rf"{name} +(\S+)", said) for name in ("password", "key"))
    assert password and secret
    form = {
        "email": "ada@nordby.example",
        "password": password[1],
        "code": pyotp.TOTP(secret[1]).at(NOW),
    }
    assert client.post("/log-ind", data=form).status_code == 303
    statuses = {entry.path: client.get(entry.path).status_code for entry in MENU}
    assert statuses["/administration"] == 200
    assert set(statuses.values()) == {200, 403}
