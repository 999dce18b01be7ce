"""A statement made ready for its driver once: the SQL and the ways of its values, which SQLAlchemy finds anew at
each execution, for several times what the statement itself costs.

Its compiler has written the SQL, its types turn the values, and its connection executes: transactions, events and
errors are what they are everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, ClauseElement, Connection, CursorResult, Dialect
from sqlalchemy.types import TypeEngine

Turn = Callable[[Any], Any] | None


class Ready:
    """``gives``: the types of the columns that it selects; ``takes``: the columns that an INSERT names."""

    def __init__(
        self,
        statement: ClauseElement,
        dialect: Dialect,
        gives: Iterable[TypeEngine[Any]] = (),
        takes: Sequence[str] | None = None,
    ) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=takes)
        binds: Mapping[str, BindParameter[Any]] = compiled.binds
        self.sql: str = compiled.string
        self._order: Sequence[str] | None = compiled.positiontup if compiled.positional else None
        self._always = {
            name: _turned(_inward(bind.type, dialect), bind.value)
            for name, bind in binds.items()
            if bind.value is not None
        }
        self._inward = [(name, _inward(bind.type, dialect)) for name, bind in binds.items()]
        self._inward = [(name, turn) for name, turn in self._inward if name not in self._always]
        turns = [each.dialect_impl(dialect).result_processor(dialect, None) for each in gives]
        self._outward = [(place, turn) for place, turn in enumerate(turns) if turn]

    def execute(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
        """Once for each of ``rows``, which give a value to each name."""
        given = [self._given(row) for row in rows]
        return connection.exec_driver_sql(self.sql, given[0] if len(given) == 1 else given)

    def fetch(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """What it selects, as Python's values."""
        rows = self.execute(connection, [values]).all()
        return [self._turn(list(row)) for row in rows] if self._outward else rows

    def _given(self, values: Mapping[str, Any]) -> Any:
        named = {
            **self._always,
            **{name: turn(values[name]) if turn else values[name] for name, turn in self._inward},
        }
        return named if self._order is None else tuple([named[name] for name in self._order])

    def _turn(self, row: list[Any]) -> list[Any]:
        for place, turn in self._outward:
            row[place] = turn(row[place])
        return row


class ReadyStatements:
    """Of one statement that is made in several forms: each is made ready when a driver first asks for it."""

    def __init__(self, make: Callable[..., ClauseElement], gives: Iterable[TypeEngine[Any]] = ()) -> None:
        self._make, self._gives = make, tuple(gives)
        self._ready: dict[tuple[object, ...], Ready] = {}

    def of(self, connection: Connection, *form: Any) -> Ready:
        """``form``: what ``make`` takes."""
        key = (connection.dialect.name, *form)
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = Ready(self._make(*form), connection.dialect, self._gives)
        return ready


def padded(values: Sequence[Any]) -> Sequence[Any]:
    """As many as the next power of two, the last of them repeated: so of a statement that looks for one of several
    values there are few forms, and a database that keeps plans keeps few of them."""
    size: int = 1 << (len(values) - 1).bit_length()
    return [*values, *[values[-1]] * (size - len(values))]


def _inward(kind: TypeEngine[Any], dialect: Dialect) -> Turn:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _turned(turn: Turn, value: Any) -> Any:
    return turn(value) if turn else value
