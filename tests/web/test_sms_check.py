"""While somebody writes an SMS: parts, price, dear signs and warnings; and the ways out of them in one click."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from messaging.outbox import OutboxMessage
from portal.store.people import Staff
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case, make_case
from tests.conftest import NOW
from tests.web.conftest import sign_in_as

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW, kendeord="lærke")


@pytest.fixture
def lone(client: FlaskClient, database: Database, case: Case) -> FlaskClient:
    with database.read(case.municipality_id) as session:
        sign_in_as(client, database, session.get_one(Staff, case.staff_id))
    return client


def settings(client: FlaskClient, database: Database, case: Case, price: str = "39", words: str = "") -> int:
    boss = client.application.test_client()
    with database.write(case.municipality_id) as session:
        person = factories.add_staff(session, NOW, role="administrator")
    sign_in_as(boss, database, person)
    return boss.post("/sms-indstillinger", data={"price": price, "words": words}).status_code


def check(client: FlaskClient, case: Case, body: str, htmx: bool = True, **more: str) -> str:
    address = f"/borgere/{case.citizen_id}/samtale/tjek"
    data = {"body": body, "channel": "sms", **more}
    answer = client.post(address, data=data, headers=HTMX if htmx else {})
    assert answer.status_code == 200
    return re.sub(r"</?bdi[^>]*>", "", unescape(answer.get_data(as_text=True)))


def sent(database: Database, case: Case) -> list[tuple[str, str | None, str]]:
    with database.read(case.municipality_id) as session:
        rows = session.execute(
            select(ThreadEntry.channel, ThreadEntry.body, OutboxMessage.kind).join(
                OutboxMessage, OutboxMessage.id == ThreadEntry.message_id
            )
        )
        return [(row[0], row[1], row[2]) for row in rows]


def test_parts_are_shown_with_the_price_that_the_municipality_pays(
    lone: FlaskClient, database: Database, case: Case
) -> None:
    assert "Fylder 2 SMS" in check(lone, case, "a" * 158) and "kr." not in check(lone, case, "a" * 158)
    assert settings(lone, database, case) == 303
    assert "Fylder 2 SMS · 0,78 kr." in check(lone, case, "a" * 158)


def test_dear_signs_are_shown_with_what_could_stand_in_their_place(lone: FlaskClient, case: Case) -> None:
    shown = re.sub(r"\s+", " ", check(lone, case, "“Hej” – vi ses 🎉"))
    assert '<kbd>“</kbd> bliver til <kbd>"</kbd>' in shown
    assert "<kbd>–</kbd> bliver til <kbd>-</kbd>" in shown
    assert "<kbd>🎉</kbd> kan udelades" in shown
    assert "Ret tegnene: så fylder den 1 SMS" in shown


@pytest.mark.parametrize("htmx", [True, False])
def test_one_click_replaces_them_and_keeps_the_rest(lone: FlaskClient, case: Case, htmx: bool) -> None:
    form = check(lone, case, "“Hej” – vi ses", htmx=htmx, ret="1")
    assert '"Hej" - vi ses</textarea>' in form
    assert re.search(r'value="sms"[^>]* checked', form)
    assert form.startswith("<!doctype") is not htmx


def test_who_has_no_script_asks_by_a_button(lone: FlaskClient, database: Database, case: Case) -> None:
    page = check(lone, case, "Om din medicin", htmx=False, tjek="1")
    assert "Måske for privat til en SMS: medicin" in page and "Om din medicin</textarea>" in page
    assert sent(database, case) == []


def test_one_click_sends_it_on_the_page_with_a_neutral_sms_instead(
    lone: FlaskClient, database: Database, case: Case
) -> None:
    assert 'name="i_stedet"' in check(lone, case, "Om din medicin")
    address = f"/borgere/{case.citizen_id}/samtale"
    answer = lone.post(address, data={"body": "Om din medicin", "channel": "sms", "i_stedet": "1"})
    assert answer.status_code == 303
    assert sent(database, case) == [("portal", "Om din medicin", "new_message")]


def test_the_municipalitys_own_words_take_the_place_of_the_shipped_ones(
    lone: FlaskClient, database: Database, case: Case
) -> None:
    assert settings(lone, database, case, words="hus*\n-huske") == 303
    assert "for privat" not in check(lone, case, "Om din medicin, kan du huske")
    assert "Måske for privat til en SMS: huset" in check(lone, case, "Om huset")
    refused = lone.post(f"/borgere/{case.citizen_id}/samtale", data={"body": "Om huset", "channel": "sms"})
    assert refused.status_code == 422 and sent(database, case) == []


def test_settings_that_will_not_do_come_back_with_what_was_typed(
    lone: FlaskClient, database: Database, case: Case
) -> None:
    assert settings(lone, database, case, price="ni", words="(x") == 422


def test_the_shipped_list_can_be_had_back(lone: FlaskClient, database: Database, case: Case) -> None:
    boss = lone.application.test_client()
    with database.write(case.municipality_id) as session:
        person = factories.add_staff(session, NOW, role="administrator")
    sign_in_as(boss, database, person)
    boss.post("/sms-indstillinger", data={"price": "", "words": "hus*"})
    boss.post("/sms-indstillinger", data={"price": "", "words": "hus*", "medfoelgende": "1"})
    assert "medicin*" in boss.get("/sms-indstillinger").get_data(as_text=True)


def test_texts_in_several_languages_are_checked_at_once(lone: FlaskClient, case: Case) -> None:
    answer = lone.post("/sms/tjek", data={"body_da": "Hej", "body_uk": "Вітаю " * 20, "body_ar": ""})
    shown = unescape(answer.get_data(as_text=True))
    assert "dansk: Fylder 1 SMS" in shown.replace("Dansk", "dansk")
    assert "українська: Fylder 2 SMS" in shown.replace("Українська", "українська")
    assert "hører til sproget" in shown


def test_a_single_text_may_carry_a_link_under_the_name_only(lone: FlaskClient, case: Case) -> None:
    text = {"body": "Se jobnet.dk"}
    assert "Et link kan ikke sendes" in unescape(lone.post("/sms/tjek", data=text).get_data(as_text=True))
    named = lone.post("/sms/tjek", data={**text, "navn": "1"})
    assert "link" not in named.get_data(as_text=True)


def test_own_words_of_a_check_in_are_measured_with_our_words_in_her_language(lone: FlaskClient) -> None:
    data = {"tekst1": "Kom du godt hjem?", "spoergsmaal1": "own_yes_no", "fornavn": "Mette", "sprog": "da"}
    danish = unescape(lone.post("/sms/tjek?felt=tekst1", data=data).get_data(as_text=True))
    arabic = unescape(lone.post("/sms/tjek?felt=tekst1", data={**data, "sprog": "ar"}).get_data(as_text=True))
    assert "Fylder 1 SMS" in danish and "hører til sproget" not in danish
    assert "hører til sproget" in arabic


def test_own_words_of_a_check_in_are_measured_with_her_own_word_below_them(lone: FlaskClient) -> None:
    data = {"tekst1": "a" * 130, "spoergsmaal1": "own_free", "fornavn": "Mette", "sprog": "da"}
    assert "Fylder 1 SMS" in lone.post("/sms/tjek?felt=tekst1", data=data).text
    assert "Fylder 2 SMS" in lone.post("/sms/tjek?felt=tekst1", data={**data, "kendeord": "lærkesang"}).text


def test_the_replacement_on_a_check_in_is_for_her_own_words_alone(lone: FlaskClient) -> None:
    data = {"tekst2": "Kom du “hjem”?", "spoergsmaal2": "own_free", "fornavn": "Mette", "sprog": "da"}
    shown = unescape(lone.post("/sms/tjek?felt=tekst2", data=data).get_data(as_text=True))
    assert 'data-simpler="Kom du "hjem"?" data-for="tekst2"' in shown


def test_the_form_of_a_check_in_asks_while_she_writes(lone: FlaskClient, case: Case) -> None:
    page = lone.get(f"/borgere/{case.citizen_id}/tjek-ind").get_data(as_text=True)
    assert 'hx-post="/sms/tjek?felt=tekst1"' in page and 'name="sprog" value="da"' in page
    assert 'name="kendeord" value="lærke"' in page


def test_a_question_to_many_is_measured_though_a_message_would_go_by_the_page(lone: FlaskClient) -> None:
    form = {"channel": "portal", "spoergsmaal1": "own_yes_no", "tekst1": "Kom I godt hjem?", "body": "Hej"}
    assert "Fylder 1 SMS" in lone.post("/sms/tjek?felt=tekst1", data=form).text
    assert lone.post("/sms/tjek?felt=body", data=form).text == ""
