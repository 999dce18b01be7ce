"""One text in the editor: saved while somebody types, live when it is published, and never over another's words."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from database.engine import Database
from portal.runtime import Portal
from portal.services.publishing import newest_form
from portal.services.texts.history import Author
from portal.store.people import Staff
from portal.store.questionnaires import Origin, versions
from portal.store.sms_settings import SmsSettings
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.measurements import ship_forms
from tests.texts import go_live, row_of, type_in
from tests.web.conftest import sign_in_as

NOT_FOUND = "errors.not_found.title"
EDIT = f"/tekster/da/tekst/{NOT_FOUND}"
INVITATION = "/tekster/pl/tekst/sms.invitation"
QUESTION = "form.progression_citizen.health_coping.label"


@pytest.fixture
def municipality(database: Database) -> int:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        ship_forms(session, NOW)
    return municipality_id


def person(client: FlaskClient, database: Database, municipality: int, role: str, name: str) -> Staff:
    with database.write(municipality) as session:
        staff = factories.add_staff(session, NOW, role=role, name=name)
    sign_in_as(client, database, staff)
    return staff


@pytest.fixture
def translator(client: FlaskClient, database: Database, municipality: int) -> Staff:
    return person(client, database, municipality, "translator", "Nadia Osman")


@pytest.fixture
def portal(app: Flask) -> Portal:
    found: Portal = app.extensions["taletid"]
    return found


@pytest.fixture
def author(translator: Staff) -> Author:
    return Author(translator.municipality_id, translator.id)


@pytest.fixture
def approver(app: Flask, database: Database, municipality: int) -> FlaskClient:
    client = app.test_client()
    person(client, database, municipality, "approver", "Hawa Warsame")
    return client


def keep(client: FlaskClient, address: str, *forms: str, version: int = 0) -> TestResponse:
    """As the page does while somebody types."""
    fields = {f"form{n}": form for n, form in enumerate(forms)}
    return client.post(f"{address}/kladde", data={**fields, "version": str(version)})


def said(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_a_draft_is_seen_by_its_writer_and_goes_live_when_it_is_published(
    client: FlaskClient, approver: FlaskClient, translator: Staff
) -> None:
    assert client.post(EDIT, data={"form0": "Vi kan ikke finde siden her"}).status_code == 303
    assert "Vi kan ikke finde siden her</textarea>" in client.get(EDIT).text
    missing = "/tekster/da/tekst/findes-ikke"
    assert "<h1>Vi kan ikke finde siden her</h1>" not in client.get(missing).text
    approver.post("/tekster/udgiv", data={"text": f"da\t{NOT_FOUND}\t1"})
    assert "<h1>Vi kan ikke finde siden her</h1>" in client.get(missing).text
    client.post(f"{EDIT}/medfoelgende")
    assert "<h1>Vi kan ikke finde siden her</h1>" not in client.get(missing).text


def test_what_is_typed_is_kept_at_once_with_the_time_and_the_next_version(
    client: FlaskClient, portal: Portal, translator: Staff, author: Author
) -> None:
    answer = keep(client, EDIT, "Siden er væk")
    assert answer.json is not None and answer.json["version"] == 1
    assert answer.json["said"].startswith("Gemt ")
    assert keep(client, EDIT, "Siden er væk nu", version=1).json["version"] == 2  # type: ignore[index]
    assert row_of(portal, author, "da", NOT_FOUND).forms == ("Siden er væk nu",)


def test_a_draft_that_is_not_finished_is_kept_and_told_what_it_lacks(
    client: FlaskClient, translator: Staff
) -> None:
    answer = keep(client, INVITATION, "Cześć {nmae}")
    assert answer.status_code == 200
    html = said(answer.json["html"])  # type: ignore[index]
    assert "kan ikke udgives endnu" in html
    assert "nmae" in html


def test_a_text_that_is_no_text_is_not_kept_and_stays_in_the_field(
    client: FlaskClient, translator: Staff
) -> None:
    assert keep(client, EDIT, "x" * 4_001).status_code == 422
    answer = client.post(EDIT, data={"form0": "Hej\x07"})
    assert answer.status_code == 422
    assert "Teksten kan ikke gemmes" in answer.text
    assert "Hej" in answer.text


def test_markup_in_a_text_never_reaches_a_page(client: FlaskClient, translator: Staff) -> None:
    answer = keep(client, EDIT, "<script>alert(1)</script>")
    assert "<script>" not in answer.text
    assert "<script>alert" not in client.get(EDIT).text
    assert "<script>alert" not in client.get("/tekster?til=da&soeg=alert").text


@pytest.mark.parametrize("sign", ["\u202e", "\u202b", "\u2067"])
@pytest.mark.usefixtures("translator")
def test_a_sign_that_turns_what_follows_is_told_of_while_one_types(client: FlaskClient, sign: str) -> None:
    answer = keep(client, EDIT, f"Siden {sign}findes ikke")
    assert f"U+{ord(sign):04X}" in answer.text
    assert "Slet det" in answer.text


def test_a_placeholder_that_typing_has_broken_is_kept_whole(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    keep(client, "/tekster/ar/tekst/sms.invitation", "مرحبا }name{ {\u200fcaseworker} {minutes} ｛link｝")
    forms = row_of(portal, author, "ar", "sms.invitation").forms
    assert forms == ("مرحبا {name} {caseworker} {minutes} {link}",)


def test_who_saves_over_another_sees_both_texts_and_nothing_is_overwritten(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    type_in(portal, author, "da", NOT_FOUND, "Den første")
    answer = client.post(EDIT, data={"form0": "Den anden", "version": "0"})
    assert answer.status_code == 409
    assert "Nadia Osman gemte" in said(answer.text)
    assert "Den anden</textarea>" in answer.text
    assert "Den første" in said(answer.text)
    assert row_of(portal, author, "da", NOT_FOUND).forms == ("Den første",)
    assert client.post(EDIT, data={"form0": "Den tredje", "version": "1"}).status_code == 303
    assert row_of(portal, author, "da", NOT_FOUND).forms == ("Den tredje",)


def test_the_page_is_told_of_a_conflict_with_both_texts_and_the_version_to_save_over(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    type_in(portal, author, "da", NOT_FOUND, "Den første")
    answer = keep(client, EDIT, "Den anden")
    assert answer.status_code == 409
    assert answer.json is not None and answer.json["version"] == 1
    assert "Den første" in said(answer.json["html"])


def test_the_same_words_sent_again_after_a_lost_answer_are_no_conflict(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    type_in(portal, author, "da", NOT_FOUND, "Det samme")
    assert keep(client, EDIT, "Det samme").status_code == 200
    assert row_of(portal, author, "da", NOT_FOUND).version == 1


def test_a_stale_text_shows_what_has_changed_and_fits_again_when_it_is_saved_as_it_stands(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    go_live(portal, author, "pl", NOT_FOUND, "Nie ma takiej strony")
    go_live(portal, author, "da", NOT_FOUND, "Vi kan slet ikke finde siden")
    address = f"/tekster/pl/tekst/{NOT_FOUND}"
    page = client.get(address).text
    assert "Forældet" in said(page)
    assert re.search(r"<ins>.*slet.*</ins>", page)
    version = str(row_of(portal, author, "pl", NOT_FOUND).version)
    client.post(address, data={"form0": "Nie ma takiej strony", "version": version})
    after = client.get(address).text
    assert "Forældet" not in said(after)
    assert "Ændret på dansk" in said(after)


def test_a_text_that_counts_has_a_field_and_examples_for_each_form_of_the_language(
    client: FlaskClient, translator: Staff
) -> None:
    page = client.get("/tekster/pl/tekst/common.minutes").text
    assert page.count('<textarea class="form-input text-input" id="form') == 3
    assert "For eksempel 5, 6 og 7" in page
    assert (
        keep(client, "/tekster/pl/tekst/common.minutes", "{n} dzień", "{n} dni", "{n} dni").status_code == 200
    )
    assert "Der mangler en form" in keep(client, "/tekster/pl/tekst/common.minutes", "{n}", version=1).text


def test_an_sms_is_measured_with_its_price(
    client: FlaskClient, database: Database, municipality: int, translator: Staff
) -> None:
    with database.write(municipality) as session:
        session.add(SmsSettings(part_price=40))
    page = said(client.get("/tekster/ar/tekst/sms.invitation").text)
    assert "2 SMS-dele" in page
    assert "0,80" in page
    assert "almindeligt fornavn" in page


def test_an_sms_is_measured_with_those_who_get_it_and_names_none_of_them(
    client: FlaskClient, database: Database, municipality: int, translator: Staff
) -> None:
    names = ("Xaveria", "Quirinus", "Yrsaline", "Zacharis", "Wilhelmina-Alexandrine")
    with database.write(municipality) as session:
        session.add(SmsSettings(part_price=40))
        caseworker = factories.add_staff(session, NOW, team=factories.add_team(session), name="Ib Tinge")
        for name in names:
            factories.add_citizen(session, NOW, caseworker, first_name=name, language="pl")
    form = f"{'x' * 90} {{name}} {{caseworker}} {{minutes}} {{link}}"
    html = keep(client, INVITATION, form).json["html"]  # type: ignore[index]
    assert "1 SMS · 0,40 kr. til 4 af 5" in said(html)
    assert "2 SMS-dele · 0,80 kr. til 1 af 5" in said(html)
    assert "sendt til 5 borgere" in said(html)
    assert not [name for name in names if name in client.get(INVITATION).text + html]


def test_a_button_is_measured_against_its_room(client: FlaskClient, translator: Staff) -> None:
    address = "/tekster/pl/tekst/citizen.welcome.begin"
    assert "Teksten passer på knappen" in client.get(address).text
    long = " ".join(["Zaczynamy"] * 9)
    assert "for lang til knappen" in keep(client, address, long).json["html"]  # type: ignore[index]


def test_danish_is_marked_where_it_is_hard_and_a_translation_is_not(
    client: FlaskClient, translator: Staff
) -> None:
    address = "/tekster/da/tekst/citizen.welcome.why_text"
    assert 'id="form0-marks"' in client.get(address).text
    assert 'id="form0-marks"' not in client.get(address.replace("/da/", "/pl/")).text


def test_words_of_the_glossary_stand_beside_with_the_languages_own(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    go_live(portal, author, "pl", "glossary.jobcenter.word", "urząd pracy")
    go_live(portal, author, "da", NOT_FOUND, "Ring til dit jobcenter")
    assert "jobcenter: urząd pracy" in said(client.get(f"/tekster/pl/tekst/{NOT_FOUND}").text)


def test_an_earlier_translation_is_offered_and_taken_without_a_script(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    go_live(portal, author, "da", NOT_FOUND, "Siden findes ikke mere på vores sted")
    go_live(portal, author, "da", "errors.gone.title", "Siden findes ikke mere på vores sted.")
    go_live(portal, author, "pl", "errors.gone.title", "Strony już tu nie ma.")
    address = f"/tekster/pl/tekst/{NOT_FOUND}"
    assert "98 %" in client.get(address).text
    taken = client.get(f"{address}?brug=errors.gone.title").text
    assert "Strony już tu nie ma.</textarea>" in taken


def test_two_with_the_same_text_open_see_each_other(
    client: FlaskClient, approver: FlaskClient, translator: Staff
) -> None:
    client.get(f"{EDIT}/her?skriver=1", headers={"HX-Request": "true"})
    answer = approver.get(f"{EDIT}/her", headers={"HX-Request": "true"})
    assert "Nadia skriver i teksten nu." in said(answer.text)
    assert "Nadia" not in approver.get(f"{INVITATION}/her", headers={"HX-Request": "true"}).text


def test_a_question_is_reworded_and_published_as_a_new_version(
    client: FlaskClient, approver: FlaskClient, database: Database, municipality: int, translator: Staff
) -> None:
    address = f"/tekster/da/tekst/{QUESTION}"
    client.post(address, data={"form0": "Hvordan går din hverdag?"})
    with database.read(municipality) as session:
        assert len(versions(session, "progression_citizen")) == 1
    approver.post("/tekster/udgiv", data={"text": f"da\t{QUESTION}\t1"})
    with database.read(municipality) as session:
        newest = versions(session, "progression_citizen")[0]
        assert (newest.number, newest.origin) == (2, Origin.EDITED)
        form = newest_form(session, "progression_citizen")
    assert form is not None
    assert form.questions["health_coping"].labels["da"] == "Hvordan går din hverdag?"


def test_a_label_of_a_scale_stands_among_all_labels_of_the_scale(
    client: FlaskClient, translator: Staff
) -> None:
    key = QUESTION.replace(".label", ".choice.1")
    page = client.get(f"/tekster/en/tekst/{key}").text
    assert all(key.replace(".1", f".{n}") in page for n in (2, 3, 4, 5))


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_that_is_none_overwrites_nothing(
    client: FlaskClient, portal: Portal, author: Author, version: str
) -> None:
    type_in(portal, author, "da", NOT_FOUND, "Den første")
    assert client.post(EDIT, data={"form0": "Den anden", "version": version}).status_code == 409


def test_an_earlier_translation_is_shown_with_what_differs_and_fills_every_form(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    go_live(portal, author, "da", NOT_FOUND, "Siden findes ikke mere på vores sted")
    go_live(portal, author, "da", "errors.gone.title", "Siden findes ikke længere på vores sted")
    go_live(portal, author, "pl", "errors.gone.title", "Strony już tu nie ma.")
    page = client.get(f"/tekster/pl/tekst/{NOT_FOUND}").text
    assert re.search(r"<del>.*længere</del><ins>.*mere</ins>", page)
    plural = "/tekster/pl/tekst/common.minutes"
    go_live(portal, author, "da", "errors.gone.title", "Det tager mange minutter i dag")
    go_live(portal, author, "pl", "errors.gone.title", "To zajmie wiele minut")
    go_live(
        portal, author, "da", "common.minutes", "Det tager {n} minut i dag", "Det tager {n} minutter i dag"
    )
    taken = client.get(f"{plural}?brug=errors.gone.title").text
    assert taken.count("To zajmie wiele minut</textarea>") == 3
