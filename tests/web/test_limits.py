"""Rate limits on the ways in."""

from __future__ import annotations

from datetime import timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from database.tenancy import EVERYONE
from portal.services import background
from portal.store.people import Staff
from portal.store.system import RateLimit
from portal.web.limits import Limit
from tests import factories
from tests.conftest import NOW, add_municipality


def guess(client: FlaskClient, number: int = 0) -> int:
    form = {"email": f"nobody{number}@example.org", "password": "x", "code": "000000"}
    return client.post("/log-ind", data=form).status_code


def add_person(database: Database) -> Staff:
    with database.write(add_municipality(database)) as session:
        return factories.add_staff(session, NOW)


def let_in(client: FlaskClient, person: Staff) -> int:
    code = pyotp.TOTP(factories.TOTP_SECRET).at(NOW)
    form = {"email": person.email, "password": factories.PASSWORD, "code": code}
    return client.post("/log-ind", data=form).status_code


def test_ten_guesses_a_minute_from_one_address_are_enough(client: FlaskClient) -> None:
    assert [guess(client, number) for number in range(10)] == [422] * 10
    answer = client.post("/log-ind", data={})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert "Vent lidt" in answer.text


def test_after_the_minute_guessing_may_go_on(app: Flask, client: FlaskClient) -> None:
    for number in range(11):
        guess(client, number)
    app.extensions["taletid"].clock = lambda: NOW + timedelta(seconds=60)
    assert guess(client) == 422


def test_another_address_is_not_held_back(client: FlaskClient) -> None:
    for number in range(11):
        guess(client, number)
    other = {"REMOTE_ADDR": "127.0.0.2"}
    assert client.post("/log-ind", data={}, environ_base=other).status_code == 422


def test_a_whole_office_behind_one_address_is_let_in(app: Flask, database: Database) -> None:
    with database.write(add_municipality(database)) as session:
        people = [factories.add_staff(session, NOW) for _ in range(15)]
    assert [let_in(app.test_client(), person) for person in people] == [303] * 15


def test_a_right_try_is_refused_too_once_the_guesses_are_used(
    client: FlaskClient, database: Database
) -> None:
    person = add_person(database)
    for number in range(10):
        guess(client, number)
    assert let_in(client, person) == 429


def test_the_page_of_the_form_itself_is_never_refused(client: FlaskClient) -> None:
    for number in range(11):
        guess(client, number)
    assert client.get("/log-ind").status_code == 200


def test_counters_hold_no_address_and_go_when_their_time_is_over(
    app: Flask, client: FlaskClient, database: Database
) -> None:
    guess(client)
    with database.read(EVERYONE) as session:
        [row] = session.scalars(select(RateLimit)).all()
    assert len(row.key) == 43
    assert "127" not in row.key[:3]
    portal = app.extensions["taletid"]
    portal.clock = lambda: NOW + timedelta(minutes=1)
    background.sweep(portal)
    with database.read(EVERYONE) as session:
        assert session.scalars(select(RateLimit)).all() == []


def test_every_way_in_has_a_limit() -> None:
    assert {limit.value[0] for limit in Limit} == {"link", "pin", "sign_in", "rescue"}
