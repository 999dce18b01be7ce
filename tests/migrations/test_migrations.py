"""The migrations make the very tables that the code maps, on both databases, up and down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Engine, MetaData, func, inspect, select, text

from database.engine import Database
from database.tenancy import EVERYONE
from portal.store import migrating, schema, tables
from tests.databases import run_on_server, url_of


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: object) -> Iterator[Engine]:
    """A database without a table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/empty.db"
    else:
        server = request.getfixturevalue("postgres_server")
        run_on_server(server, "DROP DATABASE IF EXISTS empty WITH (FORCE)")
        run_on_server(server, "CREATE DATABASE empty")
        url = url_of(server, "empty")
    database = Database(url)
    yield database.engine
    database.dispose()


def test_the_migrations_make_the_tables_that_the_code_maps(empty: Engine) -> None:
    schema.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, tables.METADATA)
    assert differences == []


def test_a_migrated_database_is_at_head_and_an_empty_one_is_not(empty: Engine) -> None:
    database = Database(empty.url.render_as_string(hide_password=False))
    with database.read(EVERYONE) as session:
        assert not schema.is_at_head(session)
    schema.upgrade(empty)
    with database.read(EVERYONE) as session:
        assert schema.is_at_head(session)
    database.dispose()


def test_the_newest_file_is_the_one_head() -> None:
    assert ScriptDirectory.from_config(migrating.config()).get_heads() == [schema.head()]


def test_every_migration_goes_down_again_and_leaves_nothing(empty: Engine) -> None:
    schema.upgrade(empty)
    migrating.downgrade(empty, "base")
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}


def test_data_survives_a_second_upgrade(empty: Engine) -> None:
    schema.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("INSERT INTO heartbeats (name, at) VALUES ('worker', '2026-11-18 10:00:00')"))
    schema.upgrade(empty)
    with empty.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM heartbeats")) == 1


def test_a_row_of_every_table_of_the_first_release_survives_the_way_up_and_down_again(empty: Engine) -> None:
    migrating.upgrade(empty, "0001")
    first_release = MetaData()
    with empty.begin() as connection:
        first_release.reflect(connection)
        for table in first_release.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(
                    table.insert().values({each.name: _a_value(each) for each in table.columns})
                )
        before = _row_counts(connection, first_release)
    schema.upgrade(empty)
    migrating.downgrade(empty, "0001")
    with empty.connect() as connection:
        assert _row_counts(connection, first_release) == before
        assert set(before.values()) == {1}


def test_the_day_of_a_next_meeting_becomes_a_meeting_without_an_hour_and_a_day_again(empty: Engine) -> None:
    migrating.upgrade(empty, "0013")
    known = MetaData()
    with empty.begin() as connection:
        known.reflect(connection)
        for name in ("municipalities", "teams", "staff", "citizens", "citizen_dates"):
            table = known.tables[name]
            row = {each.name: _a_value(each) for each in table.columns}
            if name == "citizen_dates":
                row |= {"kind": "meeting", "day": date(2036, 7, 1)}
            connection.execute(table.insert().values(row))
    schema.upgrade(empty)
    with empty.connect() as connection:
        starts_at = connection.scalars(select(tables.METADATA.tables["meetings"].c.starts_at)).one()
        assert starts_at == datetime(2036, 6, 30, 22, tzinfo=UTC)
    migrating.downgrade(empty, "0013")
    with empty.connect() as connection:
        days = known.tables["citizen_dates"]
        assert connection.execute(select(days.c.kind, days.c.day)).one() == ("meeting", date(2036, 7, 1))


def _a_value(column: Column[object]) -> object:
    kind = column.type.python_type
    if kind is str:
        return "x"
    values: dict[type, object] = {
        int: 1,
        bool: True,
        object: {},  # JSON
        float: 1.0,
        datetime: datetime(2026, 11, 18, tzinfo=UTC),
        date: date(2026, 11, 18),
    }
    return values[kind]


def _row_counts(connection: Connection, tables_of: MetaData) -> dict[str, int]:
    return {
        table.name: connection.scalars(select(func.count()).select_from(table)).one()
        for table in tables_of.sorted_tables
    }
