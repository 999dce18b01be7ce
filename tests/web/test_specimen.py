"""The real page beside a text."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from i18n.texts import shipped_catalogs
from portal.services.specimen.marks import SIGN
from portal.services.texts.bench import Bench
from portal.store.texts import TextOverride
from portal.web import specimen
from portal.web.staff.specimen import page_beside
from tests.conftest import NOW, add_municipality
from tests.factories import add_staff, add_team
from tests.measurements import ship_forms
from tests.web.conftest import sign_in_as

HELLO = "citizen_home.home.hello"
HOME = "/tekster/da/side/home"
QUESTION = "/tekster/da/side/skema.progression_citizen.belief_in_work"


@pytest.fixture
def municipality(database: Database) -> int:
    return add_municipality(database)


@pytest.fixture(autouse=True)
def one_town(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample town is the same in each test: it is built for the first."""
    found = app.extensions[specimen.EXTENSION]
    monkeypatch.setattr(found, "_towns", TOWNS)


TOWNS: dict[tuple[str, ...], object] = {}


@pytest.fixture
def translator(client: FlaskClient, database: Database, municipality: int) -> FlaskClient:
    with database.write(municipality) as session:
        row = add_staff(session, NOW, role="translator", name="Nadia Osman")
        ship_forms(session, NOW)
    sign_in_as(client, database, row)
    return client


def test_the_page_stands_in_the_real_municipalitys_name_with_people_who_do_not_exist(
    translator: FlaskClient,
) -> None:
    page = translator.get(HOME).get_data(as_text=True)
    assert "Åkøbing Kommune" in page
    assert '<x-text data-key="citizen_home.home.hello">Hej <bdi>Mette</bdi></x-text>' in page


def test_the_page_is_in_the_language_and_its_direction(translator: FlaskClient) -> None:
    assert '<html lang="ar" dir="rtl">' in translator.get("/tekster/ar/side/home").get_data(as_text=True)


def test_the_text_that_is_asked_for_is_marked(translator: FlaskClient) -> None:
    page = translator.get(f"{HOME}?tekst={HELLO}").get_data(as_text=True)
    assert f'<x-text data-key="{HELLO}" class="here" id=\'tekst\'>' in page


def test_a_municipalitys_own_live_text_is_shown(
    translator: FlaskClient, database: Database, municipality: int
) -> None:
    own(database, municipality, "da", HELLO, forms=["Goddag {name}"])
    assert "Goddag <bdi>Mette</bdi>" in translator.get(HOME).get_data(as_text=True)


def test_a_draft_is_shown_unless_only_what_is_live_is_asked_for(
    translator: FlaskClient, database: Database, municipality: int
) -> None:
    own(database, municipality, "da", HELLO, draft_forms=["Dav {name}"], draft_source=["Hej {name}"])
    assert "Dav <bdi>Mette</bdi>" in translator.get(HOME).get_data(as_text=True)
    assert "Hej <bdi>Mette</bdi>" in translator.get(f"{HOME}?live").get_data(as_text=True)


def test_what_is_typed_is_shown_and_not_kept(translator: FlaskClient) -> None:
    shown = translator.post(f"{HOME}?tekst={HELLO}", data={"form0": "Kære {name}"})
    assert "Kære <bdi>Mette</bdi>" in shown.get_data(as_text=True)
    assert "Hej <bdi>Mette</bdi>" in translator.get(HOME).get_data(as_text=True)


def test_markup_that_is_typed_is_not_markup_on_the_page(translator: FlaskClient) -> None:
    shown = translator.post(f"{HOME}?tekst={HELLO}", data={"form0": "<img src=x onerror=alert(1)>"})
    assert "&lt;img src=x" in shown.get_data(as_text=True)


def test_a_wording_that_asks_for_a_value_that_there_is_not_gives_way_as_it_would_to_a_citizen(
    translator: FlaskClient,
) -> None:
    shown = translator.post(f"{HOME}?tekst={HELLO}", data={"form0": "Hej {nobody}"})
    assert shown.status_code == 200
    assert "Mette" in shown.get_data(as_text=True)


def test_a_question_stands_on_its_own_page_with_what_is_typed(translator: FlaskClient) -> None:
    key = "form.progression_citizen.belief_in_work.label"
    assert f'data-key="{key}"' in translator.get(QUESTION).get_data(as_text=True)
    typed = translator.post(f"{QUESTION}?tekst={key}", data={"form0": "Kan du arbejde lidt?"})
    assert "Kan du arbejde lidt?" in typed.get_data(as_text=True)


def test_a_label_of_a_scale_is_marked_where_the_scale_first_stands(translator: FlaskClient) -> None:
    page = translator.get("/tekster/da/side/skema.progression_citizen.health_coping").get_data(as_text=True)
    assert 'data-key="form.progression_citizen.health_coping.choice.' in page


