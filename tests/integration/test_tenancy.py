"""Every mapped class, walked: a session of one municipality neither sees nor touches a row of another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Enum, delete, exists, func, insert, inspect, select, text, union_all, update
from sqlalchemy.orm import Mapper, aliased, selectinload
from sqlalchemy.orm.exc import ObjectDeletedError

from database.base import Base, Municipality, Owned
from database.engine import Database
from database.tenancy import EVERYONE, CrossesMunicipalitiesError, TenantSession
from database.types import EncryptedJson, UtcDateTime
from portal.store import tables
from portal.store.people import Citizen, Staff, Team
from tests import factories
from tests.conftest import NOW, add_municipality

OF_NOBODY = {
    *("Municipality", "Heartbeat", "RateLimit", "KeptPage", "ShippedTexts", "ShippedChange"),
    *("SimulatedPhone", "SimulatedMessage"),
}
"""The tenant itself, the installation's own rows (what shipped among them), and the simulated network, which knows no
municipalities."""

assert tables.MODULES
MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
OWNED = [mapper.class_ for mapper in MAPPERS if issubclass(mapper.class_, Owned)]
every_owned = pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)


def test_every_mapped_class_belongs_to_a_municipality_or_is_on_the_short_list() -> None:
    assert {mapper.class_.__name__ for mapper in MAPPERS} - {owned.__name__ for owned in OWNED} == OF_NOBODY


class World:
    """Two municipalities, and in the first a row of every owned class."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.ours = add_municipality(database)
        self.theirs = add_municipality(database, "oby", "+4520900001")
        self._made: dict[type[Any], int] = {}
        with database.write(EVERYONE) as session:
            for owned in OWNED:
                self._make(session, owned)

    def id_of(self, owned: type[Any]) -> int:
        return self._made[owned]

    def foreigner(self) -> Any:
        """A session of the other municipality."""
        return self.database.write(self.theirs)

    def count(self, owned: type[Any]) -> int:
        with self.database.read(EVERYONE) as session:
            query = select(func.count()).select_from(owned).where(owned.municipality_id == self.ours)
            return session.scalar(query) or 0

    def _make(self, session: TenantSession, owned: type[Any]) -> int:
        """A row with every column filled, and the rows it points to."""
        if owned not in self._made:
            self._made[owned] = 0  # a circle of references stays open here
            row = owned(municipality_id=self.ours, **self.values(session, inspect(owned)))
            session.add(row)
            session.flush()
            self._made[owned] = row.id
        return self._made[owned]

    def values(self, session: TenantSession, mapper: Mapper[Any]) -> dict[str, Any]:
        columns = [column for column in mapper.columns if column.key not in ("id", "municipality_id")]
        return {column.key: self._value(session, column) for column in columns}

    def _value(self, session: TenantSession, column: Any) -> Any:
        for key in column.foreign_keys:
            target = next(each.class_ for each in MAPPERS if each.local_table is key.column.table)
            return self._make(session, target) or None
        return _some(column)


def _some(column: Any) -> Any:
    """A value that the column takes."""
    kind = column.type
    if isinstance(kind, EncryptedJson):
        return {"a": 1}
    if isinstance(kind, UtcDateTime):
        return NOW
    if isinstance(kind, Enum):
        return next(iter(kind.enum_class or ()))
    some: dict[type[Any], Any] = {
        int: 1,
        float: 1.0,
        bool: True,
        bytes: b"x",
        dict: {"a": 1},
        date: NOW.date(),
    }
    return some.get(kind.python_type, "x" * min(8, getattr(kind, "length", None) or 8))


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def kept_world(kept_database: Database) -> World:
    """For a walk of every class, in which nothing may come of anything."""
    return World(kept_database)


