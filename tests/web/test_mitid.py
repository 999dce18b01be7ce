"""Sign-in with MitID, the whole round, against a real OpenID provider in a process of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from database.engine import Database
from portal.app import create_app
from portal.runtime import Portal, utc_now
from portal.services import own_number, pins
from portal.store import overlays
from portal.store.mitid import MitIdBinding
from portal.store.number_changes import NumberChange
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from portal.web.phones import as_read
from tests import factories
from tests.cases import Case, make_case
from tests.conftest import add_municipality
from tests.doubles.mitid_broker import config_for, sign_in, sign_out
from tests.factories import HASHER
from tests.journeys import invite
from tests.web.conftest import settings_for, sign_in_as

HOME = "http://127.0.0.1:8000"
PIN = "4711"
NOW = utc_now()
"""For rows; the provider's clock is the machine's, and so is the portal's here."""


@pytest.fixture
def app(database_url: str, mitid_issuer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    monkeypatch.setattr(overlays, "LOOK_AGAIN_SECONDS", 3600.0)
    app = create_app(settings_for(database_url, mitid=config_for(mitid_issuer)))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["taletid"].database.dispose()


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


@pytest.fixture
def code(database: Database, case: Case) -> str:
    return give_pin(database, case)


@pytest.fixture
def bound(client: FlaskClient, code: str) -> FlaskClient:
    """Her MitID opens her page, and she is on it."""
    come_back(client, "mette")
    assert bind(client, code).location == "/hjem/mitid"
    return client


def give_pin(database: Database, case: Case) -> str:
    with database.write(case.municipality_id) as session:
        pins.choose_pin(session, case.citizen_id, HASHER.hash(PIN), NOW)
        return session.get_one(Citizen, case.citizen_id).short_code


def leave(client: FlaskClient, **query: str) -> str:
    answer = client.get("/mitid/til", query_string=query)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def come_back(client: FlaskClient, who: str, level: str = "substantial", **query: str) -> TestResponse:
    back = sign_in(leave(client, **query), HOME, who, level)
    return client.get(back.removeprefix(HOME))


def bind(client: FlaskClient, code: str, secret: str = PIN) -> TestResponse:
    return client.post("/mitid/kobl", data={"code": code, "secret": secret})


def at(app: Flask, moment: datetime) -> None:
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: moment


def bindings(database: Database, case: Case) -> list[MitIdBinding]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(MitIdBinding)))


def test_she_binds_her_mitid_once_and_then_it_alone_opens_her_page(
    app: Flask, client: FlaskClient, code: str, database: Database, case: Case
) -> None:
    assert come_back(client, "mette").location == "/mitid/kobl"
    assert client.get("/hjem").status_code == 302  # who she is there says nothing yet of who she is here
    assert bind(client, code).location == "/hjem/mitid"
    assert "Nu åbner dit MitID siden" in client.get("/hjem/mitid").text
    later = app.test_client()
    assert come_back(later, "mette").location == "/hjem"
    assert "Hej" in later.get("/hjem").text
    with database.read(case.municipality_id) as session:
        assert [entry.kind for entry in session.scalars(select(ThreadEntry))] == ["mitid_bound"]


def test_after_mitid_she_comes_to_the_page_that_she_was_going_to(bound: FlaskClient) -> None:
    assert come_back(bound, "mette", til="/hjem/nummer").location == "/hjem/nummer"
    assert come_back(bound, "mette", til="https://evil.example").location == "/hjem"


def test_where_no_broker_is_set_up_there_is_no_such_way_in(
    database_url: str, database: Database, case: Case, code: str
) -> None:
    plain = create_app(settings_for(database_url))
    plain.config["WTF_CSRF_ENABLED"] = False
    client = plain.test_client()
    assert {client.get(f"/mitid{path}").status_code for path in ("", "/til", "/retur", "/kobl", "/ud")} == {
        404
    }
    assert "mitid" not in client.get("/kode").text.lower()
    client.post("/kode", data={"code": code, "pin": PIN})
    assert "mitid" not in client.get("/hjem").text.lower()
    refused = client.get("/hjem/nummer")
    assert refused.status_code == 403 and "Det hjælper vi dig med" in refused.text
    plain.extensions["taletid"].database.dispose()


