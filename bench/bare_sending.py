"""The measure to compare sending with: the same claims and commits, and nothing else, in SQL over the same drivers.

The same on both sides: the statements of a claim (the heads of the lanes, the line locked, the first that are due,
held, the line moved on) and how many it takes; for each message two updates of its row, it may be sent and it was
taken, each committed before the next step; as many threads; a commit that waits for the disk; a gateway in the own
process that takes everything at once, so that neither side pays for a call.

Here alone is left out what the product is: who it is and whether it may go (the policy's facts, the lock on the
citizen), the text, a link with its row, decrypting, the municipality in each statement, and the objects between.

What differs is who shares commits, and so there are two measures:

``shared_on``: as many share a commit as in the product, one thread leads and the others ask the gateway. These are the
product's own claims and commits, so the ratio tells what the product costs, nothing of what it saves. It has the goal.

``on``: each message has its two commits to itself, in threads of their own, as a sending without batches does. What
sharing wins is in that ratio.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy import make_url

from database.engine import sqlite_connect
from messaging.outbox import LEASE

THREADS = 8
HEADS = """
    SELECT municipalities.id, outbox_lines.served_at, {heads} FROM municipalities
    LEFT JOIN outbox_lines ON outbox_lines.municipality_id = municipalities.id""".format(
    heads=", ".join(
        "(SELECT due_at FROM outbox_messages WHERE municipality_id = municipalities.id"
        f" AND lane = {lane} AND due_at IS NOT NULL ORDER BY due_at LIMIT 1)"
        for lane in range(3)
    )
)
LINE = "SELECT id, per_second, free_at FROM outbox_lines WHERE municipality_id IN (1) {line_lock}"
FIRST_DUE = f"""
    SELECT id FROM outbox_messages WHERE municipality_id = 1 AND lane = 1 AND due_at <= %(now)s
    ORDER BY due_at, id LIMIT {THREADS} {{lock}}"""
HOLD = "UPDATE outbox_messages SET claimed_by = 'bare', due_at = %(until)s WHERE id IN ({ids})"
MOVE_ON = "UPDATE outbox_lines SET free_at = %(now)s, served_at = %(now)s WHERE municipality_id = 1"
BEGIN = """
    UPDATE outbox_messages SET status = 'sending', parts = 1, attempts = attempts + 1, due_at = %(until)s
    WHERE claimed_by = 'bare' AND id IN ({ids})"""
RECORD = """
    UPDATE outbox_messages SET status = 'sent', sent_at = %(now)s, due_at = NULL, claimed_by = NULL,
    gateway = 'bare', provider_id = %(provider)s WHERE id = %(id)s AND claimed_by = 'bare'"""


Rows = Sequence[Mapping[str, object]]
Run = Callable[..., Any]
NOTHING: Rows = ({},)


def on(url: str) -> Callable[[], int]:
    place, pool = _place(url), ThreadPoolExecutor(THREADS)
    return lambda: _drain(place, lambda ids: [*pool.map(lambda each: _send(place, [each]), ids)])


def shared_on(url: str) -> Callable[[], int]:
    place, pool = _place(url), ThreadPoolExecutor(THREADS)
    return lambda: _drain(place, lambda ids: _send(place, ids, pool))


def _place(url: str) -> Any:
    parsed = make_url(url)
    return _Sqlite(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else _Postgres(url)


def _drain(place: Any, send: Callable[[list[int]], object]) -> int:
    sent = 0
    while claimed := _claim(place):
        send(claimed)
        sent += len(claimed)
    return sent


def _claim(place: Any) -> list[int]:
    with place.transaction() as run:
        heads = run(HEADS).fetchall()
        if not any(head[3] for head in heads):
            return []
        run(LINE).fetchall()
        ids = [row[0] for row in run(FIRST_DUE).fetchall()]
        if ids:
            run(HOLD, ids=ids)
            run(MOVE_ON)
        return ids


def _send(place: Any, ids: Sequence[int], pool: ThreadPoolExecutor | None = None) -> None:
    with place.transaction() as run:
        run(BEGIN, ids=ids)
    taken = [*(pool.map if pool else map)(_ask, ids)]
    with place.transaction() as run:
        run(RECORD, [{"id": each, "provider": provider} for each, provider in zip(ids, taken, strict=True)])


def _ask(message_id: int) -> str:
    """The gateway."""
    return f"bare-{message_id}"


def _times(as_text: bool) -> dict[str, object]:
    now = datetime.now(UTC)
    times = {"now": now, "until": now + LEASE}
    return {name: str(at.replace(tzinfo=None)) for name, at in times.items()} if as_text else {**times}


def _execute(cursor: Any, statement: str, given: Rows) -> Any:
    if len(given) == 1:
        cursor.execute(statement, given[0])
    else:
        cursor.executemany(statement, given)
    return cursor


class _Postgres:
    """A connection for each thread."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        if not hasattr(self._local, "connection"):
            self._local.connection = psycopg.connect(self._url)
        with self._local.connection.transaction(), self._local.connection.cursor() as cursor:

            def run(statement: str, rows: Rows = NOTHING, ids: Sequence[int] = ()) -> Any:
                places = ", ".join(f"%(each_{number})s" for number in range(len(ids)))
                statement = statement.format(
                    ids=places, lock="FOR UPDATE SKIP LOCKED", line_lock="FOR NO KEY UPDATE"
                )
                return _execute(cursor, statement, _given(rows, ids, as_text=False))

            yield run


class _Sqlite:
    """One connection: there is one writer anyway."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, check_same_thread=False)
        sqlite_connect(self._connection, None)
        self._turn = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        with self._turn, closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")

            def run(statement: str, rows: Rows = NOTHING, ids: Sequence[int] = ()) -> Any:
                places = ", ".join(f":each_{number}" for number in range(len(ids)))
                statement = statement.replace("%(", ":").replace(")s", "")
                statement = statement.format(ids=places, lock="", line_lock="")
                return _execute(cursor, statement, _given(rows, ids, as_text=True))

            yield run
            cursor.execute("COMMIT")


def _given(rows: Rows, ids: Sequence[int], *, as_text: bool) -> Rows:
    numbered = {f"each_{number}": each for number, each in enumerate(ids)}
    return [{**_times(as_text), **numbered, **row} for row in rows]
