"""Citizens go from one caseworker to another, and nobody else's do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from database.engine import Database
from portal.domain.access import Role
from portal.services import giving_back, handover, teams
from portal.services.absence import Plan, plan
from portal.services.accounts import Problem, set_active
from portal.services.handover import place_of
from portal.services.home import home_of
from portal.services.reach import Reader
from portal.store.audit import AuditEvent
from portal.store.groups import Group, GroupMember
from portal.store.people import Citizen, Staff, Team
from portal.store.thread import ThreadEntry
from tests import factories
from tests.conftest import NOW


@dataclass
class Town:
    database: Database
    id: int
    lone: Staff
    per: Staff
    uwe: Staff
    """Of a supplier's."""
    boss: Staff
    citizens: list[int]

    def reader(self, person: Staff) -> Reader:
        return Reader(person.id, Role(person.role), person.team_id)

    def move(self, reader: Staff, to: Staff, citizens: list[int] | None = None) -> handover.Moved | None:
        with self.database.write(self.id) as session:
            wanted = self.citizens if citizens is None else citizens
            return handover.move(session, self.reader(reader), wanted, to.id, NOW)

    def where(self) -> set[tuple[int, int]]:
        """Caseworker and team of all citizens."""
        with self.database.read(self.id) as session:
            return {(row.caseworker_id, row.team_id) for row in session.scalars(select(Citizen))}


@pytest.fixture
def town(database: Database, municipality: int) -> Town:
    with database.write(municipality) as session:
        lone = factories.add_staff(session, NOW, team=factories.add_team(session, "Team Åen"))
        per = factories.add_staff(
            session, NOW, team=factories.add_team(session, "Team Bakken"), name="Per Bo"
        )
        own = factories.add_team(session, "Værkstedet", is_supplier=True)
        uwe = factories.add_staff(session, NOW, team=own, name="Uwe Ravn")
        boss = factories.add_staff(session, NOW, role="administrator", name="Ada Holm")
        citizens = [factories.add_citizen(session, NOW, lone).id for _ in range(3)]
    return Town(database, municipality, lone, per, uwe, boss, citizens)


def test_a_citizen_who_moves_gets_the_caseworker_and_the_team_and_is_told(town: Town) -> None:
    moved = town.move(town.lone, town.per, town.citizens[:1])
    assert moved is not None and (moved.moved, moved.left) == (1, 0)
    with town.database.read(town.id) as session:
        citizen = session.get_one(Citizen, town.citizens[0])
        assert (citizen.caseworker_id, citizen.team_id) == (town.per.id, town.per.team_id)
        assert home_of(session, citizen.id, NOW).caseworker == "Per Bo"
        entries = session.scalars(select(ThreadEntry)).all()
        assert [(row.kind, row.citizen_id) for row in entries] == [("new_caseworker", citizen.id)]
        traces = session.scalars(select(AuditEvent)).all()
        assert [(row.action, row.citizen_id, row.subject) for row in traces] == [
            ("citizen.moved", citizen.id, f"staff {town.per.id}")
        ]


def test_who_leaves_the_team_leaves_its_groups(town: Town) -> None:
    with town.database.write(town.id) as session:
        group = Group(team_id=town.lone.team_id, name="Hold", made_by=town.lone.id, created_at=NOW)
        session.add(group)
        session.flush()
        for each in town.citizens:
            row = GroupMember(group_id=group.id, citizen_id=each, added_by=town.lone.id, added_at=NOW)
            session.add(row)
    town.move(town.lone, town.per, town.citizens[:1])
    with town.database.read(town.id) as session:
        assert set(session.scalars(select(GroupMember.citizen_id))) == set(town.citizens[1:])


def test_only_who_is_in_reach_is_moved(town: Town) -> None:
    moved = town.move(town.per, town.per)
    assert moved is not None and (moved.moved, moved.left) == (0, 3)
    assert town.where() == {(town.lone.id, town.lone.team_id)}


def test_a_second_click_changes_nothing(town: Town) -> None:
    with town.database.write(town.id) as session:
        ida = factories.add_staff(session, NOW, team=session.get_one(Team, town.lone.team_id), name="Ida")
    assert town.move(town.lone, ida) is not None
    again = town.move(town.lone, ida)
    assert again is not None and again.moved == 0
    with town.database.read(town.id) as session:
        assert len(session.scalars(select(ThreadEntry)).all()) == 3


def test_who_covers_can_hand_over_for_who_is_ill(town: Town) -> None:
    away = Plan(NOW.date(), NOW.date() + timedelta(days=3), town.per.id)
    with town.database.write(town.id) as session:
        assert plan(session, session.get_one(Staff, town.lone.id), away, town.lone.id, NOW) is None
    moved = town.move(town.per, town.per)
    assert moved is not None and moved.moved == 3


@pytest.mark.parametrize("gone", ["inactive", "administrator"])
def test_nobody_takes_over_who_cannot_have_citizens(town: Town, gone: str) -> None:
    with town.database.write(town.id) as session:
        session.get_one(Staff, town.per.id).is_active = gone != "inactive"
    assert town.move(town.lone, town.per if gone == "inactive" else town.boss) is None