def test_a_broker_that_is_down_is_told_kindly_with_the_other_way_in_beside_it(
    database_url: str, database: Database, case: Case
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    app = create_app(settings_for(database_url, mitid=config_for(f"http://127.0.0.1:{port}")))
    answer = app.test_client().get("/mitid/til")
    assert answer.status_code == 503
    assert "MitID svarer ikke lige nu" in answer.text and "Gå ind med kode og pinkode" in answer.text
    app.extensions["taletid"].database.dispose()


def test_nothing_of_what_the_broker_tells_is_kept_but_a_keyed_hash(
    bound: FlaskClient, database: Database, case: Case
) -> None:
    (row,) = bindings(database, case)
    assert len(row.subject_index) == 43
    told = ("010203", "1234", "Hemmelig", "mette", "uuid-of-mette")
    file = Path(str(database.engine.url.database))
    kept = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
    cookie = bound.get_cookie("taletid")
    assert cookie is not None
    with bound.session_transaction() as session:
        held = str(dict(session))
    assert [word for word in told[2:] if word.encode() in kept or word in held] == []
    assert b"010203-1234" not in kept and b"0102031234" not in kept


@pytest.mark.parametrize("secret", ["9182", "CDFHJKMN"])
def test_a_wrong_pin_or_letter_binds_nothing_and_counts_as_one(
    client: FlaskClient, code: str, database: Database, case: Case, secret: str
) -> None:
    come_back(client, "mette")
    answer = bind(client, code, secret)
    assert answer.status_code == 422 and code in answer.text and secret not in answer.text
    with database.write(case.municipality_id) as session:
        pins.new_letter_code(session, case.citizen_id, NOW)
    again = bind(client, code, secret)
    assert "Du kan prøve 4 gange til." in again.text or "Du kan prøve 3 gange til." in again.text
    assert bindings(database, case) == []
    assert client.get("/hjem").status_code == 302


def test_a_letters_code_binds_too_and_is_spent_by_it(
    app: Flask, client: FlaskClient, database: Database, case: Case
) -> None:
    with database.write(case.municipality_id) as session:
        letter = pins.new_letter_code(session, case.citizen_id, NOW)
        code = session.get_one(Citizen, case.citizen_id).short_code
    come_back(client, "mette")
    assert bind(client, code, letter).location == "/hjem/mitid"
    assert [row.proof for row in bindings(database, case)] == ["letter"]
    other = app.test_client()
    come_back(other, "sara")
    assert bind(other, code, letter).status_code == 422


def test_nobody_binds_who_has_not_come_from_the_broker(
    client: FlaskClient, code: str, database: Database, case: Case
) -> None:
    assert client.get("/mitid/kobl").location == "/mitid"
    assert bind(client, code).location == "/mitid"
    assert bindings(database, case) == []


def test_one_mitid_opens_one_page_in_a_municipality(
    app: Flask, bound: FlaskClient, database: Database, case: Case
) -> None:
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Citizen, case.citizen_id).caseworker
        other = factories.add_citizen(session, NOW, caseworker, first_name="Sara")
        pins.choose_pin(session, other.id, HASHER.hash(PIN), NOW)
        code = other.short_code
    assert come_back(bound, "mette", kobl="1").location == "/mitid/kobl"
    answer = bind(bound, code)
    assert answer.status_code == 422 and "Dit MitID åbner en anden side her" in answer.text
    assert len(bindings(database, case)) == 1


def test_a_page_that_another_mitid_opens_is_not_opened_by_a_second(
    app: Flask, bound: FlaskClient, code: str, database: Database, case: Case
) -> None:
    thief = app.test_client()
    come_back(thief, "sara")
    answer = bind(thief, code)
    assert answer.status_code == 422 and "Et andet MitID åbner siden" in answer.text
    assert thief.get("/hjem").status_code == 302
    assert len(bindings(database, case)) == 1


def test_a_page_in_each_of_two_municipalities_is_chosen_between(
    app: Flask, bound: FlaskClient, database: Database, case: Case
) -> None:
    there = add_municipality(database, "bakkeby", "+4510900001")
    with database.write(there) as session:
        caseworker = factories.add_staff(session, NOW, team=factories.add_team(session))
        other = factories.add_citizen(session, NOW, caseworker, first_name="Metta")
        pins.choose_pin(session, other.id, HASHER.hash(PIN), NOW)
        code = other.short_code
    come_back(bound, "mette", kobl="1")
    assert bind(bound, code).location == "/hjem/mitid"
    fresh = app.test_client()
    assert come_back(fresh, "mette").location == "/mitid/vaelg"
    assert fresh.get("/mitid/vaelg").text.count('name="municipality"') == 2
    assert fresh.post("/mitid/vaelg", data={"municipality": "999"}).location == "/mitid"
    assert fresh.post("/mitid/vaelg", data={"municipality": str(there)}).location == "/hjem"
    assert "Metta" in fresh.get("/hjem").text


