"""Filling in together, on the phone or from paper, and the citizen's own word on who helped."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from database.engine import Database
from portal.store import questionnaires
from portal.store.people import Citizen
from tests.conftest import NOW, add_municipality
from tests.factories import add_citizen, add_staff, add_team
from tests.measurements import ship_forms
from tests.web.conftest import sign_in_as


@pytest.fixture
def mette(database: Database, client: FlaskClient) -> Citizen:
    with database.write(add_municipality(database)) as session:
        ship_forms(session, NOW, "screening_sick_leave")
        lone = add_staff(session, NOW, team=add_team(session))
        citizen = add_citizen(session, NOW, lone)
    sign_in_as(client, database, lone)
    return citizen


@pytest.fixture
def form_id(database: Database, mette: Citizen) -> int:
    """A form of hers alone."""
    with database.read(mette.municipality_id) as session:
        form = questionnaires.by_key(session, "screening_sick_leave")
        assert form is not None
        return form.id


def test_what_is_typed_at_the_phone_reaches_the_card(
    client: FlaskClient, mette: Citizen, form_id: int
) -> None:
    card = f"/borgere/{mette.id}"
    assert f"{card}/udfyld" in client.get(card).text
    assert "I telefonen" in client.get(f"{card}/udfyld").text
    begun = client.post(f"{card}/udfyld", data={"skema": form_id, "maade": "phone", "sprog": "da"})
    page = client.get(begun.location).text
    names = set(re.findall(r'type="radio" name="(\w+)"', page)) - {"hjaelp"}
    data = dict.fromkeys(names, "_dont_know") | {"maade": "phone", "sprog": "da"}
    half = client.post(begun.location.split("?")[0], data=data | {"finish": "1"})
    assert half.status_code == 422 and "Vælg, om borgeren fik hjælp" in half.text
    saved = client.post(begun.location.split("?")[0], data=data | {"hjaelp": "interpreter"})
    assert saved.status_code == 200 and "ikke sendt ind" in saved.text


def test_a_paper_bears_a_code_and_no_name_and_its_code_leads_back(
    client: FlaskClient, mette: Citizen, form_id: int
) -> None:
    printed = client.post(f"/borgere/{mette.id}/papir", data={"skema": form_id, "sprog": "en"})
    page = client.get(printed.location).text
    sheet = page[page.index("<article") : page.index("</article>")]
    code = re.search(r"<bdi>(\d{4} \d{4})</bdi>", sheet)
    assert code and mette.last_name not in sheet and mette.first_name not in sheet
    assert "Tick what fits you best" in sheet
    found = client.post("/papir", data={"kode": code[1]})
    assert found.status_code == 303 and "sat kryds" in client.get(found.location).text


def test_a_code_we_do_not_know_stands_as_it_was_typed(client: FlaskClient, mette: Citizen) -> None:
    answer = client.post("/papir", data={"kode": "1234 567"})
    assert answer.status_code == 422 and 'value="1234 567"' in answer.text
