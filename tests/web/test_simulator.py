"""The citizens' phones and the staff's codes, as somebody who tries the product meets them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.inbound import InboundMessage
from messaging.message import Status
from messaging.outbox import OutboxMessage
from messaging.simulator import PhoneState, SimulatedMessage, set_phone_state, state_of
from portal.app import create_app
from portal.config import TwilioAccount
from portal.runtime import Portal
from portal.services import background
from portal.services.demo.accounts import accounts
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests.conftest import NOW, add_municipality
from tests.factories import add_citizen, add_staff, add_team
from tests.web.conftest import settings_for

HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def app(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One demo for all of these tests: they look at different phones."""
    app = create_app(settings_for(f"sqlite:///{shutil.copy(demo_file, tmp_path_factory.mktemp('phones'))}"))
    app.config["WTF_CSRF_ENABLED"] = False
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    yield app
    portal.database.dispose()


@pytest.fixture
def portal(app: Flask) -> Portal:
    found: Portal = app.extensions["taletid"]
    return found


def digits_of(database: Database, **names: str) -> int:
    with database.read(EVERYONE) as session:
        for citizen in session.scalars(select(Citizen)):
            if all(getattr(citizen, key) == value for key, value in names.items()):
                return int(citizen.phone)
    raise LookupError(names)


def a_phone_in(database: Database, state: PhoneState) -> int:
    with database.read(EVERYONE) as session:
        return next(
            int(each.phone)
            for each in session.scalars(select(Citizen).order_by(Citizen.id))
            if state_of(session, each.phone) is state
        )


def test_the_list_shows_the_newest_first_and_goes_on_over_pages(client: FlaskClient) -> None:
    first = client.get("/telefon").text
    assert "201 telefoner" in first
    assert first.count('<li>\n    <a href="/telefon/45') == 20
    assert "Side 2 af 11" in client.get("/telefon?side=2").text
    assert "Side 11 af 11" in client.get("/telefon?side=999").text


@pytest.mark.parametrize("search", ["mette holm", "METTE H", "+45 10 20 00 00", "4510200000"])
def test_a_phone_is_found_by_name_or_number(client: FlaskClient, search: str) -> None:
    page = client.get("/telefon", query_string={"q": search}, headers=HTMX).text
    assert "1 telefon" in page
    assert "Mette Holm" in page
    assert "<html" not in page


def test_a_search_without_a_find_says_so(client: FlaskClient) -> None:
    assert "0 telefoner" in client.get("/telefon?q=zzzz").text


def test_a_phone_shows_its_sms_with_our_own_links_to_open(client: FlaskClient, portal: Portal) -> None:
    page = client.get(f"/telefon/{digits_of(portal.database, first_name='Ahmad')}").text
    assert "مرحباً" in page
    link = re.search(
        r'<a href="(http://127.0.0.1:8000/\S{22})" target="_blank" rel="noopener noreferrer">', page
    )
    assert link


def test_a_number_without_a_phone_is_not_found(client: FlaskClient) -> None:
    assert client.get("/telefon/4510999999").status_code == 404
    assert client.post("/telefon/4510999999/svar", data={"text": "hej"}).status_code == 404


def test_a_citizens_phone_is_there_before_its_first_sms_and_can_write(
    client: FlaskClient, portal: Portal
) -> None:
    with portal.database.read(EVERYONE) as session:
        lone = session.scalars(select(Staff).where(Staff.team_id.is_not(None))).first()
    assert lone is not None
    with portal.database.write(lone.municipality_id) as session:
        add_citizen(session, NOW, lone, first_name="Ny", phone="+4510888888")
    digits = digits_of(portal.database, first_name="Ny")
    assert 'name="text"' in client.get(f"/telefon/{digits}").text
    assert client.post(f"/telefon/{digits}/svar", data={"text": "Hej"}).status_code == 303


def test_the_page_is_fetched_anew_when_there_is_first_a_number_to_answer(
    client: FlaskClient, portal: Portal
) -> None:
    digits = digits_of(portal.database, first_name="Agnieszka")
    looked = client.get(f"/telefon/{digits}?set=old", headers=HTMX)
    assert looked.headers["HX-Refresh"] == "true" and looked.data == b""


def test_polling_answers_with_nothing_until_something_has_arrived(
    client: FlaskClient, portal: Portal
) -> None:
    digits = digits_of(portal.database, first_name="Agnieszka")
    version = re.search(r"set=(\w{12})", client.get(f"/telefon/{digits}").text)
    assert version
    address = f"/telefon/{digits}?set={version[1]}&svar=1"
    assert client.get(address, headers=HTMX).status_code == 204
    client.post(f"/telefon/{digits}/svar", data={"text": "Dzień dobry"})
    changed = client.get(address, headers=HTMX)
    assert changed.status_code == 200
    assert "Dzień dobry" in changed.text
    assert "<html" not in changed.text


