"""While a caseworker is away her colleague sees her citizens, and nobody else does; it ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from database.engine import Database
from portal.domain.absence import Refusal
from portal.domain.access import Resource, Role
from portal.domain.opening_hours import Clock
from portal.services import absence, cover
from portal.services.absence import Plan
from portal.services.opening_hours import reply_time
from portal.services.reach import OutOfReachError, Reader, glance
from portal.services.thread import write_as_citizen
from portal.services.worklist import Row, Wanted, worklist_of
from portal.store.absences import Absence
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Staff
from tests.factories import add_citizen, add_staff, add_team

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class People:
    lone: Staff
    jonas: Staff  # of her team
    samira: Staff  # of another team
    birgit: Staff  # a supplier's
    mette: Citizen


@pytest.fixture
def people(database: Database, municipality: int, now: datetime) -> People:
    with database.write(municipality) as session:
        team, other = add_team(session), add_team(session, "Team Bakken")
        supplier = add_team(session, "Værkstedet", is_supplier=True)
        lone = add_staff(session, now, team=team)
        return People(
            lone,
            add_staff(session, now, team=team, name="Jonas Friis"),
            add_staff(session, now, team=other, name="Samira Haddad"),
            add_staff(session, now, team=supplier, name="Birgit Toft"),
            add_citizen(session, now, lone),
        )


def plan(
    database: Database, person: Staff, cover: Staff | None, now: datetime, first: date = TODAY, days: int = 15
) -> Refusal | None:
    wanted = Plan(first, first + days * DAY, cover.id if cover else None)
    with database.write(person.municipality_id) as session:
        return absence.plan(session, session.get_one(Staff, person.id), wanted, person.id, now)


def reaches(database: Database, staff: Staff, citizen: Citizen, now: datetime) -> bool:
    reader = Reader(staff.id, Role.CASEWORKER, staff.team_id)
    with database.read(staff.municipality_id) as session:
        try:
            glance(session, reader, citizen.id, Resource.CITIZEN_THREAD, now)
        except OutOfReachError:
            return False
    return True


def listed(database: Database, staff: Staff, now: datetime) -> list[Row]:
    reader = Reader(staff.id, Role.CASEWORKER, staff.team_id)
    with database.read(staff.municipality_id) as session:
        found = worklist_of(session, reader, Wanted(), now)
    return [*found.today, *found.others]


def test_a_colleague_of_another_team_reaches_the_citizens_from_the_day_to_the_day(
    database: Database, people: People, now: datetime
) -> None:
    assert plan(database, people.lone, people.samira, now, TODAY + DAY, days=2) is None
    seen = [reaches(database, people.samira, people.mette, now + days * DAY) for days in range(5)]
    assert seen == [False, True, True, True, False]
    lists = [len(listed(database, people.samira, now + days * DAY)) for days in range(5)]
    assert lists == [0, 1, 1, 1, 0]


def test_the_citizens_stand_on_the_colleagues_own_list_with_the_reply_clock(
    database: Database, people: People, now: datetime
) -> None:
    assert plan(database, people.lone, people.jonas, now) is None
    with database.write(people.mette.municipality_id) as session:
        write_as_citizen(session, people.mette.id, "Hej", now - 7 * DAY)
    (row,) = listed(database, people.jonas, now)
    assert row.covered_until == date(2026, 12, 3)
    assert row.reply is not None and row.reply.clock is Clock.OVERDUE and row.is_late
    assert row.reply.by == date(2026, 11, 13)


def test_nobody_else_sees_them(database: Database, people: People, now: datetime) -> None:
    plan(database, people.lone, people.jonas, now)
    assert not reaches(database, people.samira, people.mette, now)
    assert not reaches(database, people.birgit, people.mette, now)
    assert listed(database, people.samira, now) == []


def test_a_supplier_never_covers_for_the_municipality_nor_the_other_way(
    database: Database, people: People, now: datetime
) -> None:
    assert plan(database, people.lone, people.birgit, now) is Refusal.COVER_OUT_OF_REACH
    assert plan(database, people.birgit, people.lone, now) is Refusal.COVER_OUT_OF_REACH


def test_a_cover_who_moves_to_a_supplier_covers_no_longer(
    database: Database, people: People, now: datetime
) -> None:
    plan(database, people.lone, people.samira, now)
    with database.write(people.lone.municipality_id) as session:
        moved = session.get_one(Staff, people.samira.id)
        moved.team = session.get_one(Staff, people.birgit.id).team
        session.flush()
    assert not reaches(database, moved, people.mette, now)


def test_a_citizen_whom_a_supplier_looks_after_is_not_handed_on(
    database: Database, people: People, now: datetime
) -> None:
    plan(database, people.lone, people.samira, now)
    with database.write(people.lone.municipality_id) as session:
        session.get_one(Citizen, people.mette.id).team_id = people.birgit.team_id or 0
    assert not reaches(database, people.samira, people.mette, now)
    assert listed(database, people.samira, now) == []


def test_the_citizen_is_told_who_answers_and_until_when(
    database: Database, people: People, now: datetime
) -> None:
    plan(database, people.lone, people.jonas, now)
    with database.read(people.lone.municipality_id) as session:
        found = reply_time(session, session.get_one(Citizen, people.mette.id), now).answerer
    assert (found.first_name, found.away_until) == ("Jonas", date(2026, 12, 3))


def test_a_cover_who_falls_ill_is_covered_in_turn(database: Database, people: People, now: datetime) -> None:
    assert plan(database, people.lone, people.jonas, now) is None
    assert plan(database, people.jonas, people.samira, now, days=1) is None
    assert reaches(database, people.samira, people.mette, now)
    with database.read(people.lone.municipality_id) as session:
        lone = session.get_one(Staff, people.lone.id)
        names = [cover.today(session, now + days * DAY).answers_for(lone).first_name for days in (0, 2)]
    assert names == ["Samira", "Jonas"]


def test_a_cover_whose_account_was_closed_covers_nobody(
    database: Database, people: People, now: datetime
) -> None:
    plan(database, people.lone, people.samira, now)
    with database.write(people.lone.municipality_id) as session:
        session.get_one(Staff, people.samira.id).is_active = False
    assert not reaches(database, people.samira, people.mette, now)


def test_who_is_away_cannot_cover_and_is_not_away_twice(
    database: Database, people: People, now: datetime
) -> None:
    plan(database, people.jonas, people.samira, now, days=3)
    assert plan(database, people.lone, people.jonas, now, TODAY + 3 * DAY) is Refusal.COVER_IS_AWAY
    assert plan(database, people.lone, people.jonas, now, TODAY + 4 * DAY) is None
    assert plan(database, people.lone, people.samira, now) is Refusal.OVERLAPS
    assert plan(database, people.lone, None, now) is Refusal.NO_COVER


def test_an_absence_taken_back_ends_at_once_and_both_are_written_down(
    database: Database, people: People, now: datetime
) -> None:
    plan(database, people.lone, people.samira, now)
    with database.write(people.lone.municipality_id) as session:
        row = session.scalars(select(Absence)).one()
        assert not absence.take_back(session, people.jonas.id, row.id, people.jonas.id, now)
        for _ in range(2):
            assert absence.take_back(session, people.lone.id, row.id, people.lone.id, now)
        actions = session.scalars(select(AuditEvent.action)).all()
    assert not reaches(database, people.samira, people.mette, now)
    assert actions == ["absence.planned", "absence.taken_back"]
    assert plan(database, people.lone, people.jonas, now) is None
