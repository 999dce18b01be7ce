"""The translator's pages: a text is changed in the browser, and the next page shows it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from database.engine import Database
from portal.services.publishing import newest_form, ship
from portal.store import questionnaires
from portal.store.people import Staff
from portal.store.questionnaires import Origin, versions
from portal.store.staged import StagedUpload
from portal.store.texts import TextOverride
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.web.conftest import sign_in_as

NOT_FOUND = "errors.not_found.title"
EDIT = f"/tekster/da/tekst/{NOT_FOUND}"
QUESTION = "/tekster/da/skema/progression_citizen/health_coping"


@pytest.fixture
def municipality(database: Database) -> int:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        ship(session, NOW)
    return municipality_id


@pytest.fixture
def translator(client: FlaskClient, database: Database, municipality: int) -> Staff:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role="translator")
    sign_in_as(client, database, person)
    return person


def stored(database: Database, municipality: int) -> tuple[int, int]:
    """How many texts of its own the municipality has, and how many files wait."""
    with database.read(municipality) as session:
        texts = session.scalar(select(func.count(TextOverride.id))) or 0
        return texts, session.scalar(select(func.count(StagedUpload.id))) or 0


@pytest.mark.parametrize("role", ["caseworker", "manager"])
def test_others_have_no_way_to_the_texts(
    client: FlaskClient, database: Database, municipality: int, role: str
) -> None:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role=role)
    sign_in_as(client, database, person)
    for path in ("/tekster", "/tekster/da/sms", EDIT, QUESTION):
        assert client.get(path).status_code == 403
    assert client.post(EDIT, data={"form0": "Nyt"}).status_code == 403
    assert stored(database, municipality) == (0, 0)


def test_every_area_is_counted_in_every_language(client: FlaskClient, translator: Staff) -> None:
    page = client.get("/tekster").text
    for place in ("da/sms", "ar/sms", "pl/common", "da/translator"):
        assert f'href="/tekster/{place}"' in page


def test_an_area_shows_source_context_text_and_where_it_comes_from(
    client: FlaskClient, translator: Staff
) -> None:
    page = client.get("/tekster/ar/sms").text
    assert "sms.invitation_with_word" in page
    assert "One SMS part" in page
    assert 'lang="ar" dir="rtl"' in page
    assert "følger med" in page


def test_a_search_finds_words_of_source_and_translation(client: FlaskClient, translator: Staff) -> None:
    assert client.get("/tekster/da/sms?soeg=STOP").text.count("/tekst/sms.") == 2
    assert "Ingen tekster passer" in client.get("/tekster/da/sms?soeg=zebra").text


def test_the_translator_changes_a_text_and_the_next_page_shows_it(
    client: FlaskClient, translator: Staff
) -> None:
    before = client.get(EDIT)
    assert "følger med" in before.text
    assert client.post(EDIT, data={"form0": "Vi kan ikke finde siden her"}).status_code == 303
    assert "<h1>Vi kan ikke finde siden her</h1>" in client.get("/tekster/da/findes-ikke").text
    client.post(f"{EDIT}/medfoelgende")
    assert "Vi kan ikke finde siden her" not in client.get("/tekster/da/findes-ikke").text


def test_a_refused_text_stays_in_the_form_with_the_reason(
    client: FlaskClient, database: Database, municipality: int, translator: Staff
) -> None:
    answer = client.post(EDIT, data={"form0": "Ellers mister du {noget}"})
    assert answer.status_code == 422
    assert "Ellers mister du {noget}</textarea>" in answer.text
    assert "»mister«" in answer.text
    assert "passer ikke med dansk: noget" in answer.text
    assert stored(database, municipality) == (0, 0)


def test_markup_in_a_text_never_reaches_a_page(client: FlaskClient, translator: Staff) -> None:
    answer = client.post(EDIT, data={"form0": "<script>alert(1)</script>"})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_a_text_that_counts_has_a_field_for_each_form_of_the_language(
    client: FlaskClient, translator: Staff
) -> None:
    page = client.get("/tekster/pl/tekst/common.minutes").text
    assert page.count("<textarea") == 3
    forms = {"form0": "{n} dzień", "form1": "{n} dni", "form2": "{n} dni"}
    assert client.post("/tekster/pl/tekst/common.minutes", data=forms).status_code == 303
    assert client.post("/tekster/pl/tekst/common.minutes", data={"form0": "{n} dzień"}).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/tekster",
        "/tekster/ar/sms",
        EDIT,
        QUESTION,
        "/tekster/da/skema/progression_citizen",
        "/spoergeskemaer",
        "/spoergeskemaer/progression_citizen/1",
    ],
)
def test_a_page_asks_the_database_few_questions_even_the_first_time(
    client: FlaskClient, database: Database, translator: Staff, path: str
) -> None:
    questionnaires._read.clear()
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    assert client.get(path).status_code == 200
    assert len(statements) <= 12, statements


@pytest.mark.parametrize(
    "path",
    ["/tekster/xx/sms", "/tekster/da/nothing", "/tekster/da/tekst/sms.nothing", "/tekster/xx/tekst/sms.stop",
     "/tekster/da/skema/nothing", "/tekster/xx/skema/own_agenda", "/tekster/da/skema/own_agenda/nothing"],
)  # fmt: skip
def test_a_text_that_is_not_there_is_not_found(client: FlaskClient, translator: Staff, path: str) -> None:
    assert client.get(path).status_code == 404


def question_form(label: str, **values: str) -> dict[str, str]:
    degree = ("slet ikke", "lidt", "nogenlunde", "meget", "helt")
    choices = {f"choice-{n}": text for n, text in enumerate(degree)}
    return {"label": label, "hint": "Vi spørger for at kende dig.", **choices, **values}


def test_a_reworded_question_is_published_after_a_second_word(
    client: FlaskClient, database: Database, municipality: int, translator: Staff
) -> None:
    form = question_form("Hvordan går din hverdag?")
    page = client.post(QUESTION, data=form)
    assert page.status_code == 200
    assert "kan ikke sammenlignes" in page.text
    with database.read(municipality) as session:
        assert len(versions(session, "progression_citizen")) == 1
    assert client.post(QUESTION, data={**form, "confirmed": "1"}).status_code == 303
    with database.read(municipality) as session:
        newest = versions(session, "progression_citizen")[0]
        assert (newest.number, newest.origin, newest.published_by) == (2, Origin.EDITED, translator.id)
        published = newest_form(session, "progression_citizen")
        assert published is not None
        question = published.questions["health_coping"]
        assert question.labels["da"] == "Hvordan går din hverdag?"
        assert question.labels["en"] == "Can you make your day work with the health you have?"


def test_the_choices_of_a_scale_are_reworded_in_every_question(
    client: FlaskClient, database: Database, municipality: int, translator: Staff
) -> None:
    assert "De samme svar bruges i" in client.get(QUESTION).text
    client.post(QUESTION, data={**question_form("Går det?", **{"choice-0": "nej"}), "confirmed": "1"})
    with database.read(municipality) as session:
        form = newest_form(session, "progression_citizen")
    assert form is not None
    assert form.questions["money"].choices[0].labels["da"] == "nej"


@pytest.mark.parametrize(
    ("label", "values"),
    [("", {}), ("Går det?", {"choice-2": ""}), ("Mister du din ydelse?", {}), ("x" * 1_001, {})],
)
def test_a_wording_that_cannot_be_taken_is_refused_and_publishes_nothing(
    client: FlaskClient,
    database: Database,
    municipality: int,
    translator: Staff,
    label: str,
    values: dict[str, str],
) -> None:
    answer = client.post(QUESTION, data={**question_form(label, **values), "confirmed": "1"})
    assert answer.status_code == 422
    with database.read(municipality) as session:
        assert len(versions(session, "progression_citizen")) == 1


def test_a_question_saved_without_a_change_publishes_nothing(
    client: FlaskClient, database: Database, municipality: int, translator: Staff
) -> None:
    with database.read(municipality) as session:
        form = newest_form(session, "progression_citizen")
    assert form is not None
    question = form.questions["health_coping"]
    same = question_form(question.labels["da"], hint=question.hints["da"])
    assert "Der er ingen rettelser" in client.post(QUESTION, data=same).text
    client.post(QUESTION, data={**same, "confirmed": "1"})
    with database.read(municipality) as session:
        assert len(versions(session, "progression_citizen")) == 1
