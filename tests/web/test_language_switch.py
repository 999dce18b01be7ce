"""The language follows her from the SMS to the receipt, and her own switch changes it; Danish stands behind."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from i18n.catalogs import Status
from i18n.locales import LOCALES
from portal.runtime import Portal
from portal.store.answering import Answer
from portal.store.people import Citizen
from tests.cases import Case
from tests.journeys import PIN, give_pin, invite


@pytest.fixture
def token(database: Database, case: Case, now: datetime) -> str:
    return invite(database, case, now)


def speaks(database: Database, case: Case, code: str) -> None:
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).language = code


def language_of(database: Database, case: Case) -> str:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id).language


def opened(page: str) -> str:
    found = re.search(r'<html lang="(\w+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("code", ["fa", "ti", "uk"])
def test_the_pages_stand_in_her_language_from_the_link_to_the_receipt(
    client: FlaskClient, database: Database, case: Case, token: str, code: str
) -> None:
    speaks(database, case, code)
    pages = [client.get(f"/{token}").text]
    form = client.post(f"/{token}").location.rpartition("/")[0]
    pages.append(client.get(f"{form}/1").text)
    client.post(f"{form}/1", data={"belief_in_work": "4"})
    client.post(f"{form}/2", data={"job_search": "1"})
    client.post(f"{form}/4", data={"wish": ""})
    pages += [client.get(f"{form}/tak").text, client.get("/aegte").text]
    assert [opened(page) for page in pages] == [code] * 4
    assert all(f'dir="{LOCALES[code].direction}"' in page for page in pages)


def test_the_switch_names_every_other_language_in_its_own_words(client: FlaskClient) -> None:
    for code, locale in LOCALES.items():
        page = client.get(f"/aegte?sprog={code}").text
        switch = page.split('<details class="languages">')[1].split("</details>")[0]
        assert locale.name in switch.split("</summary>")[0]
        buttons = re.findall(r'<button name="sprog" value="(\w+)" lang="\1">([^<]+)</button>', switch)
        assert buttons == [(each.code, each.name) for each in LOCALES.values() if each.code != code]


def test_a_choice_behind_the_link_is_hers_at_once_and_the_next_sms_too(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    assert f'action="/{token}/sprog"' in client.get(f"/{token}").text
    answer = client.post(f"/{token}/sprog", data={"sprog": "uk"})
    assert (answer.status_code, answer.location) == (303, f"/{token}")
    assert opened(client.get(f"/{token}").text) == "uk"
    assert language_of(database, case) == "uk"


@pytest.mark.parametrize("wished", ["", "xx", "da' OR 1"])
def test_a_language_we_do_not_speak_changes_nothing(
    client: FlaskClient, database: Database, case: Case, token: str, wished: str
) -> None:
    assert client.post(f"/{token}/sprog", data={"sprog": wished}).status_code == 400
    assert language_of(database, case) == "da"


def test_looking_at_a_link_in_another_language_changes_nobodys_language(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    assert opened(client.get(f"/{token}?sprog=so").text) == "so"
    assert language_of(database, case) == "da"


def test_a_link_that_is_closed_changes_nobodys_language(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    client.post(f"/{token}/ikke-mig")
    client.post(f"/{token}/sprog", data={"sprog": "so"})
    assert language_of(database, case) == "da"


def test_the_switch_on_a_question_saves_nothing_and_comes_back_to_it(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    form = client.post(f"/{token}").location.rpartition("/")[0]
    client.post(f"{form}/1", data={"belief_in_work": "4"})
    assert 'action="?skift"' in client.get(f"{form}/2").text
    answer = client.post(f"{form}/2?skift", data={"sprog": "en"})
    assert answer.location == f"{form}/2"
    page = client.get(f"{form}/2").text
    assert opened(page) == "en" and "Did you look for a job?" in page
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(Answer.question)).all() == ["belief_in_work"]
    assert language_of(database, case) == "en"


def test_the_switch_on_the_receipt_comes_back_to_the_receipt(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    form = client.post(f"/{token}").location.rpartition("/")[0]
    client.post(f"{form}/1", data={"belief_in_work": "4"})
    client.post(f"{form}/2", data={"job_search": "1"})
    client.post(f"{form}/4", data={"wish": ""})
    answer = client.post(f"{form}/sprog", data={"sprog": "fa"})
    assert answer.location == f"{form}/tak" and opened(client.get(f"{form}/tak").text) == "fa"


@pytest.fixture
def short_code(database: Database, case: Case, now: datetime) -> str:
    return give_pin(database, case, now)


@pytest.fixture
def signed_in(client: FlaskClient, short_code: str) -> FlaskClient:
    client.post("/kode", data={"code": short_code, "pin": PIN})
    return client


def test_the_switch_on_her_own_pages_comes_back_to_them_and_to_no_others(
    signed_in: FlaskClient, database: Database, case: Case
) -> None:
    for own in ("/hjem/samtale", "/hjem/udvikling"):
        assert f'name="til" value="{own}"' in signed_in.get(own).text
        assert signed_in.post("/hjem/sprog", data={"sprog": "pl", "til": own}).location == own
    for other in ("//ond.dk/hjem", "https://ond.dk/", "/borgere", "hjem", ""):
        assert signed_in.post("/hjem/sprog", data={"sprog": "pl", "til": other}).location == "/hjem"
    assert language_of(database, case) == "pl" and opened(signed_in.get("/hjem").text) == "pl"


def test_who_chooses_and_then_signs_in_keeps_her_choice(
    client: FlaskClient, database: Database, case: Case, short_code: str
) -> None:
    client.get("/kode?sprog=tr")
    client.post("/kode", data={"code": short_code, "pin": PIN})
    assert opened(client.get("/hjem").text) == "tr" == language_of(database, case)


def test_a_phone_that_another_has_used_does_not_change_her_language(
    app: Flask, client: FlaskClient, database: Database, case: Case, short_code: str, now: datetime
) -> None:
    client.get("/kode?sprog=tr")
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: now + timedelta(hours=1)
    client.post("/kode", data={"code": short_code, "pin": PIN})
    assert opened(client.get("/hjem").text) == "da" == language_of(database, case)


def test_a_page_with_danish_in_it_says_so_quietly_and_marks_the_danish(
    app: Flask, client: FlaskClient
) -> None:
    portal: Portal = app.extensions["taletid"]
    missing = "citizen.is_it_real.lead"
    own = {key: entry for key, entry in portal.catalogs.entries["so"].items() if key != missing}
    portal.catalogs = type(portal.catalogs)({**portal.catalogs.entries, "so": own})
    page = client.get("/aegte?sprog=so").text
    assert '<span lang="da" dir="ltr">Det er godt, at du ser efter.' in page
    assert portal.catalogs.texts("so")("common.language.some_danish") in page


def test_a_translation_that_no_native_speaker_has_approved_is_marked_once_at_the_foot(
    client: FlaskClient, app: Flask
) -> None:
    portal: Portal = app.extensions["taletid"]
    drafts = {
        key for key, entry in portal.catalogs.entries["en"].items() if entry.status is Status.MACHINE_DRAFT
    }
    assert "citizen.is_it_real.lead" in drafts
    said = portal.catalogs.texts("en")("common.language.draft")
    assert client.get("/aegte?sprog=en").text.count(said) == 1
    assert portal.catalogs.texts("da")("common.language.draft") not in client.get("/aegte?sprog=da").text
