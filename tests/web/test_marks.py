"""The marks of a Danish text that somebody writes: as a part of the page, as a page of its own, and to translators."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from database.engine import Database
from tests import factories
from tests.conftest import NOW
from tests.measurements import ship_forms
from tests.web.conftest import sign_in_as

HTMX = {"HX-Request": "true"}
STIFF = "Såfremt skemaet ikke fremsendes, bortfalder hjælpen, og det bliver skrevet i din journal." * 2
PLAIN = (
    "Send os dit svar på fredag. Så kan vi hjælpe dig. Ring til os, hvis du er i tvivl. Vi er her hele dagen."
)


@pytest.fixture
def translator(client: FlaskClient, database: Database, municipality: int) -> FlaskClient:
    with database.write(municipality) as session:
        ship_forms(session, NOW)
        person = factories.add_staff(session, NOW, role="translator")
    sign_in_as(client, database, person)
    return client


def marked(translator: FlaskClient, text: str, before: str = "", key: str = "") -> str:
    data = {"form0": text, "form0-foer": before}
    answer = translator.post(f"/tekster/maerk?felt=form0&noegle={key}", data=data, headers=HTMX)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(answer.text))


def test_each_mark_says_why_and_the_text_stands_as_it_was_written(translator: FlaskClient) -> None:
    page = marked(translator, STIFF)
    assert "Stift ord. Skriv hellere »Hvis«." in page and "Ordet truer." in page
    assert "Fagord. Borgeren kan folde denne forklaring ud:" in page
    shown = re.search(r'<p class="marks-text"[^>]*>(.*?)</p>', page)
    assert shown
    words = re.sub(r'<span class="mark-why".*?</span>', "", shown[1])
    assert re.sub(r"<[^>]+>", "", words) == STIFF


def test_lix_stands_before_and_after_and_the_heaviest_sentence_with_advice(translator: FlaskClient) -> None:
    page = marked(translator, PLAIN, before=STIFF)
    assert re.search(r"LIX 6: meget let", page) and re.search(r"Før: LIX 77: \w+", page)
    assert "Før:" not in marked(translator, PLAIN, before=PLAIN)
    page = marked(translator, f"{PLAIN} {STIFF}")
    assert "Den tungeste sætning" in page and "Skriv, hvem der gør det: »bliver skrevet«." in page


def test_an_sms_has_no_lix_and_what_must_name_duties_may(translator: FlaskClient) -> None:
    assert "LIX" not in marked(translator, PLAIN, key="sms.invitation")
    duty = "Du har pligt til at svare."
    assert "trussel" in marked(translator, duty) and "trussel" not in marked(
        translator, duty, key="sms.stop_confirmation"
    )


def test_a_text_without_a_mark_is_praised_and_no_text_says_nothing(translator: FlaskClient) -> None:
    assert "Her er intet at mærke" in marked(translator, "Hej Mette. Vi ses på fredag.")
    assert "Sådan læses" not in marked(translator, "  ")


def test_markup_in_a_text_is_shown_and_not_run(translator: FlaskClient) -> None:
    answer = translator.post(
        "/tekster/maerk", data={"tekst": "<script>alert(1)</script> såfremt"}, headers=HTMX
    )
    assert "&lt;script&gt;" in answer.text and "<script>" not in answer.text


def test_without_a_script_the_page_comes_back_whole_with_what_was_typed(translator: FlaskClient) -> None:
    answer = translator.post("/tekster/maerk?felt=form0", data={"form0": "Vi ses.\r\nSåfremt."})
    page = unescape(answer.text)
    assert page.startswith("<!doctype") and "Vi ses.\nSåfremt.</textarea>" in page
    assert "Se på en tekst" in translator.get("/tekster/maerk").text


def test_the_editors_show_the_marks_of_danish_texts_alone(translator: FlaskClient) -> None:
    danish = translator.get("/tekster/da/tekst/citizen.welcome.why_text").text
    assert 'hx-post="/tekster/maerk?felt=form0&amp;noegle=citizen.welcome.why_text"' in danish
    assert "/tekster/maerk" not in translator.get("/tekster/en/tekst/citizen.welcome.why_text").text


def test_the_danish_wording_of_a_question_has_marks_too(translator: FlaskClient) -> None:
    question = "form.progression_citizen.health_coping"
    for part in ("label", "hint"):
        assert "felt=form0" in translator.get(f"/tekster/da/tekst/{question}.{part}").text
    assert "felt=form0" not in translator.get(f"/tekster/en/tekst/{question}.label").text


def test_a_very_long_text_is_cut_and_not_refused(translator: FlaskClient) -> None:
    assert "LIX" in marked(translator, "Vi ses på fredag. " * 3_000)


@pytest.mark.parametrize("role", ["caseworker", "manager"])
def test_all_staff_may_ask_and_are_led_nowhere_they_may_not_go(
    client: FlaskClient, database: Database, municipality: int, role: str
) -> None:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role=role)
    sign_in_as(client, database, person)
    assert "stift ord" in client.post("/tekster/maerk", data={"tekst": "Såfremt"}).text
    for path in ("/tekster/maerk", "/tekster/oevelser"):
        assert 'href="/tekster"' not in client.get(path).text


def test_a_stranger_may_not(client: FlaskClient) -> None:
    assert client.post("/tekster/maerk", data={"tekst": "Hej"}).status_code == 401
