"""What the busiest path asks of a session, at a third of its cost: columns without entities, and rows that nobody
needs back as objects. Each statement is about one class, and says itself whose rows it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, bindparam, insert, inspect, select
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


def insert_row(session: Session, owned: type[Owned], values: Mapping[str, object]) -> None:
    """``session.add`` and a flush for one row, which is stamped with the session's municipality."""
    if OWNER in values:
        raise CrossesMunicipalitiesError("a row is stamped with the municipality of its session")
    tenant, connection = _beneath(session)
    connection.execute(_insertion(_table(owned)), {**values, OWNER: tenant})


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
