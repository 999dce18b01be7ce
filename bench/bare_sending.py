"""The measure to compare sending with: the same claims and commits, and nothing else, in SQL over the same drivers.

A claim of as many rows, and for each message two transactions of one update: it may be sent, it was taken.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
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


def on(url: str) -> Callable[[], int]:
    parsed = make_url(url)
    place = _Sqlite(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else _Postgres(url)
    pool = ThreadPoolExecutor(THREADS)

    def drain() -> int:
        sent = 0
        while claimed := place.run(CLAIM, {}, fetch=True):
            [*pool.map(lambda row: _send(place, row[0]), claimed)]
            sent += len(claimed)
        return sent

    return drain


def _send(place: Any, message_id: int) -> None:
    place.run(BEGIN, {"id": message_id})
    place.run(RECORD, {"id": message_id, "provider": f"bare-{message_id}"})


def _times(as_text: bool) -> dict[str, object]:
    now = datetime.now(UTC)
    times = {"now": now, "until": now + LEASE}
    return {name: str(at.replace(tzinfo=None)) for name, at in times.items()} if as_text else {**times}


class _Postgres:
    """A connection for each thread."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._local = threading.local()

    def run(self, statement: str, values: dict[str, object], *, fetch: bool = False) -> list[Any]:
        if not hasattr(self._local, "connection"):
            self._local.connection = psycopg.connect(self._url)
        statement = statement.format(most=2 * THREADS, lock="FOR UPDATE SKIP LOCKED")
        with self._local.connection.transaction():
            cursor = self._local.connection.execute(statement, {**_times(False), **values})
            return cursor.fetchall() if fetch else []


class _Sqlite:
    """One connection: there is one writer anyway."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, check_same_thread=False)
        sqlite_connect(self._connection, None)
        self._turn = threading.Lock()

    def run(self, statement: str, values: dict[str, object], *, fetch: bool = False) -> list[Any]:
        statement = statement.format(most=2 * THREADS, lock="").replace("%(", ":").replace(")s", "")
        with self._turn, closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute(statement, {**_times(True), **values})
            rows = cursor.fetchall() if fetch else []
            cursor.execute("COMMIT")
            return rows