def test_the_words_for_a_missing_answer_stand_on_the_page_after_one(translator: FlaskClient) -> None:
    page = translator.get(f"{QUESTION}.required").get_data(as_text=True)
    assert 'class="error"' in page


def test_a_typed_form_is_forgotten_once_it_is_shown(translator: FlaskClient) -> None:
    from portal.store import questionnaires

    translator.get(QUESTION)
    before = len(questionnaires._read)
    translator.post(
        f"{QUESTION}?tekst=form.progression_citizen.belief_in_work.label", data={"form0": "Kan du?"}
    )
    assert len(questionnaires._read) == before


@pytest.mark.parametrize("page", ["sms", "glossary", "letter_on_paper", "form_on_paper", "error_not_found"])
def test_what_is_no_ordinary_page_can_be_looked_at_too(translator: FlaskClient, page: str) -> None:
    shown = translator.get(f"/tekster/ar/side/{page}")
    assert shown.status_code == 200
    assert "<x-text data-key=" in shown.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    [
        "/tekster/da/side/nothing",
        "/tekster/xx/side/home",
        "/tekster/da/side/skema.none.q",
        "/tekster/da/sider?side=no",
    ],
)
def test_what_there_is_not_is_not_found(translator: FlaskClient, address: str) -> None:
    assert translator.get(address).status_code == 404


def test_nothing_on_the_page_can_run_be_sent_or_be_framed_by_others(translator: FlaskClient) -> None:
    answer = translator.get(HOME)
    policy = answer.headers["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-same-origin",
    ):
        assert part in policy
    assert "script-src" not in policy
    assert "<script" not in answer.get_data(as_text=True)


def test_no_other_page_may_be_framed(translator: FlaskClient) -> None:
    assert "frame-ancestors 'none'" in translator.get("/tekster/da/sider").headers["Content-Security-Policy"]


def test_its_links_walk_on_within_the_sample_pages(translator: FlaskClient) -> None:
    page = translator.get(HOME).get_data(as_text=True)
    assert 'href="/tekster/da/side/diary"' in page
    assert 'href="/hjem' not in page


def test_no_sign_of_the_marks_is_left(translator: FlaskClient) -> None:
    for page in ("home", "thread_events", "progression", "own_data_file"):
        assert not SIGN.search(translator.get(f"/tekster/ti/side/{page}").get_data(as_text=True))


def test_who_has_no_part_in_the_texts_sees_none_of_it(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    with database.write(municipality) as session:
        row = add_staff(session, NOW, team=add_team(session))
    sign_in_as(client, database, row)
    assert {client.get(each).status_code for each in (HOME, "/tekster/da/sider")} == {403}


def test_every_page_can_be_walked_to_with_its_texts(translator: FlaskClient) -> None:
    page = translator.get("/tekster/ar/sider?side=home")
    text = page.get_data(as_text=True)
    assert 'src="/tekster/ar/side/home"' in text
    assert f'href="/tekster/ar/tekst/{HELLO}?side=home"' in text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_texts_of_a_forms_page_are_those_of_its_question(translator: FlaskClient) -> None:
    page = translator.get("/tekster/da/sider?side=skema.progression_citizen.belief_in_work")
    assert "/tekst/form.progression_citizen.belief_in_work.label" in page.get_data(as_text=True)


def test_a_text_on_several_pages_can_be_seen_on_each(app: Flask) -> None:
    with app.test_request_context("/tekster/da/tekst/x?side=home_new"):
        bench = Bench(shipped_catalogs(), {})
        row = bench.row("da", HELLO)
        assert row is not None
        beside = page_beside("da", row)
    assert beside.chosen is not None
    assert beside.chosen.page == "home_new"
    assert beside.chosen.address == f"/tekster/da/side/home_new?tekst={HELLO}#tekst"
    assert beside.sides[0].page == "home"


def test_a_text_that_only_staff_read_stands_on_no_page_of_a_citizen(app: Flask) -> None:
    with app.test_request_context("/"):
        row = Bench(shipped_catalogs(), {}).row("da", "staff.sign_out")
        assert row is not None
        assert page_beside("da", row).chosen is None


def test_the_words_for_an_answer_that_breaks_a_rule_stand_on_the_page_after_one(
    translator: FlaskClient, database: Database, municipality: int
) -> None:
    with database.write(municipality) as session:
        ship_forms(session, NOW, "screening_under_30")
    page = translator.get("/tekster/da/side/skema.screening_under_30.sleep_hours.constraint")
    assert 'class="error"' in page.get_data(as_text=True)


def own(database: Database, municipality: int, locale: str, key: str, **values: object) -> None:
    given = {"forms": [], "source": [], "changed_at": NOW} | values
    with database.write(municipality) as session:
        session.add(TextOverride(locale=locale, key=key, **given))
