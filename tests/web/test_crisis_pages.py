"""Words of crisis on the pages: the mark and the button for staff, the numbers for the citizen, and the lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.content.crisis_phrases import SHIPPED
from portal.services.thread import write_as_citizen
from portal.store.audit import AuditEvent
from portal.store.people import Staff
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.web.conftest import sign_in_as

WORDS = "Jeg vil ikke leve mere"
MARK = "Beskeden indeholder ord fra listen"


@dataclass(frozen=True)
class World:
    municipality_id: int
    citizen_id: int
    caseworker: Staff
    translator: Staff
    manager: Staff


@pytest.fixture
def world(database: Database) -> World:
    here = add_municipality(database)
    with database.write(here) as session:
        caseworker = factories.add_staff(session, NOW, team=factories.add_team(session))
        translator = factories.add_staff(session, NOW, role="translator", name="Tove")
        manager = factories.add_staff(session, NOW, role="manager", name="Maja")
        citizen = factories.add_citizen(session, NOW, caseworker, first_name="Amir")
        return World(here, citizen.id, caseworker, translator, manager)


Page = Callable[[str], str]


@pytest.fixture
def page(client: FlaskClient) -> Page:
    return lambda address: unescape(client.get(address).get_data(as_text=True))


def write(database: Database, world: World, text: str) -> None:
    with database.write(world.municipality_id) as session:
        write_as_citizen(session, world.citizen_id, text, NOW)


def actions(database: Database, world: World) -> list[str]:
    with database.read(world.municipality_id) as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_the_caseworker_is_told_what_is_seen_and_lowers_it_with_one_button(
    client: FlaskClient, page: Page, database: Database, world: World
) -> None:
    write(database, world, WORDS)
    sign_in_as(client, database, world.caseworker)
    thread = f"/borgere/{world.citizen_id}/samtale"
    assert MARK in page("/borgere")
    assert page(thread).count(MARK) == 2
    answer = client.post(f"/borgere/{world.citizen_id}/kriseord", data={"til": "1"})
    assert answer.status_code == 303
    assert "crisis.handled" in actions(database, world)
    assert MARK not in page("/borgere")
    assert "Der er taget hånd om den" in page(thread)


def test_a_message_that_came_while_she_read_is_not_lowered_with_those_she_saw(
    client: FlaskClient, page: Page, database: Database, world: World
) -> None:
    write(database, world, WORDS)
    write(database, world, f"{WORDS}!")
    sign_in_as(client, database, world.caseworker)
    client.post(f"/borgere/{world.citizen_id}/kriseord", data={"til": "1"})
    assert MARK in page("/borgere")


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "9" * 30])
def test_a_button_that_names_no_message_lowers_none_that_was_not_there(
    client: FlaskClient, database: Database, world: World, nonsense: str
) -> None:
    sign_in_as(client, database, world.caseworker)
    answer = client.post(f"/borgere/{world.citizen_id}/kriseord", data={"til": nonsense})
    assert answer.status_code == 303


def test_a_translator_changes_the_list_of_a_language_and_it_holds_from_the_next_message(
    client: FlaskClient, page: Page, database: Database, world: World
) -> None:
    sign_in_as(client, database, world.translator)
    assert "/kriseord/da" in page("/kriseord")
    assert SHIPPED["da"][0] in page("/kriseord/da")
    answer = client.post("/kriseord/da", data={"phrases": "den store\r\n\r\n  den   store \r\nblomkål*"})
    assert answer.location == "/kriseord"
    assert "Jeres egen" in page("/kriseord")
    assert "den store\nblomkål*" in page("/kriseord/da")
    write(database, world, WORDS)
    sign_in_as(client, database, world.caseworker)
    assert MARK not in page("/borgere")
    write(database, world, "Jeg købte blomkålssuppe")
    assert MARK in page("/borgere")


def test_the_list_that_ships_can_be_taken_back(
    client: FlaskClient, page: Page, database: Database, world: World
) -> None:
    sign_in_as(client, database, world.translator)
    client.post("/kriseord/da", data={"phrases": "blomkål*"})
    client.post("/kriseord/da/medfoelgende")
    assert "Jeres egen" not in page("/kriseord")
    assert actions(database, world)[-2:] == ["crisis.list_changed", "crisis.list_reverted"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (" \n ", "Listen er tom"),
        ("dø", "“dø” er for kort"),
        ("x" * 61, "Brug højst 60 tegn"),
        ("vil * dø", "en stjerne inde"),
        ("\n".join(f"ord nummer {n}" for n in range(301)), "for mange ord"),
    ],
)
def test_a_list_that_will_not_do_is_refused_with_what_was_typed(
    client: FlaskClient, database: Database, world: World, typed: str, says: str
) -> None:
    sign_in_as(client, database, world.translator)
    answer = client.post("/kriseord/da", data={"phrases": typed})
    html = unescape(answer.get_data(as_text=True))
    assert (answer.status_code, says in html, typed.strip() in html) == (422, True, True)


def test_lists_are_for_who_keeps_the_texts(client: FlaskClient, database: Database, world: World) -> None:
    sign_in_as(client, database, world.manager)
    assert client.get("/kriseord").status_code == 403
    sign_in_as(client, database, world.translator)
    assert client.get("/kriseord/xx").status_code == 404
