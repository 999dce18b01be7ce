"""Planning to be away, and who answers meanwhile, on the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from portal.store.people import Citizen, Staff
from tests import factories
from tests.conftest import NOW
from tests.web.conftest import sign_in_as

DAYS = {"first": "2026-11-18", "last": "2026-12-03"}


@dataclass(frozen=True)
class Office:
    app: Flask
    database: Database
    lone: Staff
    jonas: Staff
    boss: Staff
    mette: Citizen

    def client(self, staff: Staff) -> FlaskClient:
        client = self.app.test_client()
        sign_in_as(client, self.database, staff)
        return client

    def citizen(self) -> FlaskClient:
        client, seconds = self.app.test_client(), int(NOW.timestamp())
        with client.session_transaction() as cookie:
            cookie["citizen"] = [self.mette.id, self.mette.municipality_id, seconds, seconds]
        return client


@pytest.fixture
def office(app: Flask, database: Database, municipality: int) -> Office:
    with database.write(municipality) as session:
        team = factories.add_team(session)
        lone = factories.add_staff(session, NOW, team=team)
        jonas = factories.add_staff(session, NOW, team=team, name="Jonas Friis")
        boss = factories.add_staff(session, NOW, role="administrator", name="Søren Bach")
        mette = factories.add_citizen(session, NOW, lone, pin_hash="a hash", pin_set_at=NOW)
    return Office(app, database, lone, jonas, boss, mette)


def words(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"<[^>]+>", "", unescape(answer.get_data(as_text=True)))


def test_a_caseworker_names_her_cover_and_everybody_sees_who_answers(office: Office) -> None:
    lone = office.client(office.lone)
    assert lone.post("/fravaer", data={**DAYS, "cover": office.jonas.id}).status_code == 303
    assert "18. nov. 2026 – 3. dec. 2026" in words(lone, "/fravaer")
    hers = words(office.citizen(), "/hjem/samtale")
    assert "Lone er væk til og med torsdag den 3. december. Jonas svarer dig." in hers
    assert "svarer Jonas senest" in hers
    assert "Jonas" in words(office.citizen(), "/hjem") and "Lone" not in words(office.citizen(), "/hjem")
    jonas = office.client(office.jonas)
    covers = "Du svarer for Lone Kjær til og med torsdag den 3. december"
    assert covers in words(jonas, "/borgere") and covers in words(
        jonas, f"/borgere/{office.mette.id}/samtale"
    )
    assert "Jonas Friis svarer imens" in words(lone, f"/borgere/{office.mette.id}/samtale")


def test_it_can_be_taken_back(office: Office) -> None:
    lone = office.client(office.lone)
    lone.post("/fravaer", data={**DAYS, "cover": office.jonas.id})
    assert lone.post("/fravaer/1/fortryd").status_code == 303
    assert "Der er ikke planlagt noget fravær" in words(lone, "/fravaer")
    assert "Lone er væk" not in words(office.citizen(), "/hjem/samtale")


def test_an_administrator_does_it_for_who_fell_ill(office: Office) -> None:
    boss, address = office.client(office.boss), f"/administration/{office.lone.id}/fravaer"
    assert "Fravær og dækning" in words(boss, f"/administration/{office.lone.id}")
    assert boss.post(address, data={**DAYS, "cover": office.jonas.id}).status_code == 303
    assert "Fravær for Lone Kjær" in words(boss, address)
    assert office.client(office.jonas).post("/fravaer/1/fortryd").status_code == 404
    assert boss.post(f"{address}/1/fortryd").status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Vælg både første og sidste dag"),
        ({"first": "i morgen", "last": "2026-12-03"}, "Vælg både første og sidste dag"),
        ({"first": "2026-11-18", "last": "2026-11-17"}, "Den sidste dag ligger før den første"),
        ({"first": "2026-11-01", "last": "2026-11-17"}, "Den sidste dag er allerede gået"),
        (DAYS, "Vælg en kollega, der svarer imens"),
        ({**DAYS, "cover": "99"}, "Denne kollega kan ikke dække"),
    ],
)
def test_a_plan_that_will_not_do_is_refused_in_words(
    office: Office, typed: dict[str, str], said: str
) -> None:
    answer = office.client(office.lone).post("/fravaer", data=typed)
    assert answer.status_code == 422
    assert said in unescape(answer.get_data(as_text=True))
