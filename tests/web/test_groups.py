"""A team's groups: who sees them, who comes in, and what a click twice does."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.store.audit import AuditEvent
from portal.store.groups import Group, GroupMember
from portal.store.people import Citizen, Staff
from tests.conftest import NOW, add_municipality
from tests.factories import add_citizen, add_staff, add_team
from tests.web.conftest import sign_in_as


@pytest.fixture
def lone(database: Database, client: FlaskClient) -> Staff:
    tenant = add_municipality(database)
    with database.write(tenant) as session:
        staff = add_staff(session, NOW, team=add_team(session))
    sign_in_as(client, database, staff)
    return staff


@pytest.fixture
def people(database: Database, lone: Staff) -> list[Citizen]:
    with database.write(lone.municipality_id) as session:
        names = ("Østen", "Åse", "Amina")
        return [add_citizen(session, NOW, lone, first_name=name) for name in names]


@pytest.fixture
def stranger(database: Database, lone: Staff) -> Citizen:
    """A citizen of another team."""
    with database.write(lone.municipality_id) as session:
        other = add_staff(session, NOW, team=add_team(session, "Team Fjorden"))
        return add_citizen(session, NOW, other, first_name="Fremmed")


def members(database: Database, staff: Staff) -> set[int]:
    with database.read(staff.municipality_id) as session:
        return set(session.scalars(select(GroupMember.citizen_id)))


def make(client: FlaskClient, name: str = "Forår") -> str:
    """The group's address."""
    answer = client.post("/grupper", data={"name": name})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_a_group_is_made_filled_emptied_and_every_step_is_written_down(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    address = make(client)
    ids = [person.id for person in people]
    client.post(f"{address}/tilfoej", data={"borger": ids})
    client.post(f"{address}/tilfoej", data={"borger": ids})
    assert members(database, lone) == set(ids)
    client.post(f"{address}/fjern", data={"borger": ids[:2]})
    assert members(database, lone) == {ids[2]}
    with database.read(lone.municipality_id) as session:
        actions = list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert actions == ["group.made", "group.members_added", "group.members_removed"]


def test_members_stand_in_danish_order(client: FlaskClient, people: list[Citizen]) -> None:
    address = make(client)
    client.post(f"{address}/tilfoej", data={"borger": [person.id for person in people]})
    text = client.get(address).text
    assert text.index("Amina") < text.index("Østen") < text.index("Åse")


def test_another_teams_citizen_comes_into_no_group(
    client: FlaskClient, database: Database, lone: Staff, stranger: Citizen
) -> None:
    address = make(client)
    client.post(f"{address}/tilfoej", data={"borger": [stranger.id]})
    assert members(database, lone) == set()
    assert "Fremmed" not in client.post(address, data={"q": "fremmed"}).text


def test_another_team_does_not_see_the_group(client: FlaskClient, database: Database, lone: Staff) -> None:
    address = make(client)
    with database.write(lone.municipality_id) as session:
        other = add_staff(session, NOW, team=add_team(session, "Team Fjorden"))
    sign_in_as(client, database, other)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/navn", data={"name": "Mit"}).status_code == 404
    assert "Forår" not in client.get("/grupper").text


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "forår"])
def test_a_group_needs_a_name_of_its_own_and_what_was_typed_stays(
    client: FlaskClient, lone: Staff, name: str
) -> None:
    make(client)
    answer = client.post("/grupper", data={"name": name})
    assert answer.status_code == 422
    assert f'value="{name}"' in answer.text


def test_an_archived_group_comes_back_with_its_members(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    address = make(client)
    client.post(f"{address}/tilfoej", data={"borger": [people[0].id]})
    client.post(f"{address}/arkiver")
    assert "Hent tilbage" in client.get("/grupper").text
    client.post(f"{address}/hent-tilbage")
    with database.read(lone.municipality_id) as session:
        assert session.scalars(select(Group.archived_at)).one() is None
    assert members(database, lone) == {people[0].id}


def test_a_group_whose_name_is_anothers_by_now_stays_in_the_archive(
    client: FlaskClient, database: Database, lone: Staff
) -> None:
    address = make(client)
    client.post(f"{address}/arkiver")
    make(client)
    assert client.post(f"{address}/hent-tilbage").status_code == 422


def test_who_is_ticked_on_the_list_goes_into_a_new_group(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen], stranger: Citizen
) -> None:
    listed = client.get("/borgere?hvem=team&alle=1").text
    assert listed.count('name="borger"') == listed.count(" checked") == 3
    ids = [people[0].id, people[1].id, stranger.id]
    shown = client.post("/grupper/valgte", data={"borger": ids}).text
    assert "Østen" in shown and "Fremmed" not in shown
    client.post("/grupper/valgte/laeg-i", data={"borger": ids, "name": "Efterår", "gruppe": ""})
    assert members(database, lone) == set(ids[:2])


def test_a_selection_is_kept_when_the_groups_name_is_missing(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    answer = client.post("/grupper/valgte/laeg-i", data={"borger": [people[0].id], "name": ""})
    assert answer.status_code == 422
    assert f'name="borger" value="{people[0].id}"' in answer.text


def test_nobody_ticked_leads_back_to_the_list(client: FlaskClient, lone: Staff) -> None:
    answer = client.post("/grupper/valgte", follow_redirects=True)
    assert "Sæt først flueben" in answer.text
