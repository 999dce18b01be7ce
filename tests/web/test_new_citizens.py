"""/borgere/ny, and citizens who get another caseworker."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from database.engine import Database
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Staff
from tests import factories
from tests.conftest import NOW
from tests.web.conftest import sign_in_as

TYPED = {"first_name": "Amina", "last_name": "Ali", "phone": "10 55 55 55", "language": "so"}


@dataclass
class Desk:
    database: Database
    id: int
    lone: Staff
    per: Staff

    def add(self, count: int = 1, **values: object) -> list[int]:
        with self.database.write(self.id) as session:
            return [factories.add_citizen(session, NOW, self.lone, **values).id for _ in range(count)]  # type: ignore[arg-type]

    def citizens(self) -> list[Citizen]:
        with self.database.read(self.id) as session:
            return list(session.scalars(select(Citizen).order_by(Citizen.id)))


@pytest.fixture
def desk(client: FlaskClient, database: Database, municipality: int) -> Desk:
    with database.write(municipality) as session:
        lone = factories.add_staff(session, NOW, team=factories.add_team(session))
        per = factories.add_staff(
            session, NOW, team=factories.add_team(session, "Team Bakken"), name="Per Bo"
        )
    sign_in_as(client, database, lone)
    return Desk(database, municipality, lone, per)


def typed(desk: Desk, **changed: object) -> dict[str, object]:
    return TYPED | {"caseworker": desk.lone.id} | changed


def test_an_empty_list_leads_to_the_first_citizen_and_her_card_says_what_is_next(
    client: FlaskClient, desk: Desk
) -> None:
    assert 'href="/borgere/ny"' in client.get("/borgere").text
    page = client.get("/borgere/ny").text
    assert f'<option value="{desk.lone.id}" selected>Lone Kjær</option>' in page
    assert "Per Bo" not in page
    answer = client.post("/borgere/ny", data=typed(desk))
    (citizen,) = desk.citizens()
    assert answer.headers["Location"] == f"/borgere/{citizen.id}"
    card = client.get(f"/borgere/{citizen.id}").text
    assert "Amina er tilføjet." in card
    assert "Det næste" in card and citizen.short_code in card


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    client: FlaskClient, desk: Desk
) -> None:
    answer = client.post("/borgere/ny", data=typed(desk, phone="010190-1234", first_name="Amina2"))
    assert answer.status_code == 422
    assert "Det ligner et CPR-nummer" in answer.text
    assert 'aria-describedby="first_name-hint first_name-error"' in answer.text
    assert 'value="Amina2"' in answer.text
    assert desk.citizens() == []


def test_a_shared_number_is_said_plainly_and_she_goes_on(client: FlaskClient, desk: Desk) -> None:
    (known,) = desk.add(phone="+4510555555")
    answer = client.post("/borgere/ny", data=typed(desk))
    assert answer.status_code == 422
    assert "En anden borger har nummeret" in answer.text
    assert f'<a href="/borgere/{known}">' in answer.text
    assert client.post("/borgere/ny", data=typed(desk, is_shared="1")).status_code == 303
    assert len(desk.citizens()) == 2


def test_a_citizen_is_given_to_a_caseworker_of_another_team(client: FlaskClient, desk: Desk) -> None:
    (citizen,) = desk.add()
    path = f"/borgere/{citizen}/flyt"
    assert path in client.get(f"/borgere/{citizen}").text
    page = client.get(path).text
    assert "Per Bo – Team Bakken" in page
    assert client.post(path, data={"caseworker": ""}).status_code == 422
    answer = client.post(path, data={"caseworker": desk.per.id})
    assert answer.headers["Location"] == "/borgere"
    assert "Per Bo er nu sagsbehandler for én borger mere." in client.get("/borgere").text
    assert client.get(path).status_code == client.post(path).status_code == 404


def test_who_stays_in_the_team_stays_on_the_readers_screen(client: FlaskClient, desk: Desk) -> None:
    (citizen,) = desk.add()
    with desk.database.write(desk.id) as session:
        lone = session.get_one(Staff, desk.lone.id)
        ida = factories.add_staff(session, NOW, team=lone.team, name="Ida Dal")
    answer = client.post(f"/borgere/{citizen}/flyt", data={"caseworker": ida.id})
    assert answer.headers["Location"] == f"/borgere/{citizen}"
    assert "Ida Dal" in client.get(f"/borgere/{citizen}").text
    assert "har fået en ny sagsbehandler" in client.get(f"/borgere/{citizen}/samtale").text


def test_those_ticked_on_the_list_move_together(client: FlaskClient, desk: Desk) -> None:
    citizens = desk.add(3)
    assert 'formaction="/borgere/flyt"' in client.get("/borgere").text
    page = client.post("/borgere/flyt", data={"borger": citizens[:2]}).text
    assert re.findall(r'name="borger" value="(\d+)"', page) == [str(each) for each in citizens[:2]]
    assert client.post("/borgere/flyt/udfoer", data={"borger": citizens[:2]}).status_code == 422
    form = {"borger": citizens[:2], "caseworker": desk.per.id}
    assert client.post("/borgere/flyt/udfoer", data=form).status_code == 303
    assert [each.caseworker_id for each in desk.citizens()] == [desk.per.id, desk.per.id, desk.lone.id]
    with desk.database.read(desk.id) as session:
        moved = session.scalars(select(AuditEvent).where(AuditEvent.action == "citizen.moved")).all()
    assert {each.citizen_id for each in moved} == set(citizens[:2])
    assert all(each.request_id for each in moved)


def test_nobody_ticked_leads_back_to_the_list(client: FlaskClient, desk: Desk) -> None:
    assert client.post("/borgere/flyt").headers["Location"] == "/borgere"


def test_citizens_of_another_team_are_neither_named_nor_moved(
    app: Flask, database: Database, desk: Desk
) -> None:
    citizens = desk.add(2)
    theirs = app.test_client()
    sign_in_as(theirs, database, desk.per)
    assert theirs.post("/borgere/flyt", data={"borger": citizens}).status_code == 303
    form = {"borger": citizens, "caseworker": desk.per.id}
    theirs.post("/borgere/flyt/udfoer", data=form)
    assert {each.caseworker_id for each in desk.citizens()} == {desk.lone.id}


@pytest.mark.parametrize("page", ["/borgere/ny", "/borgere/flyt"])
def test_the_pages_ask_a_fixed_number_of_queries(client: FlaskClient, desk: Desk, page: str) -> None:
    asked: list[str] = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    counts = []
    for number in (2, 12):
        form = {"borger": desk.add(number)}
        client.get("/borgere/ny")
        asked.clear()
        client.get(page) if page.endswith("ny") else client.post(page, data=form)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


LISTED = "Fornavn;Efternavn;Mobil\nAmina;Ali;10203040\nOmar;Ali;10203041"


def sealed(page: str) -> str:
    found = re.search(r'name="people" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_list_is_looked_at_and_then_taken_whole(client: FlaskClient, desk: Desk) -> None:
    assert 'href="/borgere/liste"' in client.get("/borgere/ny").text
    page = client.post("/borgere/liste", data={"rows": LISTED})
    assert page.status_code == 200 and "2 borgere kan tilføjes" in page.text
    assert desk.citizens() == []
    answer = client.post("/borgere/liste/tilfoej", data={"people": sealed(page.text)})
    assert answer.status_code == 303
    assert "2 borgere er tilføjet." in client.get("/borgere").text
    again = client.post("/borgere/liste/tilfoej", data={"people": sealed(page.text)})
    assert again.status_code == 422 and "Alle i filen er her allerede" in again.text
    assert len(desk.citizens()) == 2


def test_a_list_with_a_wrong_row_cannot_be_taken(client: FlaskClient, desk: Desk) -> None:
    page = client.post("/borgere/liste", data={"rows": LISTED + "\nBo;Bo;12"})
    assert page.status_code == 422
    assert "Det er ikke et telefonnummer" in page.text and 'name="people"' not in page.text


@pytest.mark.parametrize("rows", ["", "Amina;Ali;10203040", "Fornavn;Efternavn;Mobil"])
def test_what_is_no_list_is_told_beside_the_file(client: FlaskClient, desk: Desk, rows: str) -> None:
    page = client.post("/borgere/liste", data={"rows": rows})
    assert page.status_code == 422 and 'id="file-error"' in page.text


def test_what_somebody_else_has_looked_at_is_not_taken(
    app: Flask, client: FlaskClient, database: Database, desk: Desk
) -> None:
    seen = sealed(client.post("/borgere/liste", data={"rows": LISTED}).text)
    theirs = app.test_client()
    sign_in_as(theirs, database, desk.per)
    for people in (seen, "x", ""):
        assert theirs.post("/borgere/liste/tilfoej", data={"people": people}).status_code == 422
    assert desk.citizens() == []
