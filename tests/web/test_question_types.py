"""Every type of question has its own input, takes what fits, and keeps what was typed when it does not."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.store.answering import Answer
from tests import factories
from tests.cases import Case, make_case
from tests.forms import definition, every_type
from tests.journeys import invite

PAGES = ("intro", "colour", "colours", "level", "children", "hours", "since", "words", "together")


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    case = make_case(database, municipality, now)
    with database.write(municipality) as session:
        version = factories.add_questionnaire(session, now, definition(every_type()))
        return Case(municipality, case.citizen_id, case.staff_id, version.questionnaire_id, 0)


@pytest.fixture
def form(client: FlaskClient, database: Database, case: Case, now: datetime) -> str:
    return client.post(f"/{invite(database, case, now)}").location.rpartition("/")[0]


def page(client: FlaskClient, form: str, name: str) -> str:
    return client.get(f"{form}/{PAGES.index(name) + 1}").text


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("intro", r"<h1[^>]*>Alle slags</h1>\s*<p class=\"lead\">Nu kommer der nogle spørgsmål.</p>"),
        ("colour", 'type="radio" name="colour" value="red"'),
        ("colours", 'type="checkbox" name="colours" value="blue"'),
        ("level", 'type="radio" name="level" value="10"'),
        ("children", 'name="children"[^>]*inputmode="decimal"'),
        ("hours", 'name="hours"[^>]*inputmode="decimal"'),
        ("since", 'name="since"[^>]*type="date"'),
        ("words", '<textarea id="words"'),
        ("together", "<h1[^>]*>To sammen</h1>"),
    ],
)
def test_each_type_has_its_input(client: FlaskClient, form: str, name: str, there: str) -> None:
    assert re.search(there, page(client, form, name))


def test_dont_know_stands_below_every_question_but_notes(client: FlaskClient, form: str) -> None:
    with_it = [name for name in PAGES if "Ved ikke" in page(client, form, name)]
    assert with_it == [name for name in PAGES if name != "intro"]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("children", "mange", "Skriv et tal"),
        ("children", "-1", "Skriv 0 eller mere."),
        ("since", "i går", "Skriv en dato"),
        ("level", "11", "for stort eller for lille"),
        ("words", "", "Vælg eller skriv et svar"),
    ],
)
def test_what_does_not_fit_is_told_beside_the_question_and_kept(
    client: FlaskClient, database: Database, case: Case, form: str, name: str, typed: str, said: str
) -> None:
    answer = client.post(f"{form}/{PAGES.index(name) + 1}", data={name: typed})
    assert answer.status_code == 422
    assert re.search(rf'id="{name}-error"[^>]*>{said}|id="{name}-error"[^>]*>[^<]*{said}', answer.text)
    if name in ("children", "since"):
        assert f'value="{typed}"' in answer.text
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(Answer)).all() == []


def test_dont_know_answers_whatever_else_was_typed(
    client: FlaskClient, database: Database, case: Case, form: str
) -> None:
    client.post(f"{form}/5", data={"children": ["mange", "_dont_know"]})
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(Answer)).one().missing == "dont_know"
    assert re.search(r'value="_dont_know" checked', page(client, form, "children"))


def test_on_a_page_of_several_the_wrong_ones_are_listed_on_top_and_the_right_one_is_kept(
    client: FlaskClient, form: str
) -> None:
    answer = client.post(f"{form}/9", data={"first": "Et ord"})
    assert 'href="#second-label"' in answer.text and 'href="#first-label"' not in answer.text
    assert "Et ord</textarea>" in answer.text


def test_every_answer_stands_on_the_receipt(client: FlaskClient, form: str) -> None:
    given: list[dict[str, object]] = [
        {}, {"colour": "red"}, {"colours": ["red", "blue"]}, {"level": "7"}, {"children": "2"},
        {"hours": "7,5"}, {"since": "2026-03-17"}, {"words": "Ro"}, {"first": "Et", "second": "blue"},
    ]  # fmt: skip
    for number, data in enumerate(given, start=1):
        last = client.post(f"{form}/{number}", data=data)
    assert last.location == f"{form}/tak"
    receipt = client.get(f"{form}/tak").text
    for said in ("rød", "blå", "7,5", "17. marts 2026", "Ro", "Et"):
        assert f">{said}</dd>" in receipt
