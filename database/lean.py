"""What the busiest path asks of a session, at a third of its cost: columns without entities, and rows that nobody
needs back as objects. Each statement is about one class, and says itself whose rows it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, bindparam, case, insert, inspect, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from database.base import Owned
from database.tenancy import EVERYONE, CrossesMunicipalitiesError, TenantSession

OWNER = "municipality_id"


class Lookup:
    """Columns of the session's own rows, by equality. Made once, by its module.

    The table's columns are named, not the class's: for those SQLAlchemy compares every value's place anew at
    each execution, which costs more than the rest of it.
    """

    def __init__(self, owned: type[Owned], columns: Sequence[str], by: Sequence[str]) -> None:
        table = _table(owned)
        mine = (table.c[name] == bindparam(name) for name in (*by, OWNER))
        self._query = select(*(table.c[name] for name in columns)).where(*mine)
        self._locking = self._query.with_for_update()
        self._by = frozenset(by)

    def fetch(self, session: Session, *, lock: bool = False, **values: object) -> Sequence[Any]:
        """Tuples of the columns. ``values``: one for each of ``by``; ``lock``: as ``with_for_update``."""
        if values.keys() != self._by:
            raise TypeError(f"a look-up by {sorted(self._by)}, not by {sorted(values)}")
        tenant, connection = _beneath(session)
        return connection.execute(self._locking if lock else self._query, {**values, OWNER: tenant}).all()


class Change:
    """Sets columns of the session's own rows, found by equality. Made once, by its module."""

    def __init__(self, owned: type[Owned], columns: Sequence[str], by: Sequence[str]) -> None:
        if OWNER in columns:
            raise CrossesMunicipalitiesError("a row stays with its municipality")
        table = _table(owned)
        mine = (table.c[name] == bindparam(f"by_{name}") for name in (*by, OWNER))
        self._update = update(table).where(*mine).values({name: bindparam(name) for name in columns})
        self._columns, self._by = frozenset(columns), frozenset(by)

    def make(self, session: Session, values: Mapping[str, object], **by: object) -> int:
        """How many rows were changed. ``values``: one for each of the columns. What the session holds of those
        rows as objects does not hear of it."""
        return self.make_all(session, [(values, by)])

    def make_all(
        self, session: Session, changes: Sequence[tuple[Mapping[str, object], Mapping[str, object]]]
    ) -> int:
        """As ``make``, for several pairs of values and what they are found by: how many rows all together."""
        for values, by in changes:
            if values.keys() != self._columns or by.keys() != self._by:
                raise TypeError(f"a change of {sorted(self._columns)} by {sorted(self._by)}")
        tenant, connection = _beneath(session)
        rows = [
            {**values, **{f"by_{name}": value for name, value in by.items()}, f"by_{OWNER}": tenant}
            for values, by in changes
        ]
        return connection.execute(self._update, rows).rowcount if rows else 0


def insert_row(session: Session, owned: type[Owned], values: Mapping[str, object]) -> None:
    """``session.add`` and a flush for one row, which is stamped with the session's municipality."""
    if OWNER in values:
        raise CrossesMunicipalitiesError("a row is stamped with the municipality of its session")
    tenant, connection = _beneath(session)
    connection.execute(_insertion(_table(owned)), {**values, OWNER: tenant})


def insert_rows(
    session: Session,
    owned: type[Owned],
    rows: Sequence[Mapping[str, object]],
    *,
    returning: Sequence[str] = ("id",),
    once: Sequence[str] = (),
) -> Sequence[Any]:
    """Many rows, stamped with the session's municipality; gives the columns of ``returning``, in no order.

    ``once`` names the columns of a unique constraint: a row that is there already is left as it is, and not given.
    """
    if any(OWNER in row for row in rows):
        raise CrossesMunicipalitiesError("a row is stamped with the municipality of its session")
    tenant, connection = _beneath(session)
    if not rows:
        return ()
    table = _table(owned)
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    if once:
        statement = statement.on_conflict_do_nothing(index_elements=once)
    wanted = statement.returning(*(table.c[name] for name in returning))
    return connection.execute(wanted, [{**row, OWNER: tenant} for row in rows]).all()


def change_rows(session: Session, owned: type[Owned], rows: Sequence[Mapping[str, object]]) -> None:
    """Sets each row's other columns, by its ``id``; every row names the same columns. A row of another
    municipality is not found."""
    tenant, connection = _beneath(session)
    if not rows:
        return
    table = _table(owned)
    ids = [row["id"] for row in rows]
    # One statement for all: on PostgreSQL one for each would take most of a second per hundred.
    new = {name: _by_id(table, name, rows) for name in rows[0] if name != "id"}
    mine = (table.c.id.in_(ids), table.c[OWNER] == tenant)
    connection.execute(update(table).where(*mine).values(new))


def _by_id(table: Table, name: str, rows: Sequence[Mapping[str, object]]) -> Any:
    """The column's new value: the same for all, or each row's own."""
    kind = table.c[name].type
    values = {row["id"]: row[name] for row in rows}
    if len(set(values.values())) == 1:
        return literal(rows[0][name], kind)
    return case({key: literal(value, kind) for key, value in values.items()}, value=table.c.id)


def _beneath(session: Session) -> tuple[int, Connection]:
    """Everything that waits in the session goes first, as it would before any other statement."""
    if not isinstance(session, TenantSession) or session.tenant is EVERYONE:
        raise CrossesMunicipalitiesError("a lean statement is about one municipality")
    if session.autoflush:
        session.flush()
    return session.tenant, session.beneath()


@cache
def _insertion(table: Table) -> Insert:
    """``inline``: the new row's id is not asked for."""
    return insert(table).inline()


def _table(owned: type[Owned]) -> Table:
    if not issubclass(owned, Owned):
        raise CrossesMunicipalitiesError(f"{owned.__name__} belongs to no municipality")
    table: Any = inspect(owned).local_table
    return table  # type: ignore[no-any-return]
