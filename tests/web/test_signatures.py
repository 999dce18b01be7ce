"""Forms are posted with a signed token; nothing else is asked of the browser, and each token serves its session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.app import create_app
from portal.store.answering import Answer
from tests.cases import Case
from tests.journeys import invite
from tests.web.conftest import settings_for

HTTPS = "https://svar.example.dk"


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    app = create_app(settings_for(database_url, public_url=HTTPS, link_url=HTTPS))
    yield app
    app.extensions["taletid"].database.dispose()


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def post(client: FlaskClient, value: str) -> tuple[int, str]:
    answer = client.post("/kode", base_url=HTTPS, data={"csrf_token": value, "code": "1", "pin": "2"})
    return answer.status_code, answer.text


def test_a_form_is_taken_over_https_though_our_pages_let_no_browser_tell_a_referer(
    client: FlaskClient,
) -> None:
    page = client.get("/kode", base_url=HTTPS)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert post(client, token(page.text))[0] == 422, "read, and the code refused"


def test_the_answer_to_a_form_can_be_sent_again(client: FlaskClient) -> None:
    given = token(client.get("/kode", base_url=HTTPS).text)
    _, answer = post(client, given)
    assert token(answer) == given
    assert post(client, token(answer))[0] == 422


@pytest.mark.parametrize("forge", [lambda _: "", lambda given: given[:-1] + "x" * 2, lambda _: "a.b.c"])
def test_a_wrong_token_is_refused_and_never_comes_back(client: FlaskClient, forge: object) -> None:
    assert callable(forge)
    wrong = forge(token(client.get("/kode", base_url=HTTPS).text))
    status, answer = post(client, wrong)
    assert status == 400
    assert not wrong or wrong not in answer


def test_a_token_is_worth_nothing_in_another_browser(app: Flask, client: FlaskClient) -> None:
    theirs = token(app.test_client().get("/kode", base_url=HTTPS).text)
    client.get("/kode", base_url=HTTPS)
    assert post(client, theirs)[0] == 400


def test_an_answer_is_kept_though_the_phone_has_dropped_its_session(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    link = f"/{invite(database, case, now)}"
    form = client.post(link, base_url=HTTPS).location.rpartition("/")[0]
    client.delete_cookie("taletid", domain="svar.example.dk")
    answered = client.post(f"{form}/1", base_url=HTTPS, data={"belief_in_work": "4"})
    assert (answered.status_code, answered.location) == (303, f"{form}/2")


def test_an_answer_from_who_holds_no_grant_is_not_taken(
    app: Flask, client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    link = f"/{invite(database, case, now)}"
    form = client.post(link, base_url=HTTPS).location.rpartition("/")[0]
    stranger = app.test_client().post(f"{form}/1", base_url=HTTPS, data={"belief_in_work": "4"})
    assert stranger.location == "/svar"
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(Answer)).all() == []


def test_a_session_is_believed_once_it_was_signed_by_us_and_not_when_a_letter_of_it_is_changed(
    app: Flask,
) -> None:
    made = app.test_client()
    with made.session_transaction(base_url=HTTPS) as session:
        session["n"] = 1
    cookie = made.get_cookie("taletid", domain="svar.example.dk")
    assert cookie is not None
    other = "A" if cookie.value[5] != "A" else "B"
    forged = f"{cookie.value[:5]}{other}{cookie.value[6:]}"
    assert [_opened(app, value) for value in (cookie.value, cookie.value, forged, "", "a.b.c")] == [
        {"n": 1},
        {"n": 1},
        {},
        {},
        {},
    ]


def test_a_session_ends_with_its_time(app: Flask) -> None:
    made = app.test_client()
    with made.session_transaction(base_url=HTTPS) as session:
        session["n"] = 1
    cookie = made.get_cookie("taletid", domain="svar.example.dk")
    assert cookie is not None and _opened(app, cookie.value) == {"n": 1}
    app.permanent_session_lifetime = timedelta(seconds=-1)
    assert _opened(app, cookie.value) == {}


def _opened(app: Flask, cookie: str) -> dict[str, object]:
    with app.test_request_context(headers={"Cookie": f"taletid={cookie}"}) as context:
        return dict(context.session)