def test_a_reply_goes_the_way_of_every_incoming_sms_into_the_thread(
    client: FlaskClient, portal: Portal
) -> None:
    digits = digits_of(portal.database, first_name="Mette", last_name="Holm")
    answer = client.post(f"/telefon/{digits}/svar", data={"text": "Jeg kommer kl. 9."})
    assert answer.status_code == 303
    background.receive(portal)
    with portal.database.read(EVERYONE) as session:
        stored = session.scalars(select(InboundMessage).order_by(InboundMessage.id.desc())).first()
        assert stored is not None
        assert stored.text == "Jeg kommer kl. 9."
        entry = session.scalars(select(ThreadEntry).where(ThreadEntry.inbound_id == stored.id)).one()
        assert (entry.author, entry.channel, entry.body) == ("citizen", "sms", "Jeg kommer kl. 9.")


def test_stop_is_obeyed_and_confirmed_on_the_phone(client: FlaskClient, portal: Portal) -> None:
    digits = digits_of(portal.database, first_name="Agnieszka")
    client.post(f"/telefon/{digits}/svar", data={"text": "Stop"})
    background.receive(portal)
    background.deliver(portal)
    assert "START" in client.get(f"/telefon/{digits}").text
    with portal.database.read(EVERYONE) as session:
        assert any(
            citizen.opted_out_at == NOW
            for citizen in session.scalars(select(Citizen))
            if citizen.phone == f"+{digits}"
        )


@pytest.mark.parametrize(("text", "problem"), [("  ", "Skriv noget"), ("x" * 1601, "Skriv højst")])
def test_a_reply_that_cannot_be_sent_is_kept_and_explained(
    client: FlaskClient, portal: Portal, text: str, problem: str
) -> None:
    digits = digits_of(portal.database, first_name="Mette", last_name="Holm")
    answer = client.post(f"/telefon/{digits}/svar", data={"text": text})
    assert answer.status_code == 422
    assert problem in answer.text
    assert 'aria-describedby="text-error"' in answer.text
    assert text.strip() in answer.text


def test_a_name_cannot_be_answered_and_the_phone_says_why(client: FlaskClient, portal: Portal) -> None:
    page = client.get(f"/telefon/{digits_of(portal.database, first_name='Ahmad')}").text
    assert "Aakoebing kan ikke få svar" in page
    assert "+4510900900" in page


def test_an_sms_waits_for_a_phone_that_is_off_and_arrives_when_it_is_on(
    client: FlaskClient, portal: Portal
) -> None:
    digits = a_phone_in(portal.database, PhoneState.OFF)
    page = client.get(f"/telefon/{digits}").text
    assert "Slukket" in page
    assert "<textarea" not in page
    assert client.post(f"/telefon/{digits}/tilstand", data={"state": "on"}).status_code == 303
    background.deliver(portal)
    assert "http://127.0.0.1:8000/" in client.get(f"/telefon/{digits}").text
    with portal.database.read(EVERYONE) as session:
        newest = next(
            each
            for each in session.scalars(select(SimulatedMessage).order_by(SimulatedMessage.id.desc()))
            if each.to == f"+{digits}"
        )
        message = session.scalars(
            select(OutboxMessage).where(OutboxMessage.reference == newest.reference)
        ).one()
        assert message.status is Status.DELIVERED


def test_a_state_that_does_not_exist_changes_nothing(client: FlaskClient, portal: Portal) -> None:
    digits = digits_of(portal.database, first_name="Mette", last_name="Holm")
    assert client.post(f"/telefon/{digits}/tilstand", data={"state": "lost"}).status_code == 400
    assert client.post("/telefon/4510999999/tilstand", data={"state": "on"}).status_code == 303
    assert client.get("/telefon/4510999999").status_code == 404


def test_the_codes_are_those_that_let_the_demos_staff_in(client: FlaskClient, portal: Portal) -> None:
    with portal.database.read(EVERYONE) as session:
        found = accounts(session, NOW)
    page = client.get("/telefon/koder").text
    assert len(found) == 9
    for each in found:
        assert each.email in page
        assert f"{each.code[:3]} {each.code[3:]}" in page


def test_nobody_outside_a_demo_is_named_nor_has_a_code(client: FlaskClient, portal: Portal) -> None:
    real = add_municipality(portal.database, slug="rigtig", reply_number="+4510800800")
    with portal.database.write(real) as session:
        caseworker = add_staff(session, NOW, team=add_team(session), name="Rigtig Person")
        email = caseworker.email
        citizen = add_citizen(session, NOW, caseworker, first_name="Rigtignavn", phone="+4510777777")
        phone = citizen.phone
    with portal.database.write(EVERYONE) as session:
        set_phone_state(session, phone, PhoneState.ON)
    assert email not in client.get("/telefon/koder").text
    assert "Rigtignavn" not in client.get("/telefon?q=4510777777").text
    assert "Rigtignavn" not in client.get("/telefon/4510777777").text
    with portal.database.write(EVERYONE) as session:
        assert session.get_one(Municipality, real).is_demo is False


def test_the_phones_need_a_token_against_forged_posts(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert app.test_client().post("/telefon/4510200000/svar", data={"text": "x"}).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_with_a_real_gateway_there_are_no_phones_and_no_codes(sqlite_url: str) -> None:
    account = TwilioAccount("AC" + "0" * 32, "token")
    app = create_app(settings_for(sqlite_url, gateway="twilio", twilio=account))
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert not any(rule.startswith("/telefon") for rule in rules)
    assert app.test_client().get("/telefon/koder").status_code == 404
    app.extensions["taletid"].database.dispose()
