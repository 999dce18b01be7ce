"""Engine and sessions, the same on SQLite (embedded) and PostgreSQL.

SQLite needs telling: SQLAlchemy's default there lets two transactions read the same row, and the later
commit silently undoes the earlier. So a writing transaction takes the write lock when it begins
(BEGIN IMMEDIATE) and a reading one does not. ``synchronous=FULL``: a saved answer survives a power cut.
Who finds the lock taken sleeps and looks again, ever more seldom; so the writers of one process take turns
among themselves first, in the order in which they come, and the lock is never free while one of them sleeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from database.tenancy import Tenant, TenantSession
from database.turns import Turns

BUSY_TIMEOUT_MS = 15_000
TURN = "the turn to write"
_READ_ONLY: dict[str, dict[str, bool]] = {"postgresql": {"postgresql_readonly": True}}


class Database:
    """Opens sessions: ``write`` commits when its block ends, ``read`` never writes."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self._use(_engine(url, pool_size))

    def _use(self, engine: Engine) -> None:
        self.engine = engine
        read_only = {"read_only": True, **_READ_ONLY.get(self.engine.dialect.name, {})}
        self._reading = self.engine.execution_options(**read_only)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self, tenant: Tenant) -> Iterator[TenantSession]:
        with TenantSession(tenant, bind=self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self, tenant: Tenant) -> Iterator[TenantSession]:
        with TenantSession(tenant, bind=self._reading, autoflush=False, expire_on_commit=False) as session:
            yield session

    def dispose(self) -> None:
        self.engine.dispose()


def _engine(url: str, pool_size: int) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(url, parsed.database, pool_size)
    options: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": pool_size,
        "pool_pre_ping": True,
        "hide_parameters": True,
    }
    return create_engine(url, **options)


def _sqlite_engine(url: str, file: str | None, pool_size: int) -> Engine:
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    # The connection used last goes out first: what it has read is as new as the file, another's must be read again.
    engine = create_engine(
        url, pool_size=pool_size, max_overflow=pool_size, pool_use_lifo=True, hide_parameters=True
    )
    event.listen(engine, "connect", sqlite_connect)
    event.listen(engine, "begin", _sqlite_begin(Turns()))
    event.listen(engine, "checkin", _end_turn)
    return engine


def sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(turn: Turns) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("read_only", False)
        if not read_only and turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            connection.info[TURN] = turn
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return begin


def _end_turn(_connection: Any, record: Any) -> None:
    """The connection goes back to the pool: its transaction is over, whichever way it went."""
    turn = record.info.pop(TURN, None)
    if turn is not None:
        turn.release()