def test_a_supplier_gives_back_and_never_to_another_supplier(town: Town) -> None:
    with town.database.write(town.id) as session:
        rival = factories.add_team(session, "Hjulet", is_supplier=True)
        ewa = factories.add_staff(session, NOW, team=rival, name="Ewa")
    assert town.move(town.lone, town.uwe) is not None
    assert town.move(town.uwe, ewa) is None
    assert town.move(town.uwe, town.per) is not None
    assert town.where() == {(town.per.id, town.per.team_id)}


def test_those_of_the_same_team_are_offered_first(town: Town) -> None:
    with town.database.read(town.id) as session:
        here = place_of(session.get_one(Team, town.per.team_id))
        assert [each.name for each in handover.choices(session, [here])] == [
            "Per Bo",
            "Lone Kjær",
            "Uwe Ravn",
        ]


def test_many_cost_as_many_queries_as_one(town: Town) -> None:
    asked: list[str] = []
    event.listen(town.database.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    counts = []
    for citizens in (town.citizens[:1], town.citizens[1:]):
        asked.clear()
        town.move(town.lone, town.per, citizens)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_administrator_hands_over_all_of_somebodys(town: Town) -> None:
    with town.database.write(town.id) as session:
        giver = session.get_one(Staff, town.lone.id)
        assert handover.hand_over(session, giver, giver.id, town.boss.id, NOW) is None
        moved = handover.hand_over(session, giver, town.per.id, town.boss.id, NOW)
    assert moved is not None and moved.moved == 3
    assert town.where() == {(town.per.id, town.per.team_id)}


def test_who_gets_another_team_takes_her_citizens_along(town: Town) -> None:
    with town.database.write(town.id) as session:
        person = session.get_one(Staff, town.lone.id)
        assert handover.change_team(session, person, None, town.boss.id, NOW) is Problem.TEAM
        assert handover.change_team(session, person, town.per.team_id, town.boss.id, NOW) is None
    assert town.where() == {(town.lone.id, town.per.team_id)}
    with town.database.read(town.id) as session:
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
        assert session.scalars(select(ThreadEntry)).all() == []
    assert actions == ["account.team_changed", *["citizen.moved"] * 3]


def test_only_those_who_were_given_and_are_still_there_are_given_back(town: Town) -> None:
    with town.database.write(town.id) as session:
        lone = session.get_one(Staff, town.lone.id)
        other = factories.add_citizen(session, NOW, session.get_one(Staff, town.per.id))
        session.flush()
        assert giving_back.offer(session, lone, NOW) is None
        assert handover.hand_over(session, lone, town.per.id, town.boss.id, NOW) is not None
    assert town.move(town.per, town.lone, town.citizens[:1]) is not None
    with town.database.write(town.id) as session:
        lone = session.get_one(Staff, town.lone.id)
        offered = giving_back.offer(session, lone, NOW)
        assert offered is not None
        assert (offered.taker.id, offered.given, offered.still) == (town.per.id, 3, 2)
        moved = giving_back.give_back(session, lone, town.boss.id, NOW)
        assert moved is not None and moved.moved == 2
        assert giving_back.offer(session, lone, NOW) is None
        assert session.get_one(Citizen, other.id).caseworker_id == town.per.id


def test_a_team_is_closed_once_nobody_is_in_it_and_nobody_comes_into_it_again(town: Town) -> None:
    team_id = town.lone.team_id
    with town.database.write(town.id) as session:
        team = session.get_one(Team, team_id)
        assert not teams.close(session, team, town.boss.id, NOW)
        inside = teams.inside(session, team)
        assert ([person.name for person in inside.staff], inside.citizens) == (["Lone Kjær"], 3)
        lone = session.get_one(Staff, town.lone.id)
        assert handover.hand_over(session, lone, town.per.id, town.boss.id, NOW) is not None
        set_active(session, lone.id, False, town.boss.id, NOW)
        assert teams.close(session, team, town.boss.id, NOW)
    with town.database.write(town.id) as session:
        assert session.get_one(Staff, town.lone.id).team_id is None
        assert set_active(session, town.lone.id, True, town.boss.id, NOW) is Problem.TEAM
        person = session.get_one(Staff, town.per.id)
        assert handover.change_team(session, person, team_id, town.boss.id, NOW) is Problem.TEAM


def test_two_teams_have_two_names_unless_one_is_closed(town: Town) -> None:
    with town.database.write(town.id) as session:
        by = town.boss.id
        assert teams.add(session, " ", False, by, NOW) is teams.Problem.REQUIRED
        assert teams.add(session, "x" * 81, False, by, NOW) is teams.Problem.TOO_LONG
        assert teams.add(session, "team  ÅEN", False, by, NOW) is teams.Problem.TAKEN
        new = teams.add(session, "Team Dalen", True, by, NOW)
        assert isinstance(new, Team) and new.is_supplier
        assert teams.rename(session, new, "Team Åen", by, NOW) is teams.Problem.TAKEN
        assert teams.rename(session, new, "team dalen", by, NOW) is None
        assert teams.close(session, new, by, NOW)
        assert isinstance(teams.add(session, "Team Dalen", False, by, NOW), Team)
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions == ["team.added", "team.renamed", "team.closed", "team.added"]
