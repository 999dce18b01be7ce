"""Her own picture: words before numbers, her answers as she gave them, and nobody else's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from portal.store.people import Citizen
from tests import factories
from tests.cases import Case
from tests.journeys import PIN, answer_whole_form, invite
from tests.web.test_citizen_home import at, code_of, short_code, signed_in

assert all((short_code, signed_in))  # fixtures that this module borrows
ADDRESS = "/hjem/udvikling"


@pytest.fixture
def answered_twice(
    app: Flask, signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> FlaskClient:
    """From "lidt" to "meget", with the same answer on jobs."""
    answer_whole_form(signed_in, invite(database, case, now), belief_in_work="2")
    later = now + timedelta(days=92)
    at(app, later)
    answer_whole_form(signed_in, invite(database, case, later), belief_in_work="4")
    signed_in.post("/kode", data={"code": code_of(database, case), "pin": PIN})
    return signed_in


def test_what_moved_is_said_in_words_before_any_picture(answered_twice: FlaskClient) -> None:
    page = answered_twice.get(ADDRESS).text
    words = page.split("<main")[1].split("<svg")[0]
    assert "Du tror mere på, at du kan klare et arbejde, end sidst." in words
    assert "1 ting er som sidst. At holde fast er også noget." in words


def test_then_and_now_are_told_in_the_words_of_her_answers(answered_twice: FlaskClient) -> None:
    theme = answered_twice.get(ADDRESS).text.split(">Tro på arbejde</h3>")[1].split("<details")[0]
    assert theme.index("lidt") < theme.index("meget")


def test_the_picture_names_its_ends_and_has_its_numbers_beside_the_axis_and_in_a_table(
    answered_twice: FlaskClient,
) -> None:
    theme = answered_twice.get(ADDRESS).text.split(">Tro på arbejde</h3>")[1].split("</article>")[0]
    assert theme.count("<text ") == 5 and "1 er: <span>slet ikke</span>. 5 er: <span>helt</span>." in theme
    assert "2 · <span>lidt</span>" in theme and "4 · <span>meget</span>" in theme


def test_what_she_wrote_herself_stands_there_and_what_another_wrote_does_not(
    answered_twice: FlaskClient, database: Database, case: Case, now: datetime, app: Flask
) -> None:
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Citizen, case.citizen_id).caseworker
        other = factories.add_citizen(session, now, caseworker)
    hers = Case(case.municipality_id, other.id, case.staff_id, case.questionnaire_id, 0)
    later = now + timedelta(days=92)
    answer_whole_form(app.test_client(), invite(database, hers, later), belief_in_work="1")
    page = answered_twice.get(ADDRESS).text
    assert page.count("Arbejde i en have") == 2, "once for each of her two forms"


def test_nothing_on_the_page_compares_her_with_others(answered_twice: FlaskClient) -> None:
    page = answered_twice.get(ADDRESS).text
    assert "Du bliver ikke målt mod andre." in page
    assert not any(word in page.lower() for word in ("gennemsnit", "de fleste", "andre borgere"))


def test_before_the_first_answers_she_is_shown_what_she_can_do_today(signed_in: FlaskClient) -> None:
    page = signed_in.get(ADDRESS).text
    assert "når du har svaret første gang" in page
    assert 'href="/hjem/dagbog"' in page and 'href="/hjem/maal"' in page
