"""Meetings from both sides: the caseworker sets them, the citizen sees them and asks, and the list tells."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy import select

from database.engine import Database
from messaging.outbox import OutboxMessage
from portal.services import pins, publishing
from portal.store.meetings import Meeting
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case, make_case
from tests.factories import HASHER
from tests.web.conftest import sign_in_as
from tests.web.test_citizen_queries import MOST, asked
from tests.windows import local

PIN = "4711"
TYPED = {"day": "2026-11-19", "time": "10:00", "minutes": "45", "way": "place", "place": "Torvet 1"}
"""Tomorrow."""


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    found = make_case(database, municipality, now, key="other_form")
    with database.write(municipality) as session:
        publishing.ship(session, now)
    return found


@pytest.fixture
def desk(app: Flask, database: Database, case: Case) -> FlaskClient:
    client = app.test_client()
    with database.read(case.municipality_id) as session:
        lone = session.get_one(Staff, case.staff_id)
    sign_in_as(client, database, lone)
    return client


@pytest.fixture
def hers(app: Flask, database: Database, case: Case, now: datetime) -> FlaskClient:
    return signed_in(app, database, case.municipality_id, case.citizen_id, now)


def signed_in(
    app: Flask, database: Database, municipality_id: int, citizen_id: int, now: datetime
) -> FlaskClient:
    with database.write(municipality_id) as session:
        pins.choose_pin(session, citizen_id, HASHER.hash(PIN), now)
        code = session.get_one(Citizen, citizen_id).short_code
    client = app.test_client()
    client.post("/kode", data={"code": code, "pin": PIN})
    return client


def put(desk: FlaskClient, case: Case, address: str = "nyt", **values: str) -> int:
    return desk.post(f"/borgere/{case.citizen_id}/moeder/{address}", data={**TYPED, **values}).status_code


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(str(Markup(answer.text).striptags()).split())


def only(database: Database, case: Case) -> Meeting:
    with database.read(case.municipality_id) as session:
        return session.scalars(select(Meeting)).one()


def kinds(database: Database, case: Case) -> list[str]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(ThreadEntry.kind).order_by(ThreadEntry.id)))


def test_a_meeting_that_is_set_is_on_her_pages_and_the_same_click_twice_sets_it_once(
    desk: FlaskClient, hers: FlaskClient, database: Database, case: Case
) -> None:
    assert put(desk, case, note="Tag dit CV med", interpreter="so") == 303
    assert put(desk, case, note="Tag dit CV med", interpreter="so") == 303
    page = text(hers, "/hjem/moeder")
    assert "torsdag den 19. november 2026 kl. 10.00 (45 min.) Vi mødes: Torvet 1 Tolk: Soomaali" in page
    assert "Tag dit CV med" in page
    assert "Dit næste møde" in text(hers, "/hjem")
    assert only(database, case).starts_at == local("2026-11-19T10:00")
    assert kinds(database, case) == ["meeting_set"]
    assert "Nyt møde: torsdag den 19. november" in text(hers, "/hjem/samtale")


def test_the_sms_about_it_is_sent_when_it_is_asked_for_and_says_nothing_of_it(
    desk: FlaskClient, database: Database, case: Case
) -> None:
    put(desk, case)
    put(desk, case, time="11:00", tell="1")
    with database.read(case.municipality_id) as session:
        assert [each.kind for each in session.scalars(select(OutboxMessage))] == ["meeting"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "2026-11-17"),
        ("day", "i morgen"),
        ("time", "25:00"),
        ("minutes", "7"),
        ("way", "drone"),
        ("place", ""),
        ("interpreter", "klingon"),
        ("note", "Din diagnose skal med"),
        ("note", "Dit nummer er 010190-1234"),
        ("place", "x" * 500),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_with_what_was_typed_kept(
    desk: FlaskClient, database: Database, case: Case, field: str, value: str
) -> None:
    answer = desk.post(
        f"/borgere/{case.citizen_id}/moeder/nyt", data={**TYPED, "note": "Vi ses", field: value}
    )
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text and ("Vi ses" in answer.text or field == "note")
    assert kinds(database, case) == []


def test_a_meeting_moves_and_is_called_off(
    desk: FlaskClient, hers: FlaskClient, database: Database, case: Case
) -> None:
    put(desk, case)
    number = only(database, case).id
    assert put(desk, case, str(number), time="") == 303
    assert "Tiden på dagen kommer senere" in text(hers, "/hjem/moeder")
    assert put(desk, case, str(number), way="phone", place="") == 303
    assert "Vi ringer til dig" in text(hers, "/hjem/moeder")
    assert only(database, case).changes == 2
    for _ in range(2):
        desk.post(f"/borgere/{case.citizen_id}/moeder/{number}/aflys")
    assert "Du har ingen møder lige nu" in text(hers, "/hjem/moeder")
    assert kinds(database, case) == ["meeting_set", "meeting_changed", "meeting_changed", "meeting_cancelled"]
    gone = hers.get(f"/hjem/moeder/{number}/flyt")
    assert gone.location == "/hjem/moeder" and "er her ikke mere" in text(hers, gone.location)


def test_her_wish_for_another_time_comes_with_her_words_to_the_list_until_somebody_sees_to_it(
    desk: FlaskClient, hers: FlaskClient, database: Database, case: Case
) -> None:
    put(desk, case, day="2026-12-10")
    number = only(database, case).id
    for _ in range(2):
        hers.post(f"/hjem/moeder/{number}/flyt", data={"words": "Helst efter kl. 14"})
    assert kinds(database, case).count("message") == 1
    assert kinds(database, case).count("meeting_move_asked") == 1
    assert "Du har bedt om en anden tid" in text(hers, "/hjem/moeder")
    listed = text(desk, "/borgere")
    assert "Ønske om et møde" in listed and "Har skrevet" in listed
    assert "Helst efter kl. 14" in text(desk, f"/borgere/{case.citizen_id}/samtale")
    assert "har bedt om en anden tid" in text(desk, f"/borgere/{case.citizen_id}/moeder")
    desk.post(f"/borgere/{case.citizen_id}/moeder/{number}/set")
    assert "Ønske om et møde" not in text(desk, "/borgere")


def test_she_may_take_her_wish_for_another_time_back_and_nobody_has_to_see_to_it(
    desk: FlaskClient, hers: FlaskClient, database: Database, case: Case
) -> None:
    put(desk, case)
    number = only(database, case).id
    hers.post(f"/hjem/moeder/{number}/flyt", data={"words": ""})
    for _ in range(2):
        assert hers.post(f"/hjem/moeder/{number}/flyt/fortryd").status_code == 303
    page = text(hers, "/hjem/moeder")
    assert "Du har taget det tilbage" in page and "Du har bedt om en anden tid" not in page
    assert kinds(database, case) == ["meeting_set", "meeting_move_asked", "meeting_move_undone"]
    assert "Ønske om et møde" not in text(desk, "/borgere")


def test_a_wish_without_words_is_a_wish_and_one_that_is_too_long_keeps_her_words(
    desk: FlaskClient, hers: FlaskClient, database: Database, case: Case
) -> None:
    put(desk, case)
    number = only(database, case).id
    long = hers.post(f"/hjem/moeder/{number}/flyt", data={"words": "Å" * 5001})
    assert long.status_code == 422 and "Å" * 5001 in long.text
    assert only(database, case).move_asked_at is None
    hers.post(f"/hjem/moeder/{number}/flyt", data={"words": " "})
    assert kinds(database, case) == ["meeting_set", "meeting_move_asked"]
    assert "Ønske om et møde" in text(desk, "/borgere")


def test_she_says_in_two_taps_that_an_interpreter_is_needed_and_may_take_it_back(
    desk: FlaskClient, hers: FlaskClient, database: Database, case: Case
) -> None:
    put(desk, case)
    number = only(database, case).id
    for _ in range(2):
        hers.post(f"/hjem/moeder/{number}/tolk", data={"language": "ti"})
    assert "Tolk: ትግርኛ" in text(hers, "/hjem/moeder")
    assert "Ønske om et møde" in text(desk, "/borgere")
    assert hers.post(f"/hjem/moeder/{number}/tolk", data={"language": "xx"}).status_code == 404
    hers.post(f"/hjem/moeder/{number}/tolk", data={"language": ""})
    assert only(database, case).interpreter is None
    assert kinds(database, case) == ["meeting_set", *["interpreter_asked"] * 2]


def test_the_calendar_gets_a_neutral_file(
    desk: FlaskClient, hers: FlaskClient, database: Database, case: Case
) -> None:
    put(desk, case, note="Tag dit CV med")
    answer = hers.get(f"/hjem/moeder/{only(database, case).id}/kalender.ics")
    assert answer.mimetype == "text/calendar" and "SUMMARY:Aftale" in answer.text
    assert "CV" not in answer.text and "Åkøbing" not in answer.text


def test_nobody_reaches_the_meeting_of_another(
    app: Flask, desk: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    put(desk, case)
    number = only(database, case).id
    with database.write(case.municipality_id) as session:
        other = factories.add_citizen(session, now, session.get_one(Staff, case.staff_id), first_name="Sara")
        elsewhere = factories.add_staff(session, now, team=factories.add_team(session, "Team Skoven"))
    sara = signed_in(app, database, case.municipality_id, other.id, now)
    for address in ("flyt", "tolk", "kalender.ics"):
        assert sara.get(f"/hjem/moeder/{number}/{address}").location == "/hjem/moeder"
    sara.post(f"/hjem/moeder/{number}/flyt", data={"words": "Mit?"})
    assert only(database, case).move_asked_at is None
    assert desk.get(f"/borgere/{other.id}/moeder/{number}").status_code == 404
    far = app.test_client()
    sign_in_as(far, database, elsewhere)
    for address in (f"/borgere/{case.citizen_id}/moeder", f"/borgere/{case.citizen_id}/moeder/{number}"):
        assert far.get(address).status_code == 404
    assert far.post(f"/borgere/{case.citizen_id}/moeder/nyt", data=TYPED).status_code == 404


def test_a_meeting_of_tomorrow_is_on_the_list_with_her_agenda_when_she_has_written_it(
    desk: FlaskClient, hers: FlaskClient, database: Database, case: Case
) -> None:
    put(desk, case)
    assert "Møde torsdag den 19. november" in text(desk, "/borgere")
    begun = hers.post(f"/hjem/moeder/{only(database, case).id}/dagsorden")
    form = begun.location.rpartition("/")[0]
    hers.post(f"{form}/1", data={"talk_about": "Jeg vil <b>gerne</b> tale om praktik"})
    assert "praktik" not in text(desk, f"/borgere/{case.citizen_id}")
    hers.post(f"{form}/2", data={"change": ""})
    hers.post(f"{form}/3", data={"on_my_mind": "Min bror"})
    for page in ("", "/samtaleark"):
        shown = desk.get(f"/borgere/{case.citizen_id}{page}").text
        assert "Jeg vil &lt;b&gt;gerne&lt;/b&gt; tale om praktik" in shown and "Min bror" in shown
    assert "dagsorden skrevet" in text(desk, "/borgere")
    assert "Du har skrevet, hvad du vil tale om" in text(hers, "/hjem/moeder")
    put(desk, case, day="2026-11-24")
    staff_pages = [f"/borgere/{case.citizen_id}{page}" for page in ("", "/samtaleark", "/moeder")]
    counts = {page: asked(desk, database, page) for page in ("/borgere", *staff_pages)}
    counts |= {page: asked(hers, database, page) for page in ("/hjem", "/hjem/moeder", "/hjem/kontakt")}
    assert max(counts.values()) <= MOST, counts
