"""An account is changed, closed with somebody to take over, and opened again; and what was given is given back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.domain.handover import GIVE_BACK
from portal.services import handover
from portal.store.people import Citizen, Staff
from tests import factories
from tests.conftest import NOW
from tests.web.conftest import sign_in_as
from tests.web.test_administration import Office


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@pytest.fixture
def boss(client: FlaskClient, database: Database, office: Office) -> FlaskClient:
    sign_in_as(client, database, office.boss)
    return client


@pytest.fixture
def per(office: Office) -> Staff:
    """In another team, with a citizen of his own; Lone has two."""
    with office.database.write(office.id) as session:
        per = factories.add_staff(
            session, NOW, team=factories.add_team(session, "Team Bakken"), name="Per Bo"
        )
        for caseworker in (office.lone, office.lone, per):
            factories.add_citizen(session, NOW, caseworker)
        return per


def whose(office: Office) -> list[int]:
    with office.database.read(office.id) as session:
        return list(session.scalars(select(Citizen.caseworker_id).order_by(Citizen.id)))


def change(boss: FlaskClient, person: Staff, **typed: str) -> int:
    form = {"name": person.name, "email": person.email, "role": person.role} | typed
    return boss.post(f"/administration/{person.id}/ret", data=form).status_code


def test_a_name_an_address_and_a_role_are_changed_and_logged_apart(boss: FlaskClient, office: Office) -> None:
    assert change(boss, office.lone, name="Lone Bo", email="lone.bo@example.org", role="manager") == 303
    stored = office.person(office.lone.id)
    assert (stored.name, stored.email, stored.role) == ("Lone Bo", "lone.bo@example.org", "manager")
    assert stored.email_index != office.lone.email_index
    assert office.actions() == ["account.renamed", "account.role_changed"]


def test_what_is_sent_unchanged_is_not_logged(boss: FlaskClient, office: Office) -> None:
    assert change(boss, office.lone) == 303
    assert office.actions() == []


def test_an_address_that_is_taken_and_a_role_that_does_not_exist_are_refused(
    boss: FlaskClient, office: Office
) -> None:
    assert change(boss, office.lone, email=office.boss.email) == 422
    assert change(boss, office.lone, role="citizen_pin") == 422
    assert change(boss, office.lone, name=" ") == 422
    assert office.person(office.lone.id).email == office.lone.email
    assert office.actions() == []


def test_nobody_changes_her_own_role(boss: FlaskClient, office: Office) -> None:
    assert change(boss, office.boss, role="manager") == 422
    assert change(boss, office.boss, name="Ada Lund") == 303
    assert office.person(office.boss.id).role == "administrator"


def test_who_has_citizens_stays_a_caseworker_and_who_has_no_team_becomes_none(
    boss: FlaskClient, office: Office, per: Staff
) -> None:
    page = boss.post(
        f"/administration/{per.id}/ret", data={"name": "Per", "email": per.email, "role": "manager"}
    )
    assert page.status_code == 422 and "Giv dem først videre" in page.text
    with office.database.write(office.id) as session:
        karen = factories.add_staff(session, NOW, role="manager", name="Karen Munk")
    assert change(boss, karen, role="caseworker") == 422


def test_an_account_is_closed_and_its_citizens_go_to_a_colleague(
    boss: FlaskClient, office: Office, per: Staff
) -> None:
    page = boss.get(f"/administration/{office.lone.id}/luk").text
    assert "2 borgere har medarbejderen som sagsbehandler" in page and "Per Bo – Team Bakken" in page
    path = f"/administration/{office.lone.id}/luk"
    assert boss.post(path, data={"caseworker": office.lone.id}).status_code == 422
    assert office.person(office.lone.id).is_active
    assert boss.post(path, data={"caseworker": per.id}).status_code == 303
    assert whose(office) == [per.id] * 3
    assert not office.person(office.lone.id).is_active


def test_a_closed_account_with_citizens_is_pointed_out(boss: FlaskClient, office: Office, per: Staff) -> None:
    assert boss.post(f"/administration/{office.lone.id}/luk").status_code == 303
    assert "Har borgere" in boss.get("/administration").text
    assert "2 borgere har stadig den lukkede konto" in boss.get(f"/administration/{office.lone.id}").text


def test_who_comes_back_gets_the_citizens_back_that_are_still_with_the_colleague(
    boss: FlaskClient, office: Office, per: Staff
) -> None:
    lone = office.lone.id
    boss.post(f"/administration/{lone}/luk", data={"caseworker": per.id})
    assert "Giv dem tilbage" not in boss.get(f"/administration/{lone}").text
    with office.database.write(office.id) as session:
        jonas = factories.add_staff(session, NOW, team=office.team, name="Jonas Friis")
        mine = session.scalars(select(Citizen.id).order_by(Citizen.id)).first()
        assert mine is not None
        session.get_one(Citizen, mine).caseworker_id = jonas.id
    boss.post(f"/administration/{lone}/aabn")
    page = boss.get(f"/administration/{lone}").text
    assert "gik 2 borgere til" in page and "Én af dem har stadig" in page
    assert boss.post(f"/administration/{lone}/borgere/tilbage").status_code == 303
    assert whose(office) == [jonas.id, lone, per.id]
    boss.post(f"/administration/{lone}/borgere/tilbage")
    assert whose(office) == [jonas.id, lone, per.id]


def test_after_two_weeks_they_stay_where_they_are(boss: FlaskClient, office: Office, per: Staff) -> None:
    with office.database.write(office.id) as session:
        lone = session.get_one(Staff, office.lone.id)
        handover.hand_over(session, lone, per.id, office.boss.id, NOW - GIVE_BACK - timedelta(seconds=1))
    assert "Giv dem tilbage" not in boss.get(f"/administration/{office.lone.id}").text
    boss.post(f"/administration/{office.lone.id}/borgere/tilbage")
    assert whose(office) == [per.id] * 3
