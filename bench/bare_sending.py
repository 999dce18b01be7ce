"""The measure to compare sending with: the same claims and commits, and nothing else, in SQL over the same drivers.

A claim of as many rows, and for each message two transactions of one update: it may be sent, it was taken. Neither
side calls anybody: both have a gateway in their own process that takes everything at once. Both have as many threads,
each with a connection (SQLite has one writer anyway), and a commit waits for the disk.

``on``: each message has its two transactions to itself, as each had in the product until it began several together.
What that wins is so in the ratio, as well as what policy, text and link cost. ``shared_on``: several share them, as
many as there are threads, which is as much as the product can share. It is the harder measure, and has no goal.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import make_url

from database.engine import sqlite_connect
from messaging.outbox import LEASE

THREADS = 8
CLAIM = """
    UPDATE outbox_messages SET claimed_by = 'bare', due_at = %(until)s WHERE id IN (
        SELECT id FROM outbox_messages WHERE municipality_id = 1 AND lane = 1 AND due_at <= %(now)s
        ORDER BY due_at, id LIMIT {most} {lock}) RETURNING id"""
BEGIN = """
    UPDATE outbox_messages SET status = 'sending', parts = 1, attempts = attempts + 1, due_at = %(until)s
    WHERE id = %(id)s AND claimed_by = 'bare'"""
RECORD = """
    UPDATE outbox_messages SET status = 'sent', sent_at = %(now)s, due_at = NULL, claimed_by = NULL,
    gateway = 'bare', provider_id = %(provider)s WHERE id = %(id)s AND claimed_by = 'bare'"""


Rows = Sequence[Mapping[str, object]]


def on(url: str) -> Callable[[], int]:
    place, pool = _place(url), ThreadPoolExecutor(THREADS)
    return lambda: _drain(place, lambda ids: [*pool.map(lambda each: _send(place, [each]), ids)])


def shared_on(url: str) -> Callable[[], int]:
    place = _place(url)
    return lambda: _drain(place, lambda ids: [*map(partial(_send, place), (ids[:THREADS], ids[THREADS:]))])


def _place(url: str) -> Any:
    parsed = make_url(url)
    return _Sqlite(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else _Postgres(url)


def _drain(place: Any, send: Callable[[list[int]], object]) -> int:
    sent = 0
    while claimed := place.run(CLAIM, [{}], fetch=True):
        send([row[0] for row in claimed])
        sent += len(claimed)
    return sent


def _send(place: Any, ids: Sequence[int]) -> None:
    if ids:
        place.run(BEGIN, [{"id": each} for each in ids])
        place.run(RECORD, [{"id": each, "provider": f"bare-{each}"} for each in ids])


def _times(as_text: bool) -> dict[str, object]:
    now = datetime.now(UTC)
    times = {"now": now, "until": now + LEASE}
    return {name: str(at.replace(tzinfo=None)) for name, at in times.items()} if as_text else {**times}


def _execute(cursor: Any, statement: str, given: Rows) -> None:
    if len(given) == 1:
        cursor.execute(statement, given[0])
    else:
        cursor.executemany(statement, given)


class _Postgres:
    """A connection for each thread."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._local = threading.local()

    def run(self, statement: str, rows: Rows, *, fetch: bool = False) -> list[Any]:
        if not hasattr(self._local, "connection"):
            self._local.connection = psycopg.connect(self._url)
        statement = statement.format(most=2 * THREADS, lock="FOR UPDATE SKIP LOCKED")
        given = [{**_times(False), **row} for row in rows]
        with self._local.connection.transaction(), self._local.connection.cursor() as cursor:
            _execute(cursor, statement, given)
            return cursor.fetchall() if fetch else []


class _Sqlite:
    """One connection: there is one writer anyway."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, check_same_thread=False)
        sqlite_connect(self._connection, None)
        self._turn = threading.Lock()

    def run(self, statement: str, rows: Rows, *, fetch: bool = False) -> list[Any]:
        given = [{**_times(True), **row} for row in rows]
        statement = statement.format(most=2 * THREADS, lock="").replace("%(", ":").replace(")s", "")
        with self._turn, closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            _execute(cursor, statement, given)
            found = cursor.fetchall() if fetch else []
            cursor.execute("COMMIT")
            return found
