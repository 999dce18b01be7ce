"""A question that nobody has answered yet looks the same in everybody's form: it is written once, and knows nobody."""

from __future__ import annotations

from dataclasses import replace

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from database.engine import Database
from tests.cases import Case, make_case
from tests.conftest import NOW
from tests.journeys import invite
from tests.web.test_citizen_journey import another_citizen

TICKED = 'value="4" checked'


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


class Phone:
    """A citizen who has begun her form, answering it with htmx."""

    def __init__(self, app: Flask, token: str) -> None:
        self._client: FlaskClient = app.test_client()
        self.form = self._client.post(f"/{token}").location.rpartition("/")[0]

    def look(self, number: int = 1) -> str:
        return self._client.get(f"{self.form}/{number}", headers={"HX-Request": "true"}).text

    def answer(self, choice: str, takes: str = "br", question: str = "belief_in_work") -> TestResponse:
        headers = {"HX-Request": "true", "Accept-Encoding": takes}
        return self._client.post(f"{self.form}/1", data={question: choice}, headers=headers)


@pytest.fixture
def hers(app: Flask, database: Database, case: Case) -> Phone:
    return Phone(app, invite(database, case, NOW))


@pytest.fixture
def his(app: Flask, database: Database, case: Case) -> Phone:
    other = replace(case, citizen_id=another_citizen(database, case, NOW))
    return Phone(app, invite(database, other, NOW))


def test_two_citizens_are_shown_the_very_same_question(hers: Phone, his: Phone) -> None:
    first, second = hers.answer("4"), his.answer("2")
    assert first.data == second.data
    assert first.headers["HX-Push-Url"] == f"{hers.form}/2"
    assert second.headers["HX-Push-Url"] == f"{his.form}/2"
    page = brotli.decompress(second.data).decode()
    assert "Har du søgt job?" in page
    assert hers.form not in page and his.form not in page


def test_what_one_has_answered_shows_to_nobody_else(hers: Phone, his: Phone) -> None:
    blank = his.look()
    hers.answer("4")
    assert TICKED in hers.look()
    assert his.look() == blank and TICKED not in blank


def test_what_one_has_typed_wrong_shows_to_nobody_else(hers: Phone, his: Phone) -> None:
    blank = his.look()
    assert hers.answer("nonsense").status_code == 422
    assert his.look() == hers.look() == blank


def test_a_text_that_the_municipality_has_changed_shows_at_once(
    app: Flask, hers: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "<button>Næste</button>" in hers.look()
    own = {("da", "common.next"): ("Videre herfra",)}
    monkeypatch.setattr(app.extensions["taletid"].overlays, "of", lambda _: own)
    assert "<button>Videre herfra</button>" in hers.look()


@pytest.mark.parametrize(
    ("takes", "packing"), [("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None), ("gzip, br", "br")]
)
def test_it_comes_packed_as_the_browser_takes_it(hers: Phone, takes: str, packing: str | None) -> None:
    answer = hers.answer("4", takes)
    assert answer.headers.get("Content-Encoding") == packing
    assert "Accept-Encoding" in answer.headers["Vary"] and "HX-Request" in answer.headers["Vary"]
    if packing is None:
        assert "Har du søgt job?" in answer.text
