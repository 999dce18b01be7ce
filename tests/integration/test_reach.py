"""Staff reach the citizens that are theirs to reach, and every reading leaves a trace."""

from datetime import datetime

import pytest
from sqlalchemy import select

from database.engine import Database
from portal.domain.access import Resource, Role
from portal.services.reach import OutOfReachError, Reader, Reading, reach_citizen
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Staff
from tests.conftest import add_municipality
from tests.factories import add_citizen, add_staff, add_team


@pytest.fixture
def people(database: Database, municipality: int, now: datetime) -> tuple[Staff, Citizen]:
    with database.write(municipality) as session:
        staff = add_staff(session, now, team=add_team(session))
        return staff, add_citizen(session, now, staff)


def test_a_caseworker_reaches_a_citizen_of_her_team_and_it_is_written_down(
    database: Database, municipality: int, people: tuple[Staff, Citizen], now: datetime
) -> None:
    staff, citizen = people
    reader = Reader(staff.id, Role.CASEWORKER, staff.team_id, "a1b2")
    with database.write(municipality) as session:
        reading = Reading(Resource.CITIZEN_CARD, "citizen.read", "card")
        found = reach_citizen(session, reader, citizen.id, reading, now)
        assert found.first_name == "Mette"
    with database.read(municipality) as session:
        event = session.scalars(select(AuditEvent)).one()
    assert (event.staff_id, event.citizen_id, event.action) == (staff.id, citizen.id, "citizen.read")
    assert (event.subject, event.request_id, event.at) == ("card", "a1b2", now)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.TRANSLATOR, Role.ADMINISTRATOR])
def test_a_role_without_the_card_reaches_nobody(
    database: Database, municipality: int, people: tuple[Staff, Citizen], now: datetime, role: Role
) -> None:
    staff, citizen = people
    assert not reaches(
        database, municipality, Reader(staff.id, role, staff.team_id), Resource.CITIZEN_CARD, citizen, now
    )


def test_a_manager_reaches_every_team_of_the_municipality_in_the_list(
    database: Database, municipality: int, people: tuple[Staff, Citizen], now: datetime
) -> None:
    staff, citizen = people
    manager = Reader(staff.id, Role.MANAGER, None)
    assert reaches(database, municipality, manager, Resource.CITIZEN_LIST, citizen, now)


def test_a_caseworker_of_another_team_or_of_none_reaches_nobody_and_leaves_no_event(
    database: Database, municipality: int, people: tuple[Staff, Citizen], now: datetime
) -> None:
    staff, citizen = people
    with database.write(municipality) as session:
        other = add_team(session, "Team Fjorden").id
    for team in (other, None):
        reader = Reader(staff.id, Role.CASEWORKER, team)
        assert not reaches(database, municipality, reader, Resource.CITIZEN_CARD, citizen, now)
    with database.read(municipality) as session:
        assert session.scalars(select(AuditEvent)).all() == []


def test_a_citizen_of_another_municipality_is_not_there(
    database: Database, municipality: int, people: tuple[Staff, Citizen], now: datetime
) -> None:
    staff, citizen = people
    elsewhere = add_municipality(database, "elsewhere", "+4510900009")
    reader = Reader(staff.id, Role.CASEWORKER, staff.team_id)
    assert not reaches(database, elsewhere, reader, Resource.CITIZEN_CARD, citizen, now)


def reaches(
    database: Database, municipality: int, reader: Reader, resource: Resource, citizen: Citizen, now: datetime
) -> bool:
    with database.write(municipality) as session:
        try:
            reach_citizen(session, reader, citizen.id, Reading(resource, "citizen.read"), now)
        except OutOfReachError:
            return False
    return True
