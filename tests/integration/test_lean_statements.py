"""The quick way past the session's machinery leads to no other municipality either."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, or_, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database.engine import Database
from database.lean import Change, Lock, Lookup, asked, insert_row
from database.tenancy import EVERYONE, CrossesMunicipalitiesError
from portal.store.people import Citizen, Team
from tests import factories
from tests.conftest import NOW
from tests.integration.test_tenancy import MAPPERS, OF_NOBODY, World, every_owned

TEAMS = Lookup(Team, ("name", "municipality_id"), by=("is_supplier",))


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def kept_world(kept_database: Database) -> World:
    return World(kept_database)


@every_owned
def test_a_row_of_another_municipality_is_not_looked_up(kept_world: World, owned: type[Any]) -> None:
    by_id = Lookup(owned, ("id",), by=("id",))
    wanted = kept_world.id_of(owned)
    for lock in Lock:
        with kept_world.foreigner() as session:
            assert by_id.fetch(session, id=wanted, lock=lock) == []
        with kept_world.database.write(kept_world.ours) as session:
            assert by_id.fetch(session, id=wanted, lock=lock) == [(wanted,)]


def test_a_row_of_another_municipality_is_not_changed(world: World) -> None:
    rename, wanted = Change(Team, ("name",), by=("id",)), world.id_of(Team)
    with world.foreigner() as session:
        assert rename.make(session, {"name": "Ours now"}, id=wanted) == 0
    with world.database.write(world.ours) as session:
        assert rename.make(session, {"name": "Team Øst"}, id=wanted) == 1
        assert session.get_one(Team, wanted).name == "Team Øst"


@every_owned
def test_of_several_rows_another_municipality_s_are_not_looked_up(
    kept_world: World, owned: type[Any]
) -> None:
    among, wanted = Lookup(owned, ("id",), among="id"), kept_world.id_of(owned)
    for lock in Lock:
        with kept_world.foreigner() as session:
            assert among.fetch(session, id=[wanted, wanted + 1], lock=lock) == []
        with kept_world.database.write(kept_world.ours) as session:
            assert (wanted,) in among.fetch(session, id=[wanted, wanted + 1], lock=lock)


def test_a_condition_narrows_a_lookup_and_widens_it_to_no_other_municipality(world: World) -> None:
    name = Team.__table__.c.name
    named = Lookup(Team, ("id",), among="is_supplier", also=or_(name == asked("name"), name == "Team Vest"))
    with world.database.write(world.ours) as session:
        west, north = (factories.add_team(session, name=name).id for name in ("Team Vest", "Team Nord"))
        factories.add_team(session, name="Team Syd")
        found = named.fetch(session, is_supplier=[False, True], name="Team Nord")
        assert {row.id for row in found} == {west, north}
    with world.foreigner() as session:
        assert named.fetch(session, is_supplier=[False, True], name="Team Nord") == []


@pytest.mark.parametrize(
    "condition",
    [Citizen.__table__.c.id == 1, text("true"), select(Team.id).exists(), func.max(Team.__table__.c.id) > 1],
    ids=str,
)
def test_a_condition_that_could_hide_another_table_is_refused(condition: ColumnElement[bool]) -> None:
    with pytest.raises(CrossesMunicipalitiesError):
        Lookup(Team, ("id",), also=condition)


def test_of_several_rows_another_municipality_s_are_not_changed(world: World) -> None:
    rename, wanted = Change(Team, ("name",), among="id"), world.id_of(Team)
    with world.foreigner() as session:
        assert rename.make(session, {"name": "Ours now"}, id=[wanted, wanted + 1]) == 0
    with world.database.write(world.ours) as session:
        assert rename.make(session, {"name": "Team Øst"}, id=[wanted]) == 1


def test_a_change_is_of_all_its_columns_and_never_of_the_owner(world: World) -> None:
    rename = Change(Team, ("name",), by=("id",))
    with pytest.raises(TypeError), world.foreigner() as session:
        rename.make(session, {}, id=1)
    with pytest.raises(CrossesMunicipalitiesError):
        Change(Team, ("municipality_id",), by=("id",))


@pytest.mark.parametrize("name", sorted(OF_NOBODY))
def test_rows_that_belong_to_nobody_are_not_looked_up(name: str) -> None:
    nobodys = next(mapper.class_ for mapper in MAPPERS if mapper.class_.__name__ == name)
    with pytest.raises(CrossesMunicipalitiesError):
        Lookup(nobodys, ("id",), by=("id",))


def test_a_lookup_is_by_all_its_columns_and_by_no_other(world: World) -> None:
    for values in ({}, {"name": "x"}, {"is_supplier": False, "municipality_id": world.ours}):
        with pytest.raises(TypeError), world.foreigner() as session:
            TEAMS.fetch(session, **values)


def test_one_statement_serves_everybody_in_turn(world: World) -> None:
    with world.foreigner() as session:
        factories.add_team(session)
    for tenant in (world.ours, world.theirs, world.ours):
        with world.database.write(tenant) as session:
            factories.add_team(session)
            assert {owner for _, owner in TEAMS.fetch(session, is_supplier=False)} == {tenant}


def test_what_waits_in_the_session_is_seen(world: World) -> None:
    with world.foreigner() as session:
        session.add(Team(name="Team Nord"))
        assert TEAMS.fetch(session, is_supplier=False) == [("Team Nord", world.theirs)]


def test_a_row_is_stamped_and_takes_its_defaults(world: World) -> None:
    with world.foreigner() as session:
        insert_row(session, Team, {"name": "Team Syd"})
        row = session.scalars(select(Team)).one()
        assert (row.name, row.municipality_id, row.is_supplier) == ("Team Syd", world.theirs, False)


def test_what_is_encrypted_is_encrypted_here_too(world: World) -> None:
    with world.database.write(world.ours) as session:
        staff = factories.add_staff(session, NOW)
        citizen = factories.add_citizen(session, NOW, staff, team_id=world.id_of(Team))
        values = {column.key: getattr(citizen, column.key) for column in Citizen.__table__.columns}
        kept = {name: value for name, value in values.items() if name not in ("id", "municipality_id")}
        insert_row(session, Citizen, kept | {"short_code": "999999", "last_name": "Hemmelig"})
        by_code = Lookup(Citizen, ("last_name",), by=("short_code",))
        assert by_code.fetch(session, short_code="999999") == [("Hemmelig",)]
    with world.database.read(EVERYONE) as session:
        assert "Hemmelig" not in str(session.execute(text("SELECT last_name FROM citizens")).all())


def test_nobody_says_whose_the_row_is(world: World) -> None:
    with pytest.raises(CrossesMunicipalitiesError), world.foreigner() as session:
        insert_row(session, Team, {"name": "x", "municipality_id": world.ours})
    with pytest.raises(CrossesMunicipalitiesError), world.database.write(EVERYONE) as session:
        insert_row(session, Team, {"name": "x"})
    with pytest.raises(CrossesMunicipalitiesError), Session(world.database.engine) as stray:
        insert_row(stray, Team, {"name": "x"})


def test_nothing_is_looked_up_for_everyone(world: World) -> None:
    with pytest.raises(CrossesMunicipalitiesError), world.database.read(EVERYONE) as session:
        TEAMS.fetch(session, is_supplier=False)


def test_a_row_that_breaks_a_rule_is_refused_with_its_transaction(world: World) -> None:
    with pytest.raises(IntegrityError), world.foreigner() as session:
        insert_row(session, Team, {"name": None})