@every_owned
def test_a_row_of_another_municipality_is_found_by_no_select(kept_world: World, owned: type[Any]) -> None:
    assert kept_world.count(owned) == 1
    key = kept_world.id_of(owned)
    other = aliased(owned)
    with kept_world.foreigner() as session:
        assert session.get(owned, key) is None
        for query in (
            select(owned),
            select(owned.id),
            select(func.count(owned.id)).having(func.count(owned.id) > 0),
            select(other.id),
            select(owned.id).where(owned.id.in_(select(other.id))),
            select(Municipality.id).where(exists().where(owned.id == key)),
            select(select(owned.id).subquery()),
            select(select(owned.id).cte()),
            union_all(select(owned.id), select(other.id)),
        ):
            assert session.execute(query).all() == [], query
        assert session.query(owned).count() == 0


@every_owned
def test_a_row_of_another_municipality_is_neither_changed_nor_deleted(
    kept_world: World, owned: type[Any]
) -> None:
    with kept_world.foreigner() as session:
        session.execute(update(owned).values(id=owned.id))
        assert session.execute(update(owned).values(id=owned.id).returning(owned.id)).all() == []
        session.execute(delete(owned))
    assert kept_world.count(owned) == 1


@every_owned
def test_a_row_for_another_municipality_is_refused(kept_world: World, owned: type[Any]) -> None:
    with pytest.raises(CrossesMunicipalitiesError), kept_world.foreigner() as session:
        session.add(owned(municipality_id=kept_world.ours))
        session.flush()


@every_owned
def test_rows_are_added_one_by_one_so_that_each_is_checked(kept_world: World, owned: type[Any]) -> None:
    for statement in (insert(owned).values(municipality_id=kept_world.ours), insert(owned)):
        with pytest.raises(CrossesMunicipalitiesError), kept_world.foreigner() as session:
            session.execute(statement, [{"municipality_id": kept_world.ours}])
    for add in ("bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings"):
        with pytest.raises(CrossesMunicipalitiesError), kept_world.foreigner() as session:
            bulk = [owned(municipality_id=kept_world.ours)] if add == "bulk_save_objects" else [{"id": 1}]
            arguments = (bulk,) if add == "bulk_save_objects" else (owned, bulk)
            getattr(session, add)(*arguments)


@every_owned
def test_statements_on_the_bare_table_are_refused(kept_world: World, owned: type[Any]) -> None:
    table = owned.__table__
    for statement in (
        select(table),
        select(table.c.id),
        table.update().values(municipality_id=kept_world.theirs),
        table.delete(),
        table.insert(),
        text(f"SELECT * FROM {table.name}"),
        select(text("*")).select_from(text(table.name)),
        select(Municipality.id, table.c.id),
        select(Municipality.id).where(exists().where(table.c.id == 1)),
        select(Municipality.id).join(table, table.c.municipality_id != 0),
        select(owned).from_statement(select(table)),
        select(owned).from_statement(text(f"SELECT * FROM {table.name}")),
        select(Municipality.id).where(text(f"EXISTS (SELECT 1 FROM {table.name})")),
    ):
        with pytest.raises(CrossesMunicipalitiesError), kept_world.foreigner() as session:
            session.execute(statement)


def test_the_connection_beneath_is_refused(world: World) -> None:
    with pytest.raises(CrossesMunicipalitiesError), world.foreigner() as session:
        session.connection()


@pytest.mark.parametrize("name", sorted(OF_NOBODY - {"Municipality"}))
def test_rows_that_belong_to_nobody_are_not_read_in_a_municipalitys_session(world: World, name: str) -> None:
    [unowned] = [mapper.class_ for mapper in MAPPERS if mapper.class_.__name__ == name]
    key = inspect(unowned).primary_key[0]
    for statement in (
        select(unowned),
        select(Municipality.id, getattr(unowned, key.key)),
        delete(unowned),
        select(Municipality.id).join(unowned, Municipality.id != 0),
    ):
        with pytest.raises(CrossesMunicipalitiesError), world.foreigner() as session:
            session.execute(statement)


