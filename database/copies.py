"""A database of throw-away copies: whoever visits gets one of her own, in memory, and what she writes goes with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, event

from database.engine import Database


class _Kept(sqlite3.Connection):
    """Stays open while its visit lasts, however often a session hands it back."""

    def close(self) -> None:
        """Nothing: see `end`."""

    def end(self) -> None:
        super().close()


class Copies(Database):
    """One visit at a time; whoever calls sees to it. Outside a visit there is no database at all."""

    def __init__(self) -> None:
        self._visited: _Kept | None = None
        engine = create_engine(
            "sqlite://", creator=self._connect, poolclass=NullPool, hide_parameters=True
        )  # fmt: skip
        event.listen(engine, "begin", _begin)
        self._use(engine)

    @contextmanager
    def visit(self, snapshot: bytes = b"") -> Iterator[None]:
        """``snapshot``: what an earlier visit has left (`snapshot`); nothing: an empty database."""
        kept = sqlite3.connect(":memory:", factory=_Kept, **_OPTIONS)
        self._visited = kept
        try:
            if snapshot:
                kept.deserialize(snapshot)
            else:
                kept.execute("PRAGMA page_size=1024")  # it has more tables than rows
            yield
        finally:
            self._visited = None
            kept.end()

    def snapshot(self) -> bytes:
        return self._now().serialize()

    def change(self, statement: str, values: tuple[object, ...]) -> None:
        """Beneath every session, for what is laid over the copy before anybody looks at it."""
        self._now().execute(statement, values)

    def _connect(self) -> sqlite3.Connection:
        kept = self._now()
        if not kept.in_transaction:
            kept.execute("PRAGMA foreign_keys=ON")
            return kept
        # A session inside another reads what was committed before, as on any database.
        beside: sqlite3.Connection = sqlite3.connect(":memory:", **_OPTIONS)
        beside.deserialize(kept.serialize())
        return beside

    def _now(self) -> _Kept:
        if self._visited is None:
            raise RuntimeError("a database of copies is there for a visit only")
        return self._visited


_OPTIONS: dict[str, Any] = {"isolation_level": None, "check_same_thread": False}


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