def test_the_level_steps_down_after_a_quarter_of_an_hour_and_her_page_stays_open(
    app: Flask, bound: FlaskClient
) -> None:
    began = utc_now()
    assert bound.get("/hjem/nummer").status_code == 200
    for minutes in (10, 20):
        at(app, began + timedelta(minutes=minutes))
        assert bound.get("/hjem").status_code == 200
    refused = bound.get("/hjem/nummer")
    assert refused.status_code == 403 and "/mitid/til?til=/hjem/nummer" in refused.text
    assert bound.post("/hjem/mitid/fra").status_code == 403
    at(app, began + timedelta(minutes=45))
    assert bound.get("/hjem").status_code == 302  # idle


def test_with_a_pin_alone_her_number_is_not_hers_to_change(client: FlaskClient, code: str) -> None:
    client.post("/kode", data={"code": code, "pin": PIN})
    page = client.get("/hjem/nummer")
    assert page.status_code == 403 and "Her skal du bruge MitID" in page.text


def test_she_removes_it_herself_and_is_out_and_so_is_everyone_who_was_in_by_it(
    app: Flask, bound: FlaskClient, database: Database, case: Case
) -> None:
    elsewhere = app.test_client()
    come_back(elsewhere, "mette")
    assert "Fjern MitID fra min side" in bound.get("/hjem/mitid").text
    assert bound.post("/hjem/mitid/fra").location == "/mitid/farvel"
    assert "åbner ikke din side mere." in bound.get("/mitid/farvel").text
    assert bindings(database, case) == []
    assert bound.get("/hjem").status_code == elsewhere.get("/hjem").status_code == 302
    assert come_back(bound, "mette").location == "/mitid/kobl"


def test_staff_see_that_it_is_bound_and_can_remove_it_and_never_bind(
    app: Flask, bound: FlaskClient, database: Database, case: Case
) -> None:
    desk = app.test_client()
    with database.read(case.municipality_id) as session:
        sign_in_as(desk, database, session.get_one(Citizen, case.citizen_id).caseworker, NOW)
    page = f"/borgere/{case.citizen_id}/mitid"
    assert "viste med sin pinkode" in desk.get(page).text
    assert page in desk.get(f"/borgere/{case.citizen_id}").text
    assert desk.post(f"{page}/fjern").location == page
    assert "Intet MitID åbner siden" in desk.get(page).text
    assert bound.get("/hjem").status_code == 302


def test_signing_out_here_offers_the_way_out_of_the_broker_too(bound: FlaskClient) -> None:
    assert bound.post("/farvel").location == "/mitid/farvel"
    assert bound.get("/hjem").status_code == 302
    assert "/mitid/ud" in bound.get("/mitid/farvel").text
    way_out = str(bound.get("/mitid/ud").location)
    assert "id_token_hint" not in way_out
    assert sign_out(way_out, HOME) == f"{HOME}/mitid/ude"
    assert "Du er også logget ud hos" in bound.get("/mitid/ude").text


def test_no_page_behind_an_sms_offers_mitid_and_the_way_in_does(
    client: FlaskClient, database: Database, case: Case, code: str
) -> None:
    token = invite(database, case, NOW)
    behind = [client.get("/"), client.get(f"/{token}"), client.get("/" + "x" * 22)]
    form = client.post(f"/{token}", follow_redirects=True)
    wrong = client.post("/kode", data={"code": "000000", "pin": "0000"})
    for page in (*behind, form, wrong):
        assert "mitid" not in page.text.lower(), page.request.path
    assert 'href="/mitid"' in client.get("/kode").text
    assert "127.0.0.1:8000/mitid" in client.get("/mitid").text


def test_she_who_turns_back_is_told_so_and_keeps_the_other_way_in(client: FlaskClient) -> None:
    answer = come_back(client, "")
    assert answer.status_code == 422
    assert "Du er ikke gået ind" in answer.text and "Gå ind med kode og pinkode" in answer.text


def test_a_level_that_is_too_low_does_not_let_her_in(client: FlaskClient, code: str) -> None:
    answer = come_back(client, "mette", level="low")
    assert answer.status_code == 422 and "Vi skal være mere sikre" in answer.text
    assert client.get("/mitid/kobl").location == "/mitid"


