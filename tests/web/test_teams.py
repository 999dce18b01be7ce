"""The administrator's teams, who is in them, and whose citizens go where."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from database.engine import Database
from portal.store.people import Staff, Team
from tests import factories
from tests.conftest import NOW
from tests.web.conftest import sign_in_as
from tests.web.test_administration import Office, new_person


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@pytest.fixture
def boss(client: FlaskClient, database: Database, office: Office) -> FlaskClient:
    sign_in_as(client, database, office.boss)
    return client


def add_per(office: Office) -> tuple[Staff, Team]:
    """A colleague in another team, and a citizen of Lone's."""
    with office.database.write(office.id) as session:
        factories.add_citizen(session, NOW, office.lone)
        team = factories.add_team(session, "Team Bakken")
        return factories.add_staff(session, NOW, team=team, name="Per Bo"), team


def test_a_team_is_added_and_gets_its_first_colleague(boss: FlaskClient, office: Office) -> None:
    answer = boss.post("/teams", data={"name": "Værkstedet", "supplier": "1"})
    assert answer.status_code == 303
    page = boss.get(answer.headers["Location"]).text
    assert "Anden aktør" in page
    form = boss.get("/administration/ny?team=2").text
    assert '<option value="2" selected>Værkstedet (anden aktør)</option>' in form
    assert boss.post("/administration/ny", data=new_person(office, team_id=2)).status_code == 200
    assert "Poul Ny" in boss.get("/teams/2").text


def test_a_name_that_is_taken_is_kept_in_the_form_with_the_reason(boss: FlaskClient) -> None:
    answer = boss.post("/teams", data={"name": "team åen"})
    assert answer.status_code == 422
    assert 'value="team åen"' in answer.text
    assert "Et andet team hedder det samme" in answer.text
    assert boss.post("/teams/1", data={"name": ""}).status_code == 422


def test_a_team_is_renamed(boss: FlaskClient) -> None:
    assert boss.post("/teams/1", data={"name": "Team Bakken"}).status_code == 303
    assert "Team Bakken" in boss.get("/teams").text


def test_a_team_with_somebody_in_it_says_who_and_stays(boss: FlaskClient, office: Office) -> None:
    add_per(office)
    page = boss.get("/teams/1").text
    assert f'/administration/{office.lone.id}"' in page and "Én borger er i teamet" in page
    assert boss.post("/teams/1/luk").status_code == 303
    assert boss.get("/teams/1").status_code == 200


def test_an_empty_team_is_closed_and_gone_from_every_choice(boss: FlaskClient, office: Office) -> None:
    with office.database.write(office.id) as session:
        empty = factories.add_team(session, "Team Tom").id
    assert boss.post(f"/teams/{empty}/luk").status_code == 303
    boss.get("/teams")  # the sentence that it is closed names it once more
    for page in ("/aabningstider", "/administration/ny"):
        assert "Team Tom" not in boss.get(page).text
    assert boss.post(f"/teams/{empty}", data={"name": "Team Fuld"}).status_code == 404


def test_a_closed_team_is_opened_again_under_a_name_that_is_free(boss: FlaskClient, office: Office) -> None:
    with office.database.write(office.id) as session:
        closed = factories.add_team(session, "Team Tom")
        closed.closed_at = NOW
    assert f'href="/teams/{closed.id}"' in boss.get("/teams").text.split("Lukkede teams")[1]
    boss.post("/teams", data={"name": "Team Tom"})
    page = boss.get(f"/teams/{closed.id}").text
    assert "Teamet blev lukket" in page and "/luk" not in page
    assert boss.post(f"/teams/{closed.id}/aabn", data={"name": "Team Tom"}).status_code == 422
    assert boss.post(f"/teams/{closed.id}/aabn", data={"name": "Team Ny"}).status_code == 303
    assert "Lukkede teams" not in boss.get("/teams").text
    assert '<option value="2">Team Ny</option>' in boss.get("/administration/ny").text
    assert boss.post(f"/teams/{closed.id}/aabn", data={"name": "Team Ny"}).status_code == 404
    assert office.actions()[-1] == "team.reopened"


def test_the_citizens_of_who_leaves_go_to_a_colleague(boss: FlaskClient, office: Office) -> None:
    per, team = add_per(office)
    assert f"/administration/{office.lone.id}/borgere" in boss.get(f"/administration/{office.lone.id}").text
    page = boss.get(f"/administration/{office.lone.id}/borgere").text
    assert "Per Bo – Team Bakken" in page and "Mette" not in page
    path = f"/administration/{office.lone.id}/borgere"
    assert boss.post(path, data={"caseworker": office.lone.id}).status_code == 422
    assert boss.post(path, data={"caseworker": per.id}).status_code == 303
    assert "<dt>Borgere</dt><dd>1</dd>" in boss.get(f"/teams/{team.id}").text
    assert "Der er ingen borgere at give videre" in boss.get(path).text


def test_an_account_gets_another_team_and_its_citizens_come_along(boss: FlaskClient, office: Office) -> None:
    _, team = add_per(office)
    path = f"/administration/{office.lone.id}/team"
    assert "Én borger følger med" in boss.get(path).text
    assert boss.post(path, data={"team_id": ""}).status_code == 422
    assert boss.post(path, data={"team_id": team.id}).status_code == 303
    assert "<dt>Borgere</dt><dd>1</dd>" in boss.get(f"/teams/{team.id}").text


def test_on_the_first_day_the_pages_say_where_to_begin(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    with database.write(municipality) as session:
        boss = factories.add_staff(session, NOW, role="administrator")
    sign_in_as(client, database, boss)
    for page in ("/administration", "/administration/ny"):
        assert 'href="/teams"' in client.get(page).text.split("<main")[1]
    assert "Der er ingen teams endnu" in client.get("/teams").text
