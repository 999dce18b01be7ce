"""The administrator's page of the name and the number that SMS come from."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from database.engine import Database
from portal.store.people import Staff
from portal.store.thread import ThreadEntry
from portal.web.phones import as_read
from tests.conftest import NOW, add_municipality
from tests.factories import add_citizen, add_staff, add_team
from tests.web.conftest import sign_in_as

PAGE = "/sms-indstillinger/afsender"
TYPED = {"name": "Nordby", "number": "52 52 52 52"}


@pytest.fixture
def soeren(database: Database, client: FlaskClient) -> Staff:
    with database.write(add_municipality(database)) as session:
        staff = add_staff(session, NOW, role="administrator")
        lone = add_staff(session, NOW, team=add_team(session))
        mette = add_citizen(session, NOW, lone)
        session.add(
            ThreadEntry(citizen_id=mette.id, author="citizen", channel="sms", body="Hej", created_at=NOW)
        )
    sign_in_as(client, database, staff)
    return staff


def test_nothing_changes_before_the_page_has_said_what_follows(client: FlaskClient, soeren: Staff) -> None:
    before = client.get("/aegte").text
    page = client.post(PAGE, data=TYPED)
    assert page.status_code == 200
    assert "Én borger har en samtale på SMS" in page.text
    assert 'name="number" value="+4552525252"' in page.text
    assert client.get("/aegte").text == before


def test_citizens_are_told_the_new_and_the_former_at_once(client: FlaskClient, soeren: Staff) -> None:
    assert client.post(f"{PAGE}/skift", data=TYPED).status_code == 303
    page = client.get("/aegte").text
    assert "navnet <bdi>Nordby</bdi>" in page and page.count("fra navnet") == 2
    assert as_read("+4552525252") in page and as_read("+4510900000") in page
    assert "Brug igen" in client.get(PAGE).text
    assert client.post(f"{PAGE}/opgiv", data={"address": "+4510900000"}).status_code == 303
    assert "+4510900000" not in client.get("/aegte").text
    assert client.post(f"{PAGE}/opgiv", data={"address": "+4510900000"}).status_code == 404


def test_a_wrong_name_keeps_what_was_typed(client: FlaskClient, soeren: Staff) -> None:
    for path in (PAGE, f"{PAGE}/skift"):
        answer = client.post(path, data={**TYPED, "name": "Nordby Jobcenter"})
        assert answer.status_code == 422
        assert 'value="Nordby Jobcenter"' in answer.text and 'value="52 52 52 52"' in answer.text


def test_the_same_as_before_is_told_and_no_more(client: FlaskClient, soeren: Staff) -> None:
    client.post(f"{PAGE}/skift", data=TYPED)
    assert client.post(PAGE, data=TYPED).status_code == 303
    assert "Det er det navn og det nummer, I har." in client.get(PAGE).text
