"""Correct or erase: asked in her own words, answered with a reason, and carried out on purpose alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from database.engine import Database
from messaging.outbox import OutboxMessage
from portal.domain.data_requests import MOST_OPEN, RequestKind
from portal.services import rights_settings
from portal.services.rights_settings import Problem, Typed
from portal.store.people import Citizen, Staff
from portal.store.rights import DataRequest
from tests import factories
from tests.cases import Case
from tests.journeys import sign_in_by_pin
from tests.web.conftest import sign_in_as

PAGE = "/hjem/mine-data/anmodning"
ONE = "/borgere/1/anmodninger/1"


@pytest.fixture
def citizen(app: Flask, database: Database, case: Case, now: datetime) -> FlaskClient:
    return sign_in_by_pin(app.test_client(), database, case, now)


@pytest.fixture
def caseworker(app: Flask, database: Database, case: Case) -> FlaskClient:
    with database.read(case.municipality_id) as session:
        person = session.get_one(Staff, case.staff_id)
    client = app.test_client()
    sign_in_as(client, database, person)
    return client


@pytest.fixture
def administrator(app: Flask, database: Database, case: Case, now: datetime) -> FlaskClient:
    with database.write(case.municipality_id) as session:
        person = factories.add_staff(session, now, role="administrator", name="Søren Bak")
    client = app.test_client()
    sign_in_as(client, database, person)
    return client


def ask(client: FlaskClient, kind: str = "correction", words: str = "Jeg hedder Maja") -> int:
    return client.post(PAGE, data={"kind": kind, "words": words}).status_code


def test_she_is_told_what_happens_next_before_and_by_when_after(citizen: FlaskClient) -> None:
    before = citizen.get(PAGE).text
    assert "inden en måned" in before and "skal kommunen gemme i en tid" in before
    assert ask(citizen) == 303
    after = citizen.get(PAGE).text
    assert "Du får svar senest 18. december 2026." in after and "Jeg hedder Maja" in after


def test_the_same_click_twice_is_one_request_and_cpr_like_digits_are_masked(
    citizen: FlaskClient, database: Database, case: Case
) -> None:
    for _ in range(2):
        ask(citizen, words="Mit nummer er 010190-1234")
    with database.read(case.municipality_id) as session:
        row = session.scalars(select(DataRequest)).one()
    assert row.words is not None and "010190" not in row.words


def test_a_correction_without_words_keeps_the_choice_and_says_what_is_missing(citizen: FlaskClient) -> None:
    answer = citizen.post(PAGE, data={"kind": "correction", "words": " "})
    assert answer.status_code == 422
    assert "Skriv, hvad der er forkert." in answer.text and 'value="correction" checked' in answer.text
    assert citizen.post(PAGE, data={"words": "x"}).status_code == 422


def test_no_more_than_a_few_wait_at_once(citizen: FlaskClient) -> None:
    statuses = [ask(citizen, words=f"Fejl nummer {number}") for number in range(MOST_OPEN + 1)]
    assert statuses == [303] * MOST_OPEN + [422]


def test_she_may_take_it_back_until_it_is_answered(
    citizen: FlaskClient, caseworker: FlaskClient, database: Database, case: Case
) -> None:
    ask(citizen)
    assert citizen.post(f"{PAGE}/1/fortryd").status_code == 303
    assert "Du tog det tilbage." in citizen.get(PAGE).text
    assert citizen.post(f"{PAGE}/1/fortryd").status_code == 404
    assert caseworker.post(ONE, data={"outcome": "done", "answer": "x"}).status_code == 422


def test_staff_see_who_waits_and_until_when_the_most_urgent_first(
    app: Flask, citizen: FlaskClient, caseworker: FlaskClient, now: datetime
) -> None:
    assert "Ingen anmodninger venter" in caseworker.get("/anmodninger").text
    ask(citizen)
    page = caseworker.get("/anmodninger").text
    assert "Mette Holm" in page and "18. dec. 2026" in page and "Over fristen" not in page
    assert "Borgeren venter på svar" in caseworker.get("/borgere/1").text


def test_what_is_overdue_is_said_so_to_both(
    app: Flask, citizen: FlaskClient, administrator: FlaskClient, database: Database, case: Case
) -> None:
    ask(citizen)
    with database.write(case.municipality_id) as session:
        session.scalars(select(DataRequest)).one().due_on = date(2026, 11, 1)
    assert "Over fristen" in administrator.get("/anmodninger").text
    assert "Det beklager vi." in citizen.get(PAGE).text


def test_a_refusal_reaches_her_with_its_reason_and_who_gave_it(
    citizen: FlaskClient, caseworker: FlaskClient
) -> None:
    ask(citizen, "erasure", "Slet alt")
    said = "Vi har pligt til at gemme notater i sagen i fem år. Du kan klage til Datatilsynet."
    assert caseworker.get(ONE).status_code == 200
    assert caseworker.post(ONE, data={"outcome": "refused", "answer": said}).status_code == 303
    page = citizen.get(PAGE).text
    assert "Vi sagde nej" in page and said in page and "Lone Kjær" in page
    assert "Ingen anmodninger venter" in caseworker.get("/anmodninger").text


def test_she_is_told_by_sms_and_on_her_page_that_there_is_an_answer_until_she_has_seen_it(
    citizen: FlaskClient, caseworker: FlaskClient, database: Database, case: Case
) -> None:
    ask(citizen)
    told = "har skrevet til dig"
    assert told not in citizen.get("/hjem").text
    caseworker.post(ONE, data={"outcome": "done", "answer": "Nu hedder du Maja hos os."})
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(OutboxMessage.kind)).all() == ["new_message"]
    assert citizen.get("/hjem").text.count(told) == 1
    thread = citizen.get("/hjem/samtale").text
    assert "Vi har svaret på det, du bad om" in thread and f'href="{PAGE}"' in thread
    assert told not in citizen.get("/hjem").text


def test_an_answer_without_a_reason_is_refused_and_loses_nothing(
    citizen: FlaskClient, caseworker: FlaskClient
) -> None:
    ask(citizen)
    answer = caseworker.post(ONE, data={"outcome": "", "answer": "Rettet i dag"})
    assert answer.status_code == 422 and "Rettet i dag" in answer.text
    assert caseworker.post(ONE, data={"outcome": "done", "answer": ""}).status_code == 422


def test_another_teams_caseworker_finds_nothing(
    app: Flask, citizen: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    ask(citizen)
    with database.write(case.municipality_id) as session:
        stranger = factories.add_staff(session, now, team=factories.add_team(session, "Team Skoven"))
    client = app.test_client()
    sign_in_as(client, database, stranger)
    assert "Mette" not in client.get("/anmodninger").text
    assert client.get(ONE).status_code == 404
    assert client.post(ONE, data={"outcome": "done", "answer": "x"}).status_code == 404


def test_what_was_asked_by_phone_comes_on_the_list_with_the_same_month(
    caseworker: FlaskClient, database: Database, case: Case
) -> None:
    address = "/borgere/1/anmodninger/ny"
    assert caseworker.get(address).status_code == 200
    assert caseworker.post(address, data={"words": "x"}).status_code == 422
    assert caseworker.post(address, data={"kind": "erasure", "words": "Ringede i dag"}).status_code == 303
    with database.read(case.municipality_id) as session:
        row = session.scalars(select(DataRequest)).one()
    assert (row.kind, row.due_on) == (RequestKind.ERASURE, date(2026, 12, 18))


def test_only_an_administrator_erases_and_only_where_she_has_asked(
    citizen: FlaskClient, caseworker: FlaskClient, administrator: FlaskClient
) -> None:
    ask(citizen, "correction")
    assert administrator.get(f"{ONE}/slet").status_code == 404
    ask(citizen, "erasure", "")
    two = "/borgere/1/anmodninger/2"
    assert caseworker.get(f"{two}/slet").status_code == 403
    assert "Kun en administrator" in caseworker.get(two).text
    assert f"{two}/slet" in administrator.get(two).text
    assert administrator.get("/borgere/1").status_code == 403


def test_erasing_names_what_will_happen_and_wants_her_code(
    citizen: FlaskClient, administrator: FlaskClient, database: Database, case: Case
) -> None:
    ask(citizen, "erasure", "")
    page = administrator.get(f"{ONE}/slet").text
    assert (
        "Det kan ikke fortrydes." in page
        and "Navn, nummer og koder: 1" in page
        and "Hændelsesloggen over" in page
    )
    assert administrator.post(f"{ONE}/slet", data={"code": "forkert"}).status_code == 422
    with database.read(case.municipality_id) as session:
        code = session.get_one(Citizen, case.citizen_id).short_code
    assert administrator.post(f"{ONE}/slet", data={"code": code}).status_code == 303
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(Citizen.id))) == 0
    assert citizen.get("/hjem").status_code == 302
    assert administrator.get("/logbog").status_code == 200


def test_an_administrator_lets_a_pin_take_a_copy(citizen: FlaskClient, administrator: FlaskClient) -> None:
    assert "/hjem/mine-data/kopi" not in citizen.get("/hjem/mine-data").text
    data = {"download_by_pin": "1", "email": "job@aakoebing.example", "dpo": "", "reviewed_on": "2026-11-01"}
    assert administrator.post("/borgernes-data", data=data).status_code == 303
    assert "job@aakoebing.example" in administrator.get("/borgernes-data").text
    assert "/hjem/mine-data/kopi" in citizen.get("/hjem/mine-data").text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Typed(email="job@kommune.dk", dpo="dpo@kommune.dk", reviewed_on="2026-11-18"), {}),
        (Typed(), {}),
        (Typed(email="job"), {"email": Problem.EMAIL}),
        (Typed(dpo="x" * 201), {"dpo": Problem.TOO_LONG}),
        (Typed(reviewed_on="2026-11-19"), {"reviewed_on": Problem.DAY}),
        (Typed(reviewed_on="i går"), {"reviewed_on": Problem.DAY}),
    ],
)
def test_what_an_administrator_types_is_looked_through(
    given: Typed, expected: dict[str, Problem], now: datetime
) -> None:
    assert rights_settings.check(given, now.date()) == expected


def test_a_mistake_in_the_settings_keeps_what_was_typed(administrator: FlaskClient) -> None:
    answer = administrator.post("/borgernes-data", data={"email": "ikke en adresse"})
    assert answer.status_code == 422 and "ikke en adresse" in answer.text