@every_owned
def test_own_rows_are_not_pushed_into_another_municipality(kept_world: World, owned: type[Any]) -> None:
    with pytest.raises(CrossesMunicipalitiesError), kept_world.database.write(kept_world.ours) as session:
        session.execute(update(owned).values(municipality_id=kept_world.theirs))
    with pytest.raises(CrossesMunicipalitiesError), kept_world.database.write(kept_world.ours) as session:
        session.execute(
            update(owned), [{"id": kept_world.id_of(owned), "municipality_id": kept_world.theirs}]
        )
    assert kept_world.count(owned) == 1


def test_a_join_or_a_relationship_reaches_no_row_of_another_municipality(world: World) -> None:
    with world.foreigner() as session:
        mine = factories.add_staff(session, NOW, team=factories.add_team(session))
    with world.database.write(EVERYONE) as session:  # a row that points abroad, as no code of ours could make
        session.get_one(Staff, mine.id).team_id = world.id_of(Team)
    with world.foreigner() as session:
        assert session.get_one(Staff, mine.id).team is None
        assert session.scalars(select(Staff).options(selectinload(Staff.team))).one().team is None
        assert session.execute(select(Staff, Team).join(Staff.team)).all() == []
        assert session.execute(select(Staff.id, Team.name).outerjoin(Staff.team)).all() == [(mine.id, None)]


def test_only_the_own_municipality_is_seen(world: World) -> None:
    with world.foreigner() as session:
        assert session.scalars(select(Municipality.id)).all() == [world.theirs]
        assert session.get(Municipality, world.ours) is None


def change(session: TenantSession, row: Citizen) -> None:
    session.add(row)
    row.standing = "dropped_out"


def remove(session: TenantSession, row: Citizen) -> None:
    session.add(row)
    session.delete(row)


def merge(session: TenantSession, row: Citizen) -> None:
    row.standing = "dropped_out"
    session.merge(row)


def change_unread(session: TenantSession, row: Citizen) -> None:
    session.add(row)
    session.expire(row)
    row.standing = "dropped_out"


@pytest.mark.parametrize("touch", [change, remove, merge, change_unread])
def test_a_row_that_came_from_elsewhere_is_not_touched_here(
    world: World, touch: Callable[[TenantSession, Citizen], None]
) -> None:
    with world.database.read(world.ours) as session:
        row = session.get_one(Citizen, world.id_of(Citizen))
    with pytest.raises((CrossesMunicipalitiesError, ObjectDeletedError)), world.foreigner() as session:
        touch(session, row)
        session.flush()
    with world.database.read(world.ours) as session:
        assert session.get_one(Citizen, world.id_of(Citizen)).standing != "dropped_out"


def test_a_row_is_not_moved_to_another_municipality(world: World) -> None:
    with pytest.raises(CrossesMunicipalitiesError), world.database.write(world.ours) as session:
        session.get_one(Citizen, world.id_of(Citizen)).municipality_id = world.theirs
        session.flush()


def test_a_new_row_is_stamped_with_the_sessions_municipality(world: World) -> None:
    with world.foreigner() as session:
        assert factories.add_team(session).municipality_id == world.theirs


def test_many_municipalities_in_turn_are_never_mixed_up(world: World) -> None:
    """SQLAlchemy keeps compiled statements: the municipality must not be compiled into them."""
    for tenant in (world.ours, world.theirs, world.ours):
        with world.database.read(tenant) as session:
            seen = session.scalars(select(Team.municipality_id)).all()
            assert set(seen) <= {tenant}
            assert bool(seen) is (tenant == world.ours)


TEAMS = select(Team.municipality_id)


def test_a_statement_made_once_serves_every_municipality_its_own_rows(world: World) -> None:
    """It is narrowed once for each of them: what was kept for one must never be run for another."""
    with world.foreigner() as session:
        factories.add_team(session)
    for tenant in (world.ours, world.theirs, world.ours, EVERYONE, world.theirs):
        with world.database.read(tenant) as session:
            own = {world.ours, world.theirs} if tenant is EVERYONE else {tenant}
            assert set(session.scalars(TEAMS)) == own
