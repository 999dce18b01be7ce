"""A new citizen comes to her caseworker's team, with a number that may be another's too."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from database.encryption import blind_index
from database.engine import Database
from messaging.inbound import PHONE_INDEX
from portal.domain.access import Role
from portal.services import newcomers
from portal.services.newcomers import Added, Problem, Refused, Wanted
from portal.services.reach import Reader
from portal.store.audit import AuditEvent
from portal.store.numbers import QuietNumber, WhyQuiet
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests import factories
from tests.conftest import NOW, add_municipality


@dataclass
class Desk:
    database: Database
    id: int
    lone: Staff
    wanted: Wanted

    @property
    def reader(self) -> Reader:
        return Reader(self.lone.id, Role.CASEWORKER, self.lone.team_id)

    def add(self, **changed: object) -> Added | Refused | None:
        with self.database.write(self.id) as session:
            return newcomers.add(session, self.reader, replace(self.wanted, **changed), NOW)  # type: ignore[arg-type]

    def citizens(self) -> list[Citizen]:
        with self.database.read(self.id) as session:
            return list(session.scalars(select(Citizen).order_by(Citizen.id)))


@pytest.fixture
def desk(database: Database, municipality: int) -> Desk:
    with database.write(municipality) as session:
        lone = factories.add_staff(session, NOW, team=factories.add_team(session))
    return Desk(database, municipality, lone, Wanted("Amina", "Ali", "10 55 55 55", "so", lone.id))


def test_she_has_a_caseworker_a_team_and_a_short_code_and_the_log_says_who_added_her(desk: Desk) -> None:
    added = desk.add(first_name="  Amina ")
    assert isinstance(added, Added) and not added.is_shared and not added.is_stopped
    (row,) = desk.citizens()
    assert (row.first_name, row.phone, row.language) == ("Amina", "+4510555555", "so")
    assert (row.caseworker_id, row.team_id) == (desk.lone.id, desk.lone.team_id)
    assert len(row.short_code) == 6 and row.short_code.isdigit()
    with desk.database.read(desk.id) as session:
        trace = session.scalars(select(AuditEvent)).one()
    assert (trace.action, trace.citizen_id, trace.staff_id) == ("citizen.added", row.id, desk.lone.id)


@pytest.mark.parametrize(
    ("wrong", "field", "problem"),
    [
        ({"first_name": " "}, "first_name", Problem.NAME_REQUIRED),
        ({"last_name": "010190-1234"}, "last_name", Problem.CPR),
        ({"phone": "0101901234"}, "phone", Problem.CPR),
        ({"phone": "12"}, "phone", Problem.PHONE),
        ({"language": "xx"}, "language", Problem.LANGUAGE),
        ({"caseworker_id": None}, "caseworker", Problem.CASEWORKER),
    ],
)
def test_what_is_wrong_is_told_by_its_field_and_nothing_is_stored(
    desk: Desk, wrong: dict[str, object], field: str, problem: Problem
) -> None:
    assert desk.add(**wrong) == Refused({field: problem})
    assert desk.citizens() == []


def test_she_gets_a_caseworker_of_the_readers_team_alone(desk: Desk) -> None:
    with desk.database.write(desk.id) as session:
        per = factories.add_staff(session, NOW, team=factories.add_team(session, "Team Bakken"))
    assert desk.add(caseworker_id=per.id) == Refused({"caseworker": Problem.CASEWORKER})


def test_a_number_that_another_has_is_taken_once_it_is_confirmed(desk: Desk) -> None:
    desk.add()
    refused = desk.add(first_name="Omar")
    assert isinstance(refused, Refused) and refused.problems == {"is_shared": Problem.SHARED}
    assert [each.first_name for each in refused.sharers] == ["Amina"]
    added = desk.add(first_name="Omar", is_shared=True)
    assert isinstance(added, Added) and added.is_shared


def test_who_of_another_team_has_the_number_is_not_named(desk: Desk) -> None:
    with desk.database.write(desk.id) as session:
        per = factories.add_staff(session, NOW, team=factories.add_team(session, "Team Bakken"))
        factories.add_citizen(session, NOW, per, phone="+4510555555")
    assert desk.add() == Refused({"is_shared": Problem.SHARED}, ())


def test_the_same_number_in_another_municipality_is_nobodys_business(desk: Desk) -> None:
    other = add_municipality(desk.database, "oby", "+4520900001")
    with desk.database.write(other) as session:
        per = factories.add_staff(session, NOW, team=factories.add_team(session))
        factories.add_citizen(session, NOW, per, phone="+4510555555")
    assert isinstance(desk.add(), Added)


def test_a_number_that_has_said_stop_begins_without_sms(desk: Desk) -> None:
    with desk.database.write(desk.id) as session:
        index = blind_index(PHONE_INDEX, "+4510555555")
        session.add(QuietNumber(phone="+4510555555", phone_index=index, why=WhyQuiet.STOPPED, since=NOW))
    added = desk.add()
    assert isinstance(added, Added) and added.is_stopped
    (row,) = desk.citizens()
    assert row.opted_out_at == NOW
    with desk.database.read(desk.id) as session:
        assert session.scalars(select(QuietNumber)).all() == []
        assert session.scalars(select(ThreadEntry.kind)).all() == ["opted_out"]


def test_a_short_code_that_is_anybodys_is_drawn_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    other = add_municipality(desk.database, "oby", "+4520900001")
    with desk.database.write(other) as session:
        per = factories.add_staff(session, NOW, team=factories.add_team(session))
        factories.add_citizen(session, NOW, per, short_code="100007")
    drawn = iter([7, 7, 8])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(drawn))
    assert isinstance(desk.add(), Added)
    assert [row.short_code for row in desk.citizens()] == ["100008"]


def test_who_has_no_team_adds_nobody(desk: Desk) -> None:
    with desk.database.write(desk.id) as session:
        reader = replace(desk.reader, team_id=None)
        assert newcomers.add(session, reader, desk.wanted, NOW) is None
