"""A PostgreSQL database for one test after the other: emptied between them, which costs a tenth of making one anew."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Engine, create_engine, make_url, text

SHAPE = text(
    """
    SELECT count(*), max(attribute.xmin::text::bigint),
           (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace)
    FROM pg_attribute AS attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace
    """
)
"""Another value once a table, a column, an index or a constraint has come, gone or changed."""
PUT_OUT = text(
    """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    """
)
"""A thread that a test has left behind writes nothing into the next one."""
EMPTY = text(
    """
    DO $$
    DECLARE name text;
    BEGIN
      SET LOCAL session_replication_role = replica;
      FOR name IN SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE 'DELETE FROM ' || name;
      END LOOP;
      FOR name IN SELECT format('%I', sequencename) FROM pg_sequences
                  WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        PERFORM setval(name::regclass, 1, false);
      END LOOP;
    END $$
    """
)
"""No foreign key stands in the way, and numbers begin with 1 again."""


class Reused:
    """A copy of a template, which ``url`` makes where there is none, and ``empty`` makes as good as new."""

    def __init__(self, server: str, template: str) -> None:
        self._server, self._template = server, template
        self._name = ""
        self._engine: Engine | None = None
        self._shape: Any = None

    def url(self) -> str:
        if not self._name:
            self._name = f"test_{secrets.token_hex(6)}"
            run_on_server(self._server, f"CREATE DATABASE {self._name} TEMPLATE {self._template}")
            url = url_of(self._server, self._name)
            # A test may cut every connection to its database, this one too.
            self._engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
            with self._engine.connect() as connection:
                self._shape = connection.execute(SHAPE).one()
        return url_of(self._server, self._name)

    def empty(self) -> None:
        """A database whose tables a test has changed is thrown away."""
        if self._engine is None:
            return
        with self._engine.connect() as connection:
            connection.execute(PUT_OUT)
            is_as_it_was = connection.execute(SHAPE).one() == self._shape
            if is_as_it_was:
                connection.execute(EMPTY)
        if not is_as_it_was:
            self.drop()

    def drop(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            run_on_server(self._server, f"DROP DATABASE {self._name} WITH (FORCE)")
        self._name, self._engine = "", None


def run_on_server(server: str, statement: str) -> None:
    engine = create_engine(url_of(server, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def url_of(server: str, name: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)