def test_a_code_is_taken_once(app: Flask, client: FlaskClient) -> None:
    back = sign_in(leave(client), HOME, "mette").removeprefix(HOME)
    with client.session_transaction() as session:
        before = dict(session)
    assert client.get(back).location == "/mitid/kobl"
    again = client.get(back)
    assert again.status_code == 422 and "Prøv en gang til" in again.text  # the state is spent
    with client.session_transaction() as session:
        session.clear()
        session.update(before)  # a copied cookie brings the state back; the provider knows its own code
    assert client.get(back).status_code == 422


def test_an_answer_to_another_browser_is_nobodys(app: Flask, client: FlaskClient) -> None:
    back = sign_in(leave(client), HOME, "mette").removeprefix(HOME)
    other = app.test_client()
    assert other.get(back).status_code == 422
    leave(other)
    wrong = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    assert other.get(f"/mitid/retur?{urlencode(wrong | {'state': 'x'})}").status_code == 422
    assert other.get("/mitid/kobl").location == "/mitid"


def test_two_tabs_may_both_be_away(client: FlaskClient) -> None:
    first, second = leave(client), leave(client)
    assert client.get(sign_in(first, HOME, "mette").removeprefix(HOME)).location == "/mitid/kobl"
    assert client.get(sign_in(second, HOME, "mette").removeprefix(HOME)).location == "/mitid/kobl"


def test_she_changes_her_number_with_a_code_and_staff_can_put_it_back(
    app: Flask, bound: FlaskClient, database: Database, case: Case
) -> None:
    """The code is made with its SMS, as the worker does it."""
    wrong = bound.post("/hjem/nummer", data={"phone": "1234"})
    assert wrong.status_code == 422 and 'id="phone-error"' in wrong.text and 'value="1234"' in wrong.text
    assert bound.post("/hjem/nummer", data={"phone": "10 77 77 77"}).location == "/hjem/nummer"
    assert as_read("+4510777777") in bound.get("/hjem/nummer").text
    with database.write(case.municipality_id) as session:
        change = session.scalars(select(NumberChange)).one()
        code, old = own_number.make_code(change, utc_now()), session.get_one(Citizen, case.citizen_id).phone
    again = bound.post("/hjem/nummer/kode", data={"code": "x"})
    assert again.status_code == 422 and "Du kan prøve 4 gange til." in again.text
    assert bound.post("/hjem/nummer/kode", data={"code": code}).location == "/hjem/nummer"
    page = bound.get("/hjem/nummer").text
    assert "Dit nummer er skiftet." in page and as_read("+4510777777") in page
    assert bound.post("/hjem/nummer/kode", data={"code": code}).status_code == 303  # a second tap
    over = bound.post("/hjem/nummer/kode", data={"code": "x"})
    assert over.status_code == 422 and "Bed om en ny" in over.text
    desk = app.test_client()
    with database.read(case.municipality_id) as session:
        sign_in_as(desk, database, session.get_one(Citizen, case.citizen_id).caseworker, NOW)
    shown = desk.get(f"/borgere/{case.citizen_id}/nummer").text
    assert "har selv skiftet nummer" in shown and as_read(old) in shown
    for said in ("Det gamle nummer er tilbage.", "Skiftet kunne ikke fortrydes"):
        back = desk.post(f"/borgere/{case.citizen_id}/nummer-tilbage", follow_redirects=True)
        assert said in back.text and as_read(old) in back.text


def test_who_has_said_no_to_sms_is_shown_the_way_to_say_yes(
    bound: FlaskClient, database: Database, case: Case
) -> None:
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).opted_out_at = NOW
    page = bound.get("/hjem/nummer").text
    assert "Du har sagt nej til SMS" in page and "/hjem/kontakt/sms" in page and 'name="phone"' not in page


def test_who_is_in_and_goes_back_a_page_is_still_in(app: Flask, bound: FlaskClient) -> None:
    back = sign_in(leave(bound), HOME, "mette").removeprefix(HOME)
    assert bound.get(back).location == bound.get(back).location == "/hjem"
    assert bound.get("/hjem").status_code == 200


def test_who_opens_the_short_name_of_the_server_goes_by_the_one_that_the_broker_knows(
    database_url: str, mitid_issuer: str
) -> None:
    app = create_app(
        settings_for(database_url, link_url="http://localhost:8000", mitid=config_for(mitid_issuer))
    )
    answer = app.test_client().get("/mitid/til?til=/hjem", base_url="http://localhost:8000")
    assert answer.location == f"{HOME}/mitid/til?til=/hjem"
    app.extensions["taletid"].database.dispose()
