"""Migrations with Alembic: from one version of the schema to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from database import estimates

FOLDER = Path(__file__).parent / "migrations"
FEW: Mapping[str, int] = {
    "municipalities": 10,
    **dict.fromkeys(("questionnaires", "questionnaire_versions", "check_ins", "teams"), 20),
    **dict.fromkeys(("citizen_groups", "reminder_schedules", "sendings"), 100),
    "staff": 1_000,
}
"""What a municipality itself makes, and about how many of each: rows of every citizen point at them."""


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made


def upgrade(engine: Engine, revision: str = "head") -> None:
    with _migrating(engine) as connection:
        command.upgrade(config(connection), revision)
        estimates.write(connection, FEW)


def downgrade(engine: Engine, revision: str) -> None:
    with _migrating(engine) as connection:
        command.downgrade(config(connection), revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction. SQLite changes a column by writing the table anew and dropping the old one, and with
    foreign keys watched the drop would take the rows that point at it: they are looked at afterwards instead."""
    with engine.connect() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            _watch_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                yield connection
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("the migration left rows that point at nothing; nothing was changed")
        finally:
            if is_sqlite:
                _watch_foreign_keys(connection, on=True)


def _watch_foreign_keys(connection: Connection, *, on: bool) -> None:
    # Past SQLAlchemy, which would open a transaction first: inside one, SQLite ignores this.
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
