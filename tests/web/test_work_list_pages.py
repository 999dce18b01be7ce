"""The translator's work list: what needs her first, narrowed by what stands in the address."""

from __future__ import annotations

import re
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from database.engine import Database
from portal.runtime import Portal
from portal.services.texts.history import Author
from portal.store.people import Staff
from portal.store.texts import TextOverride
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.measurements import ship_forms
from tests.texts import go_live, type_in
from tests.web.conftest import sign_in_as

KEY = "own_data.title"


@pytest.fixture
def municipality(database: Database) -> int:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        ship_forms(session, NOW)
    return municipality_id


@pytest.fixture
def translator(client: FlaskClient, database: Database, municipality: int) -> Staff:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role="translator")
    sign_in_as(client, database, person)
    return person


@pytest.fixture
def portal(app: Flask) -> Portal:
    found: Portal = app.extensions["taletid"]
    return found


@pytest.fixture
def author(translator: Staff) -> Author:
    return Author(translator.municipality_id, translator.id)


def listed(client: FlaskClient, **asked: str) -> list[str]:
    page = client.get("/tekster", query_string={"til": "pl", **asked})
    assert page.status_code == 200
    return re.findall(r'<a href="/tekster/\w\w/tekst/([^"?]+)[^"]*" data-row', page.text)


def test_a_stale_text_comes_first_and_then_what_most_citizens_meet(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    assert listed(client)[0].startswith("sms.")
    go_live(portal, author, "pl", KEY, "To o tobie")
    go_live(portal, author, "da", KEY, "Det, vi ved om dig her")
    assert listed(client)[0] == KEY
    assert listed(client, status="stale") == [KEY]


def test_the_list_is_narrowed_by_kind_area_words_and_whose_they_are(
    client: FlaskClient, portal: Portal, author: Author
) -> None:
    assert {key.split(".")[0] for key in listed(client, slags="sms")} == {"sms"}
    assert {key.split(".")[1] for key in listed(client, omraade="form.own_agenda")} == {"own_agenda"}
    assert listed(client, omraade="sms", soeg="STOP")
    assert listed(client, mine="1") == []
    type_in(portal, author, "pl", KEY, "Moje")
    assert listed(client, mine="1") == [KEY]
    assert listed(client, spoergsmaal="1") == []
    client.post("/tekster/pl/tekst/sms.invitation/spoerg", data={"body": "Hvem er {name}?", "version": "0"})
    assert listed(client, spoergsmaal="1") == ["sms.invitation"]


def test_what_is_chosen_goes_along_into_the_editor_and_back(client: FlaskClient, translator: Staff) -> None:
    page = client.get("/tekster?til=pl&slags=sms&soeg=STOP").text
    link = re.search(r'<a href="(/tekster/pl/tekst/[^"]+)" data-row', page)
    assert link and "slags=sms&amp;soeg=STOP" in link[1]
    editor = client.get(link[1].replace("&amp;", "&")).text
    assert 'href="/tekster?til=pl&amp;slags=sms&amp;soeg=STOP"' in editor
    assert re.search(r'href="/tekster/pl/tekst/sms\.[^"]+slags=sms&amp;soeg=STOP" rel="next"', editor)


def test_where_nothing_fits_the_page_says_so_and_leads_back(client: FlaskClient, translator: Staff) -> None:
    for asked in ("soeg=zebra", f"omraade={'x' * 500}"):
        page = client.get(f"/tekster?til=pl&{asked}").text
        assert "Ingen tekster passer" in page
        assert 'href="/tekster?til=pl"' in page


def test_staffs_own_texts_are_listed_in_their_languages_only(client: FlaskClient, translator: Staff) -> None:
    assert listed(client, til="da", omraade="staff")
    assert listed(client, til="da", slags="staff")
    assert listed(client, omraade="staff") == []
    assert not [key for key in listed(client, til="da", side="3") if key.startswith("staff.")]


def test_a_page_has_fifty_texts_and_leads_to_the_next(client: FlaskClient, translator: Staff) -> None:
    first, second = listed(client), listed(client, side="2")
    assert len(first) == len(second) == 50
    assert not set(first) & set(second)
    assert listed(client, side="9999")


@pytest.mark.parametrize(
    "asked", [{"status": "nothing"}, {"slags": "x"}, {"side": "-3"}, {"side": "x"}, {"soeg": " "}]
)
def test_what_is_not_understood_narrows_nothing(
    client: FlaskClient, translator: Staff, asked: dict[str, str]
) -> None:
    assert listed(client, **asked) == listed(client)


def test_the_language_that_most_citizens_read_is_the_first_to_be_shown(
    client: FlaskClient, database: Database, municipality: int, translator: Staff
) -> None:
    with database.write(municipality) as session:
        caseworker = factories.add_staff(session, NOW, team=factories.add_team(session))
        for _ in range(2):
            factories.add_citizen(session, NOW, caseworker, language="so")
    page = client.get("/tekster").text
    assert 'lang="so" dir="ltr">Soomaali</span></h1>' in page
    assert "Soomaali (2)" in page


def test_five_thousand_texts_are_opened_in_one_query_and_within_three_tenths_of_a_second(
    client: FlaskClient, database: Database, municipality: int, translator: Staff, portal: Portal
) -> None:
    keys = list(portal.catalogs.entries["pl"])
    with database.write(municipality) as session:
        for n in range(5_000):
            key = keys[n] if n < len(keys) else f"retired.text_{n}"
            session.add(
                TextOverride(locale="pl", key=key, forms=["Tekst"], source=["x"], version=1, changed_at=NOW)
            )
    client.get("/tekster?til=pl")
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    took = []
    for _ in range(3):
        began = time.process_time()
        assert listed(client)
        took.append(time.process_time() - began)
    assert sum("text_overrides" in statement for statement in statements) == 3
    assert min(took) < 0.3
