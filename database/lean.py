"""What the busiest path asks of a session, at a third of its cost: columns without entities, and rows that nobody
needs back as objects. Each statement is about one class, and says itself whose rows it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ColumnElement,
    Connection,
    Insert,
    Table,
    bindparam,
    case,
    event,
    insert,
    inspect,
    literal,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import Grouping, Null

from database.base import Owned
from database.tenancy import EVERYONE, CrossesMunicipalitiesError, TenantSession

OWNER = "municipality_id"
_LATER = "rows to be inserted"


class Lock(Enum):
    """What becomes of a look-up when another holds one of its rows."""

    NONE = "none"
    WAIT = "wait"
    FREE = "free"
    """It is left out."""


class Lookup:
    """Columns of the session's own rows, by equality. Made once, by its module.

    The table's columns are named, not the class's: for those SQLAlchemy compares every value's place anew at
    each execution, which costs more than the rest of it.
    """

    def __init__(
        self,
        owned: type[Owned],
        columns: Sequence[str],
        by: Sequence[str] = (),
        *,
        among: str | None = None,
        also: ColumnElement[bool] | None = None,
    ) -> None:
        """``among``: a column that is compared with several values at once, given as a sequence. ``also``: a
        condition on columns of the same table; what it leaves open by name is given like the others."""
        table = _table(owned)
        names = (*by, *filter(None, (among,)), *_left_open(table, also))
        query = select(*(table.c[name] for name in columns)).where(*_mine(table, by, among))
        query = query if also is None else query.where(also)
        locking = query.order_by(table.c.id)  # who locks several rows does so in the order of their keys
        # The rows that point at a locked one may go on: only who changes it, or locks it too, waits.
        self._queries = {
            Lock.NONE: query,
            Lock.WAIT: locking.with_for_update(key_share=True),
            Lock.FREE: locking.with_for_update(key_share=True, skip_locked=True),
        }
        self._names = frozenset(names)

    def fetch(self, session: Session, *, lock: Lock = Lock.NONE, **values: object) -> Sequence[Any]:
        """Tuples of the columns. ``values``: one for each of ``by``, and those of ``among``."""
        if values.keys() != self._names:
            raise TypeError(f"a look-up by {sorted(self._names)}, not by {sorted(values)}")
        tenant, connection = _beneath(session)
        given = {_parameter(name): value for name, value in values.items()}
        return connection.execute(self._queries[lock], {**given, _parameter(OWNER): tenant}).all()


class Change:
    """Sets columns of the session's own rows, found by equality. Made once, by its module."""

    def __init__(
        self, owned: type[Owned], columns: Sequence[str], by: Sequence[str] = (), *, among: str | None = None
    ) -> None:
        """``among``: as in ``Lookup``."""
        if OWNER in columns:
            raise CrossesMunicipalitiesError("a row stays with its municipality")
        table = _table(owned)
        new: dict[str, Any] = {name: bindparam(name) for name in columns}
        self._update = update(table).where(*_mine(table, by, among)).values(new)
        self._columns, self._by = frozenset(columns), frozenset((*by, *filter(None, (among,))))

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
            {**values, **{_parameter(name): value for name, value in by.items()}, _parameter(OWNER): tenant}
            for values, by in changes
        ]
        return connection.execute(self._update, _one_or_many(rows)).rowcount if rows else 0


def insert_row(session: Session, owned: type[Owned], values: Mapping[str, object]) -> None:
    """``session.add`` and a flush for one row, which is stamped with the session's municipality."""
    _insert(session, owned, [values])


def insert_later(session: Session, owned: type[Owned], values: Mapping[str, object]) -> None:
    """As ``insert_row``, together with others of the class, when the transaction commits: nobody sees it before."""
    if session.in_nested_transaction():  # what is undone by itself must not wait
        insert_row(session, owned, values)
    else:
        session.info.setdefault(_LATER, {}).setdefault(owned, []).append(values)


@event.listens_for(TenantSession, "before_commit")
def _insert_what_waits(session: TenantSession) -> None:
    waiting: Mapping[type[Owned], Sequence[Mapping[str, object]]] = session.info.pop(_LATER, {})
    for owned, rows in waiting.items():
        _insert(session, owned, rows)


def _insert(session: Session, owned: type[Owned], rows: Sequence[Mapping[str, object]]) -> None:
    if any(OWNER in row for row in rows):
        raise CrossesMunicipalitiesError("a row is stamped with the municipality of its session")
    tenant, connection = _beneath(session)
    connection.execute(_insertion(_table(owned)), _one_or_many([{**row, OWNER: tenant} for row in rows]))


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


def _mine(table: Table, by: Sequence[str], among: str | None) -> Iterator[ColumnElement[bool]]:
    """What every lean look-up and change is found by: its columns, and whose session it is."""
    yield from (table.c[name] == asked(name) for name in (*by, OWNER))
    if among is not None:
        yield table.c[among].in_(bindparam(_parameter(among), expanding=True))


def asked(name: str) -> BindParameter[Any]:
    """A value that a condition of ``Lookup`` leaves open."""
    return bindparam(_parameter(name))


def _parameter(name: str) -> str:
    """So named that what is looked for and what is set in the same column are two."""
    return f"by_{name}"


def _left_open(table: Table, condition: ColumnElement[bool] | None) -> Iterator[str]:
    """What the condition leaves open. It sees the one table, and nothing that would hide another."""
    for part in () if condition is None else visitors.iterate(condition):
        if isinstance(part, BindParameter):
            yield from [part.key.removeprefix(_parameter(""))] if not part.unique else []
        elif not isinstance(part, _PLAIN) and getattr(part, "table", None) is not table:
            raise CrossesMunicipalitiesError(f"a lean look-up in {table.name} cannot ask for {part}")


_PLAIN = (BinaryExpression, BooleanClauseList, Grouping, Null)


def _beneath(session: Session) -> tuple[int, Connection]:
    """Everything that waits in the session goes first, as it would before any other statement."""
    if not isinstance(session, TenantSession) or session.tenant is EVERYONE:
        raise CrossesMunicipalitiesError("a lean statement is about one municipality")
    if session.autoflush:
        session.flush()
    return session.tenant, session.beneath()


def _one_or_many(rows: Sequence[Mapping[str, object]]) -> Any:
    """A driver takes more trouble for "many", were it only one."""
    return rows[0] if len(rows) == 1 else rows


@cache
def _insertion(table: Table) -> Insert:
    """``inline``: the new row's id is not asked for."""
    return insert(table).inline()


def _table(owned: type[Owned]) -> Table:
    if not issubclass(owned, Owned):
        raise CrossesMunicipalitiesError(f"{owned.__name__} belongs to no municipality")
    table: Any = inspect(owned).local_table
    return table  # type: ignore[no-any-return]
