"""What a claim costs with a thousand messages in the outbox, and with a million: half of them sent, half due."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, text

from bench import seed
from bench.table import Line
from database.engine import Database
from database.tenancy import EVERYONE
from messaging import claims
from messaging.claims import set_pace
from messaging.message import Lane
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from portal.store import schema

SIZES = (1_000, 1_000_000)
CLAIMS = 30
ROWS = 16
MOST = 1.5
"""Times; a cost that grew with the table would be a thousandfold."""


def measure(url: str, name: str) -> Iterator[Line]:
    """``url``: an empty database."""
    database = Database(url)
    _prepare(database)
    costs = []
    for size in SIZES:
        _fill(database, size)
        costs.append(_claim(database))
    few, many = costs
    figure = f"{many / few:.2f} ({few:.1f}/{many:.1f} ms)"
    yield Line(f"{name}: a claim from 1,000,000 against 1,000", figure, f"<= {MOST}", many / few <= MOST)
    database.dispose()


def _prepare(database: Database) -> None:
    schema.upgrade(database.engine)
    municipality_id = seed.prepare(database)
    now = datetime.now(UTC)
    with database.write(municipality_id) as session:
        set_pace(session, municipality_id, 1_000_000)
        enqueue(session, NewMessage("invitation", 1, "first", {"invitation_id": 1}, lane=Lane.BULK), now)


def _fill(database: Database, size: int) -> None:
    """Copies of the first row, made by the database itself."""
    table = OutboxMessage.__table__
    assert isinstance(table, Table)
    new = {
        "id": "number",
        "dedupe_key": "'copy:' || number",
        "reference": "'copy ' || number",
        "due_at": "CASE WHEN number % 2 = 0 THEN created_at END",
        "status": "CASE WHEN number % 2 = 0 THEN 'queued' ELSE 'delivered' END",
    }
    columns = [column.name for column in table.columns]
    numbers = (
        "WITH RECURSIVE numbers(number) AS (SELECT :first UNION ALL SELECT number + 1 FROM numbers"
        " WHERE number < :last) "
        if database.is_sqlite
        else "WITH numbers AS (SELECT generate_series(CAST(:first AS integer), :last) AS number) "
    )
    statement = (
        f"INSERT INTO outbox_messages ({', '.join(columns)}) {numbers}"
        f"SELECT {', '.join(new.get(name, name) for name in columns)} FROM outbox_messages, numbers WHERE id = 1"
    )
    with database.write(EVERYONE) as session:
        first = session.connection().execute(text("SELECT max(id) + 1 FROM outbox_messages")).scalar_one()
        session.connection().execute(text(statement), {"first": first, "last": size})
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE outbox_messages"))
        if not database.is_sqlite:  # what the filling left to do is no part of a claim
            connection.execute(text("VACUUM outbox_messages"))
            connection.execute(text("CHECKPOINT"))


def _claim(database: Database) -> float:
    """Milliseconds; the fastest, for how long the disk lets a commit wait has nothing to do with the outbox."""
    later, seconds = datetime.now(UTC) + timedelta(minutes=1), []
    for number in range(CLAIMS):
        began = time.perf_counter()
        with database.write(EVERYONE) as session:
            claimed = claims.claim(session, f"bench {number}", later, ROWS)
        seconds.append(time.perf_counter() - began)
        assert len(claimed.claims) == ROWS
    return 1000 * min(seconds)
