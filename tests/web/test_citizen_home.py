"""Behind the PIN: who is let in, what waits for her, and that it is hers alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.domain.meetings import Way
from portal.runtime import Portal
from portal.services import pins
from portal.services.contact import unlock_pin
from portal.services.thread import StaffWriting, write_as_staff
from portal.store.answering import Response
from portal.store.meetings import Meeting
from portal.store.people import Citizen
from tests import factories
from tests.cases import Case
from tests.factories import HASHER
from tests.journeys import PIN, answer_whole_form, give_pin, invite


@pytest.fixture
def short_code(database: Database, case: Case, now: datetime) -> str:
    return give_pin(database, case, now)


@pytest.fixture
def signed_in(client: FlaskClient, short_code: str) -> FlaskClient:
    assert client.post("/kode", data={"code": short_code, "pin": PIN}).location == "/hjem"
    return client


def at(app: Flask, moment: datetime) -> None:
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: moment


@pytest.mark.parametrize("address", ["/hjem", "/hjem/svar", "/hjem/udvikling"])
def test_her_own_pages_ask_for_her_pin_and_then_lead_to_where_she_was_going(
    client: FlaskClient, short_code: str, address: str
) -> None:
    asked = client.get(address)
    assert asked.location == f"/kode?til={address}"
    way_on = client.post("/kode", data={"code": short_code, "pin": PIN, "til": address})
    assert way_on.location == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/borgere", "/hjem/../x"])
def test_after_the_pin_she_is_led_nowhere_but_to_her_own_pages(
    client: FlaskClient, short_code: str, elsewhere: str
) -> None:
    assert client.post("/kode", data={"code": short_code, "pin": PIN, "til": elsewhere}).location == "/hjem"


def test_the_link_alone_opens_none_of_her_own_pages(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    client.post(f"/{invite(database, case, now)}")
    for address in ("/hjem", "/hjem/svar", "/hjem/udvikling"):
        assert client.get(address).status_code == 302


def test_a_wrong_pin_says_how_many_tries_are_left_and_then_locks(
    client: FlaskClient, short_code: str
) -> None:
    pages = [client.post("/kode", data={"code": short_code, "pin": "9182"}) for _ in range(5)]
    assert {page.status_code for page in pages} == {422}
    assert "Du kan prøve 4 gange til." in pages[0].text
    assert "Din adgang er låst" in pages[4].text and short_code in pages[4].text
    assert "9182" not in pages[4].text


def test_what_waits_for_her_stands_first_and_begins_with_one_button(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    assert "Du skal ikke gøre noget lige nu." in signed_in.get("/hjem").text
    invite(database, case, now)
    page = signed_in.get("/hjem").text
    assert "har spørgsmål til dig" in page and "Sådan går det" in page
    answer = signed_in.post("/hjem/begynd/1")
    assert signed_in.get(answer.location).status_code == 200


def test_the_receipt_leads_her_home_who_came_from_there_and_asks_no_code_of_her(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    answer_whole_form(signed_in, invite(database, case, now))
    with database.read(case.municipality_id) as session:
        receipt = f"/svar/{session.scalars(select(Response.ref)).one()}/tak"
    page = signed_in.get(receipt).text
    assert 'href="/hjem">Min side' in page and "din egen kode" not in page
    signed_in.delete_cookie("taletid")
    page = signed_in.get(receipt).text
    assert "Min side" not in page and "din egen kode" in page


def test_she_cannot_begin_what_another_is_asked(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Citizen, case.citizen_id).caseworker
        other = factories.add_citizen(session, now, caseworker)
    invite(database, Case(case.municipality_id, other.id, case.staff_id, case.questionnaire_id, 0), now)
    assert signed_in.post("/hjem/begynd/1").status_code == 404


def test_she_reads_her_own_answers_and_nobody_elses(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    answer_whole_form(signed_in, invite(database, case, now))
    with database.read(case.municipality_id) as session:
        ref = session.scalars(select(Response)).one().ref
    assert "Sådan går det" in signed_in.get("/hjem/svar").text
    assert "Arbejde i en have" in signed_in.get(f"/hjem/svar/{ref}").text
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Citizen, case.citizen_id).caseworker
        other = factories.add_citizen(session, now, caseworker)
        session.scalars(select(Response)).one().citizen_id = other.id
    assert signed_in.get(f"/hjem/svar/{ref}").status_code == 404
    signed_in.delete_cookie("svar", path=f"/svar/{ref}")
    for address in (f"/svar/{ref}/tak", f"/svar/{ref}/1"):
        assert signed_in.get(address).status_code == 404
    assert signed_in.post(f"/svar/{ref}/1", data={"belief_in_work": "1"}).status_code == 404


def test_her_first_answers_show_where_she_stands_and_what_comes(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    assert "når du har svaret første gang" in signed_in.get("/hjem/udvikling").text
    answer_whole_form(signed_in, invite(database, case, now))
    page = signed_in.get("/hjem/udvikling").text
    assert "Det er dine første svar." in page and "polyline" not in page


@pytest.mark.parametrize(
    ("then", "now_", "said"),
    [
        ("2", "4", "Du tror mere på, at du kan klare et arbejde, end sidst."),
        ("3", "4", "Lidt op."),
        ("4", "4", "At holde fast er også noget."),
        ("4", "3", "Lidt ned."),
        ("5", "2", "Du tror mindre på, at du kan klare et arbejde, end sidst."),
        ("_dont_know", "4", "Det er dit første svar."),
        ("4", "_refused", "Du svarede ikke på det her sidst."),
    ],
)
def test_two_answers_are_told_in_kind_words_and_no_louder_than_they_allow(
    app: Flask,
    signed_in: FlaskClient,
    database: Database,
    case: Case,
    now: datetime,
    then: str,
    now_: str,
    said: str,
) -> None:
    answer_whole_form(signed_in, invite(database, case, now), belief_in_work=then)
    later = now + timedelta(days=92)
    at(app, later)
    answer_whole_form(signed_in, invite(database, case, later), belief_in_work=now_)
    assert signed_in.get("/hjem/udvikling").status_code == 302  # idle: the PIN again
    signed_in.post("/kode", data={"code": code_of(database, case), "pin": PIN})
    page = signed_in.get("/hjem/udvikling").text
    theme = page.split(">Tro på arbejde</h3>")[1].split("</article>")[0]
    assert said in theme


def test_answers_in_two_languages_are_not_compared_and_the_page_says_why(
    app: Flask, signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    answer_whole_form(signed_in, invite(database, case, now))
    later = now + timedelta(days=92)
    at(app, later)
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).language = "en"
    answer_whole_form(signed_in, invite(database, case, later))
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).language = "da"
    signed_in.post("/kode", data={"code": code_of(database, case), "pin": PIN})
    page = signed_in.get("/hjem/udvikling").text
    assert "De er givet på to sprog." in page and "polyline" not in page


def test_an_idle_session_ends_and_a_busy_one_does_not(
    app: Flask, signed_in: FlaskClient, now: datetime
) -> None:
    for minutes in (15, 30, 45):
        at(app, now + timedelta(minutes=minutes))
        assert signed_in.get("/hjem").status_code == 200
    at(app, now + timedelta(minutes=66))
    assert signed_in.get("/hjem").status_code == 302


def test_a_session_ends_when_the_pin_is_changed_and_when_she_closes_it(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    signed_in.post("/farvel")
    assert signed_in.get("/hjem").status_code == 302
    signed_in.post("/kode", data={"code": code_of(database, case), "pin": PIN})
    with database.write(case.municipality_id) as session:
        pins.choose_pin(session, case.citizen_id, HASHER.hash("2580"), now + timedelta(seconds=1))
    assert signed_in.get("/hjem").status_code == 302


def test_a_letter_leads_to_a_pin_of_her_own_choosing(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    assert client.get("/kode/ny").location == "/kode/brev"
    too_late = client.post("/kode/ny", data={"pin": "2580"})
    assert too_late.status_code == 400 and 'action="/kode/brev"' in too_late.text, "said, not just done"
    with database.write(case.municipality_id) as session:
        letter = pins.new_letter_code(session, case.citizen_id, now)
    code = code_of(database, case)
    assert client.post("/kode/brev", data={"code": code, "letter": "CDFHJKMN"}).status_code == 422
    assert client.post("/kode/brev", data={"code": code, "letter": letter}).location == "/kode/ny"
    easy = client.post("/kode/ny", data={"pin": "1234"})
    assert easy.status_code == 422 and "for let at gætte" in easy.text
    assert client.post("/kode/ny", data={"pin": "2580"}).location == "/hjem"
    assert "Hej" in client.get("/hjem").text


def test_who_is_choosing_a_pin_is_not_yet_let_in(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        letter = pins.new_letter_code(session, case.citizen_id, now)
    client.post("/kode/brev", data={"code": code_of(database, case), "letter": letter})
    assert client.get("/hjem").status_code == 302


def test_the_front_page_is_the_way_in(client: FlaskClient) -> None:
    assert 'action="/kode"' in client.get("/").text


def code_of(database: Database, case: Case) -> str:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id).short_code


def test_a_pin_guessed_from_many_addresses_is_locked_all_the_same_and_opened_by_a_person_or_a_new_code(
    app: Flask, client: FlaskClient, database: Database, case: Case, short_code: str, now: datetime
) -> None:
    def guess(number: int, pin: str) -> str:
        address = {"REMOTE_ADDR": f"192.0.2.{number}"}
        return client.post("/kode", data={"code": short_code, "pin": pin}, environ_base=address).text

    for number in range(5):
        guess(number, "9182")
    locked = guess(6, PIN)
    assert "Din adgang er låst" in locked and "hjælper vi dig ind igen" in locked
    assert "/kode/brev" in locked
    with database.write(case.municipality_id) as session:
        unlock_pin(session.get_one(Citizen, case.citizen_id))
    assert "Din adgang er låst" not in guess(7, PIN)
    client.post("/farvel")
    for number in range(8, 13):
        guess(number, "9182")
    with database.write(case.municipality_id) as session:
        letter = pins.new_letter_code(session, case.citizen_id, now)
    asked = client.post("/kode/brev", data={"code": short_code, "letter": letter})
    assert asked.location == "/kode/ny"


def test_one_thing_stands_first_what_waits_then_a_message_then_the_next_meeting(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    def first() -> str:
        page = signed_in.get("/hjem").text
        return page.partition('id="first-title">')[2].partition("</h2>")[0]

    with database.write(case.municipality_id) as session:
        made = {"made_by": case.staff_id, "made_at": now, "way": Way.PHONE}
        session.add(Meeting(citizen_id=case.citizen_id, starts_at=now + timedelta(days=2), **made))
    assert first() == "Dit næste møde"
    with database.write(case.municipality_id) as session:
        write_as_staff(session, case.citizen_id, StaffWriting(case.staff_id, "Hej"), now)
    assert "har skrevet til dig" in first()
    invite(database, case, now)
    assert "har spørgsmål til dig" in first()
