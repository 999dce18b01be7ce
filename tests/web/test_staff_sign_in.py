"""The way in and out for staff."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from database.engine import Database
from portal.domain.access import Role
from portal.store.people import Staff, StaffSession
from portal.web.staff.devices import device_name
from portal.web.staff.sessions import COOKIE
from portal.web.staff.sign_in import is_own_path
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.web.conftest import sign_in_as


@pytest.fixture
def person(database: Database) -> Staff:
    with database.write(add_municipality(database)) as session:
        return factories.add_staff(session, NOW, role="administrator")


def send(client: FlaskClient, person: Staff, **values: str) -> TestResponse:
    form = {
        "email": person.email,
        "password": factories.PASSWORD,
        "code": pyotp.TOTP(factories.TOTP_SECRET).at(NOW),
        **values,
    }
    return client.post("/log-ind", data=form)


def at(app: Flask, minutes: float) -> None:
    app.extensions["taletid"].clock = lambda: NOW + timedelta(minutes=minutes)


def test_the_three_right_things_let_in(client: FlaskClient, person: Staff) -> None:
    answer = send(client, person)
    assert answer.status_code == 303
    assert client.get("/konto").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient, person: Staff) -> None:
    cookie = send(client, person).headers["Set-Cookie"]
    assert cookie.startswith(COOKIE)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_an_email_is_known_however_it_is_written(client: FlaskClient, person: Staff) -> None:
    assert send(client, person, email=f"  {person.email.upper()} ").status_code == 303


@pytest.mark.parametrize(
    "wrong", [{"password": "en anden"}, {"code": "000000"}, {"email": "nobody@example.org"}, {"code": ""}]
)
def test_every_refusal_says_the_same(client: FlaskClient, person: Staff, wrong: dict[str, str]) -> None:
    expected = without_token(send(client, person, code="111111").text)
    answer = send(client, person, **wrong)
    assert answer.status_code == 422
    typed = wrong.get("email", person.email)
    assert without_token(answer.text).replace(typed, person.email) == expected


def without_token(page: str) -> str:
    """It tells the second it was signed in."""
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", page)


def test_what_was_typed_as_email_stands_in_the_form_again(client: FlaskClient, person: Staff) -> None:
    page = send(client, person, password="forkert").text
    assert f'value="{person.email}"' in page
    assert "forkert" not in page.replace("forkerte", "")


@pytest.mark.parametrize("address", ["/konto", "/borgere/41?fane=svar", "/a%2Fb"])
def test_a_person_comes_back_to_where_she_was_going(client: FlaskClient, person: Staff, address: str) -> None:
    assert send(client, person, next=address).headers["Location"] == address


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_to_another_site(client: FlaskClient, person: Staff, address: str) -> None:
    assert not is_own_path(address)
    assert send(client, person, next=address).headers["Location"].startswith("/")
    assert "evil" not in send(client, person, next=address).headers.get("Location", "")


def test_a_page_sends_a_stranger_to_sign_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/konto")
    assert answer.headers["Location"] == "/log-ind?next=/konto"


def test_an_idle_session_is_refused(app: Flask, client: FlaskClient, person: Staff) -> None:
    send(client, person)
    at(app, 29)
    assert client.get("/konto").status_code == 200
    at(app, 29 + 30)
    assert client.get("/konto").status_code == 302


def test_a_page_that_looks_for_news_by_itself_does_not_keep_a_session_open(
    app: Flask, client: FlaskClient, person: Staff
) -> None:
    send(client, person)
    for minutes in (10, 20, 29):
        at(app, minutes)
        assert client.get("/konto", headers={"HX-Request": "true"}).status_code == 200
    at(app, 31)
    assert client.get("/konto", headers={"HX-Request": "true"}).status_code == 401


def test_a_session_ends_after_twelve_hours_however_busy(
    app: Flask, client: FlaskClient, person: Staff
) -> None:
    send(client, person)
    for minutes in range(20, 12 * 60, 20):
        at(app, minutes)
        assert client.get("/konto").status_code == 200
    at(app, 12 * 60)
    assert client.get("/konto").status_code == 302


def test_signing_out_ends_the_session_for_whoever_kept_the_cookie(
    app: Flask, client: FlaskClient, person: Staff
) -> None:
    send(client, person)
    kept = client.get_cookie(COOKIE)
    assert kept is not None
    assert client.post("/log-ud").headers["Location"] == "/log-ind"
    thief = app.test_client()
    thief.set_cookie(COOKIE, kept.value)
    assert thief.get("/konto").status_code == 302


def test_a_session_of_mine_can_be_ended_from_another_browser(
    app: Flask, client: FlaskClient, database: Database, person: Staff
) -> None:
    elsewhere = app.test_client()
    sign_in_as(elsewhere, database, person)
    send(client, person)
    with database.read(person.municipality_id) as session:
        other = session.query(StaffSession).order_by(StaffSession.id).first()
    assert other is not None
    assert client.post(f"/konto/sessioner/{other.id}/afslut").status_code == 303
    assert elsewhere.get("/konto").status_code == 302
    assert client.get("/konto").status_code == 200


def test_a_session_of_a_colleague_cannot_be_ended(
    app: Flask, client: FlaskClient, database: Database, person: Staff
) -> None:
    with database.write(person.municipality_id) as session:
        colleague = factories.add_staff(session, NOW)
    theirs = app.test_client()
    sign_in_as(theirs, database, colleague)
    send(client, person)
    with database.read(person.municipality_id) as session:
        row = session.query(StaffSession).filter_by(staff_id=colleague.id).one()
    assert client.post(f"/konto/sessioner/{row.id}/afslut").status_code == 404
    assert theirs.get("/konto").status_code == 200


def test_a_deactivated_person_is_out_at_once(client: FlaskClient, database: Database, person: Staff) -> None:
    sign_in_as(client, database, person)
    with database.write(person.municipality_id) as session:
        session.get_one(Staff, person.id).is_active = False
    assert client.get("/konto").status_code == 302


@pytest.mark.parametrize("token", ["x", "x" * 65, "æ", ""])
def test_a_forged_cookie_opens_nothing(client: FlaskClient, token: str) -> None:
    client.set_cookie(COOKIE, token)
    assert client.get("/konto").status_code == 302


def test_a_form_sent_after_the_session_ended_says_that_nothing_was_saved(client: FlaskClient) -> None:
    assert client.post("/konto/sessioner/1/afslut").status_code == 401


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140) Gecko Firefox/140", "Firefox, Linux"),
        ("curl/8", ""),
    ],
)
def test_a_browser_has_the_name_a_person_knows_it_by(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_every_role_lands_on_a_page_that_it_may_see(app: Flask, database: Database) -> None:
    municipality = add_municipality(database)
    for role in (Role.CASEWORKER, Role.MANAGER, Role.TRANSLATOR, Role.ADMINISTRATOR):
        with database.write(municipality) as session:
            one = factories.add_staff(session, NOW, role=role.value)
        client = app.test_client()
        assert client.get(send(client, one).headers["Location"]).status_code == 200


def test_an_error_on_a_page_of_staff_leads_back_to_their_own_start(
    client: FlaskClient, database: Database, person: Staff
) -> None:
    sign_in_as(client, database, person)
    page = client.get("/administration/99")
    assert page.status_code == 404
    assert 'href="/log-ind">Til din startside' in page.text
    assert client.get("/log-ind").headers["Location"] == "/administration"
