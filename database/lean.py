"""What the busiest path asks of a session, at a third of its cost: columns without entities, and rows that nobody
needs back as objects. Each statement is about one class, and says itself whose rows it is about.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    Select,
    Table,
    Update,
    bindparam,
    event,
    insert,
    inspect,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import Grouping, Null

from database.base import Owned
from database.ready import ReadyStatements, padded
from database.tenancy import EVERYONE, CrossesMunicipalitiesError, TenantSession
from database.types import SealedText

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
        sealed: Collection[str] = (),
    ) -> None:
        """``among``: a column that is compared with several values at once, given as a sequence. ``also``: a
        condition on columns of the same table; what it leaves open by name is given like the others. ``sealed``:
        columns whose texts stay encrypted until they are read."""
        table = _table(owned)
        self._table, self._by, self._among, self._also = table, by, among, also
        self._columns = [
            type_coerce(table.c[name], SealedText()) if name in sealed else table.c[name] for name in columns
        ]
        self._names = frozenset((*by, *filter(None, (among,)), *_left_open(table, also)))
        self._row = _row_of(owned.__name__, columns)
        self._plain = {} if among else {lock: self._select(lock, 0) for lock in Lock}
        self._ready = ReadyStatements(self._select, [column.type for column in self._columns])

    def fetch(self, session: Session, *, lock: Lock = Lock.NONE, **values: Any) -> Sequence[Any]:
        """Tuples of the columns. ``values``: one for each of ``by``, and those of ``among``."""
        if values.keys() != self._names:
            raise TypeError(f"a look-up by {sorted(self._names)}, not by {sorted(values)}")
        tenant, connection = _beneath(session)
        given, count = _given(values, self._among, tenant)
        if self._plain:  # SQLAlchemy keeps what it finds of a statement without a list, and reads rows faster
            return connection.execute(self._plain[lock], given).all()
        if not count:
            return []
        rows = self._ready.of(connection, lock, count).fetch(connection, given)
        return [self._row._make(row) for row in rows]

    def _select(self, lock: Lock, count: int) -> Select[Any]:
        query = select(*self._columns).where(*_mine(self._table, self._by, self._among, count))
        query = query if self._also is None else query.where(self._also)
        if lock is Lock.NONE:
            return query
        # Who locks several rows does so in the order of their keys. The rows that point at a locked one may go on:
        # only who changes it, or locks it too, waits.
        locking = query.order_by(self._table.c.id)
        return locking.with_for_update(key_share=True, skip_locked=lock is Lock.FREE)


class Change:
    """Sets columns of the session's own rows, found by equality. Made once, by its module."""

    def __init__(
        self, owned: type[Owned], columns: Sequence[str], by: Sequence[str] = (), *, among: str | None = None
    ) -> None:
        """``among``: as in ``Lookup``."""
        if OWNER in columns:
            raise CrossesMunicipalitiesError("a row stays with its municipality")
        self._table, self._by, self._among = _table(owned), by, among
        self._new: dict[str, Any] = {name: bindparam(name) for name in columns}
        self._names = frozenset((*by, *filter(None, (among,))))
        self._ready = ReadyStatements(self._update)

    def make(self, session: Session, values: Mapping[str, object], **by: object) -> int:
        """How many rows were changed. ``values``: one for each of the columns. What the session holds of those
        rows as objects does not hear of it."""
        return self.make_all(session, [(values, by)])

    def make_all(
        self, session: Session, changes: Sequence[tuple[Mapping[str, object], Mapping[str, object]]]
    ) -> int:
        """As ``make``, for several pairs of values and what they are found by: how many rows all together."""
        for values, by in changes:
            if values.keys() != self._new.keys() or by.keys() != self._names:
                raise TypeError(f"a change of {sorted(self._new)} by {sorted(self._names)}")
        tenant, connection = _beneath(session)
        by_count: dict[int, list[Mapping[str, Any]]] = {}
        for values, by in changes:
            given, count = _given(by, self._among, tenant)
            by_count.setdefault(count, []).append({**values, **given})
        if self._among:
            by_count.pop(0, None)
        return sum(
            self._ready.of(connection, count).execute(connection, rows).rowcount
            for count, rows in by_count.items()
        )

    def _update(self, count: int) -> Update:
        mine = _mine(self._table, self._by, self._among, count)
        return update(self._table).where(*mine).values(self._new)


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
    if rows:
        new = tuple(name for name in rows[0] if name != "id")
        changes = [({name: row[name] for name in new}, {"id": row["id"]}) for row in rows]
        kind: Any = owned
        _change_by_id(kind, new).make_all(session, changes)


@cache
def _change_by_id(owned: type[Owned], columns: tuple[str, ...]) -> Change:
    return Change(owned, columns, by=("id",))


def _mine(
    table: Table, by: Sequence[str], among: str | None, count: int = 0
) -> Iterator[ColumnElement[bool]]:
    """What every lean look-up and change is found by: its columns, and whose session it is. ``count``: of the values
    of ``among``."""
    yield from (table.c[name] == asked(name) for name in (*by, OWNER))
    if among is not None:
        yield table.c[among].in_([asked(_place(among, each)) for each in range(count)])


def _given(by: Mapping[str, Any], among: str | None, tenant: int) -> tuple[dict[str, Any], int]:
    """The values under their names, and how many there are to choose among."""
    given = {_parameter(name): value for name, value in by.items() if name != among}
    given[_parameter(OWNER)] = tenant
    if among is None or not by[among]:
        return given, 0
    values = padded(by[among])
    given |= {_parameter(_place(among, each)): value for each, value in enumerate(values)}
    return given, len(values)


def _row_of(name: str, columns: Sequence[str]) -> Any:
    return namedtuple(name, columns)


def _place(name: str, number: int) -> str:
    return f"{name}_{number}"


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
