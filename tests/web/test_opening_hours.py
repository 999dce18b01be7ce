"""The administrator sets hours; citizen and caseworker see by when an answer comes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from portal.runtime import Portal
from portal.services.thread import write_as_citizen
from portal.store.people import Staff, Team
from tests import factories
from tests.cases import Case, make_case
from tests.conftest import NOW
from tests.web.conftest import sign_in_as

WEEK = {f"day_{day}_{part}": hour for day in range(5) for part, hour in (("from", "09:00"), ("to", "15:00"))}


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    return make_case(database, municipality, now, pin_hash="a hash", pin_set_at=now)


def as_administrator(client: FlaskClient, database: Database, case: Case) -> None:
    with database.write(case.municipality_id) as session:
        person = factories.add_staff(session, NOW, role="administrator")
    sign_in_as(client, database, person)


def as_citizen(app: Flask, case: Case, at: datetime) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        stamps = (int(NOW.timestamp()), int(at.timestamp()))
        cookie["citizen"] = [case.citizen_id, case.municipality_id, *stamps]
    return client


def caseworker(app: Flask, database: Database, case: Case, at: datetime) -> FlaskClient:
    client = app.test_client()
    with database.read(case.municipality_id) as session:
        person = session.get_one(Staff, case.staff_id)
    sign_in_as(client, database, person, at)
    return client


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def words(client: FlaskClient, address: str) -> str:
    return re.sub(r"<[^>]+>", "", page(client, address))


def test_an_administrator_sets_the_hours_of_a_team(
    client: FlaskClient, database: Database, case: Case
) -> None:
    as_administrator(client, database, case)
    assert "Ikke sat" in page(client, "/aabningstider")
    typed = {**WEEK, "closing_0_from": "2026-12-24", "reply_days": "1"}
    assert client.post("/aabningstider/1", data=typed).status_code == 303
    listed = page(client, "/aabningstider")
    assert "er gemt" in listed and "09:00–15:00" in listed and "1 arbejdsdag" in listed
    form = page(client, "/aabningstider/1")
    assert 'value="2026-12-24"' in form and "loves der svar senest torsdag den 19. november" in form


def test_hours_that_make_no_sense_come_back_with_what_was_typed(
    client: FlaskClient, database: Database, case: Case
) -> None:
    as_administrator(client, database, case)
    answer = client.post("/aabningstider/1", data={**WEEK, "day_0_to": "08:00", "reply_days": "99"})
    html = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert 'href="#day_0"' in html and 'value="08:00"' in html and "Skriv et tal fra 1 til 10" in html


def test_a_team_that_is_not_there_has_no_hours(client: FlaskClient, database: Database, case: Case) -> None:
    as_administrator(client, database, case)
    assert client.get("/aabningstider/99").status_code == 404
    assert client.post("/aabningstider/99", data=WEEK).status_code == 404


def test_both_sides_of_a_thread_see_by_when_an_answer_comes(
    app: Flask, database: Database, case: Case
) -> None:
    thread = f"/borgere/{case.citizen_id}/samtale"
    assert "svarer Lone senest fredag den 20. november" in words(as_citizen(app, case, NOW), "/hjem/samtale")
    assert "Ingen venter på svar" in words(caseworker(app, database, case, NOW), thread)
    with database.write(case.municipality_id) as session:
        write_as_citizen(session, case.citizen_id, "Hej", NOW)
    assert "Lone svarer senest fredag den 20. november." in words(as_citizen(app, case, NOW), "/hjem/samtale")
    assert "Svar senest fredag den 20. november" in words(caseworker(app, database, case, NOW), thread)


def test_a_promise_that_was_broken_is_said_in_words_to_both(
    app: Flask, database: Database, case: Case
) -> None:
    with database.write(case.municipality_id) as session:
        write_as_citizen(session, case.citizen_id, "Hej", NOW)
    later = NOW + timedelta(days=5)
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: later
    hers = words(as_citizen(app, case, later), "/hjem/samtale")
    assert "Du skulle have haft svar senest fredag den 20. november" in hers
    ours = words(caseworker(app, database, case, later), f"/borgere/{case.citizen_id}/samtale")
    assert "Over tid: svar skulle være sendt senest fredag den 20. november" in ours


def test_the_automatic_answer_stands_in_the_thread_in_words(
    app: Flask, database: Database, case: Case
) -> None:
    client = app.test_client()
    as_administrator(client, database, case)
    client.post("/aabningstider/1", data={**WEEK, "reply_days": "2"})
    evening = NOW + timedelta(hours=8)
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: evening
    citizen = as_citizen(app, case, evening)
    citizen.post("/hjem/samtale", data={"body": "Er I der?"})
    said = "Vi har lukket lige nu. Du får svar senest mandag den 23. november"
    assert said in words(citizen, "/hjem/samtale")
    ours = words(caseworker(app, database, case, evening), f"/borgere/{case.citizen_id}/samtale")
    assert "Automatisk svar uden for åbningstid: Mette får svar senest mandag den 23. november" in ours


def test_a_municipality_sees_its_own_teams_alone(client: FlaskClient, database: Database, case: Case) -> None:
    as_administrator(client, database, case)
    with database.read(case.municipality_id) as session:
        assert session.get(Team, 1) is not None
    assert "Team Åen" in page(client, "/aabningstider")
