"""One mechanism holds every query to one municipality; a forgotten filter cannot escape it.

A session is opened for a municipality (or, for the few places that must look across, for EVERYONE).
Each ORM select, update and delete gets ``municipality_id = …`` added by the session itself, on every
owned class wherever it stands in the statement: joins, subqueries and relationship loads included.
New rows are stamped; a row of another municipality is refused. Statements that the mechanism cannot
see through (Core tables, raw SQL, bulk operations) are refused in a municipality's session.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Update, event, inspect
from sqlalchemy.orm import FromStatement, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from database.base import Municipality, Owned
from database.statements import unreachable_part


class Scope(Enum):
    EVERYONE = "everyone"


EVERYONE = Scope.EVERYONE
Tenant = int | Scope


class CrossesMunicipalitiesError(Exception):
    """A statement or a row would reach another municipality."""


class TenantSession(Session):
    """A session that knows for whom it was opened."""

    def __init__(self, tenant: Tenant, **options: Any) -> None:
        super().__init__(**options)
        self.tenant = tenant
        self._beneath: tuple[object, Connection] | None = None

    def beneath(self) -> Connection:
        """The connection of the transaction that runs, for ``database.lean`` alone; looked up once for each."""
        running = self.get_transaction()
        if self._beneath is None or running is None or self._beneath[0] is not running:
            connection = super().connection()
            self._beneath = (self.get_transaction(), connection)
        return self._beneath[1]

    def connection(self, *arguments: Any, **options: Any) -> Connection:
        """Beneath the session nothing is narrowed."""
        self._only_for_everyone("the connection")
        return super().connection(*arguments, **options)

    def bulk_save_objects(self, *arguments: Any, **options: Any) -> None:
        self._only_for_everyone("bulk_save_objects")
        super().bulk_save_objects(*arguments, **options)

    def bulk_insert_mappings(self, *arguments: Any, **options: Any) -> None:
        self._only_for_everyone("bulk_insert_mappings")
        super().bulk_insert_mappings(*arguments, **options)

    def bulk_update_mappings(self, *arguments: Any, **options: Any) -> None:
        self._only_for_everyone("bulk_update_mappings")
        super().bulk_update_mappings(*arguments, **options)

    def _only_for_everyone(self, what: str) -> None:
        if self.tenant is not EVERYONE:
            raise CrossesMunicipalitiesError(f"{what} passes by the narrowing to one municipality")


@event.listens_for(TenantSession, "do_orm_execute")
def _hold_to_municipality(state: ORMExecuteState) -> None:
    tenant = state.session.tenant  # type: ignore[attr-defined]
    if tenant is EVERYONE:
        return
    _refuse_unseen(state)
    if state.is_column_load or state.is_relationship_load:  # SQLAlchemy builds those by itself
        state.statement = state.statement.options(*_narrowing(tenant))
    else:
        state.statement = _narrowed(state.statement, tenant)


_narrowed_before: WeakKeyDictionary[Any, dict[int, Any]] = WeakKeyDictionary()
"""A statement that is made once, when its module is loaded, is narrowed once for each municipality."""


def _narrowed(given: Any, tenant: int) -> Any:
    by_tenant = _narrowed_before.setdefault(given, {})
    if tenant not in by_tenant:
        narrowed = given.options(*_narrowing(tenant))
        _refuse_unreachable(given, narrowed)
        by_tenant[tenant] = narrowed
    return by_tenant[tenant]


@lru_cache(maxsize=256)
def _narrowing(tenant: int) -> tuple[ExecutableOption, ...]:
    return (
        with_loader_criteria(Owned, lambda cls: cls.municipality_id == tenant, include_aliases=True),
        with_loader_criteria(Municipality, lambda cls: cls.id == tenant, include_aliases=True),
    )


def _refuse_unseen(state: ORMExecuteState) -> None:
    if not (state.is_orm_statement or state.is_column_load or state.is_relationship_load):
        raise CrossesMunicipalitiesError("only ORM statements may run in a municipality's session")
    if isinstance(state.statement, FromStatement):
        raise CrossesMunicipalitiesError("a statement inside from_statement is not narrowed")
    if state.is_insert:
        raise CrossesMunicipalitiesError("add rows with session.add, which stamps and checks them")
    if isinstance(state.statement, Update) and "municipality_id" in _columns_set(state):
        raise CrossesMunicipalitiesError("a row stays with its municipality")


def _columns_set(state: ORMExecuteState) -> set[str]:
    statement: Any = state.statement
    rows = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
    by_parameter = {str(name) for row in rows for name in row}
    return by_parameter | {str(getattr(column, "key", column)) for column in statement._values or ()}


_seen_through: set[object] = set()
"""Cache keys of statements already examined: SQLAlchemy makes the key anyway, an examination costs ten times it."""
MOST_KEPT = 2000


def _refuse_unreachable(given: Any, narrowed: Any) -> None:
    key = narrowed._generate_cache_key()
    if key is not None and key.key in _seen_through:
        return
    part = unreachable_part(given)
    if part is not None:
        raise CrossesMunicipalitiesError(f"a municipality's session cannot narrow {part}")
    if len(_seen_through) >= MOST_KEPT:
        _seen_through.clear()
    if key is not None:
        _seen_through.add(key.key)


@event.listens_for(TenantSession, "before_flush")
def _stamp_and_check(session: TenantSession, *_: Any) -> None:
    if session.tenant is EVERYONE:
        return
    tenant: int = session.tenant
    for row in session.new:
        if isinstance(row, Owned):
            row.municipality_id = row.municipality_id or tenant
            _refuse_foreign(row.municipality_id, tenant)
        else:
            raise CrossesMunicipalitiesError(f"{type(row).__name__} belongs to no municipality")
    for row in (*session.dirty, *session.deleted):
        state = inspect(row)
        if "municipality_id" in state.mapper.columns:
            history = state.attrs.municipality_id.load_history()
            for value in (*history.added, *history.unchanged, *history.deleted):
                _refuse_foreign(value, tenant)


def _refuse_foreign(owner: int, tenant: int) -> None:
    if owner != tenant:
        raise CrossesMunicipalitiesError(f"a row of municipality {owner} in a session of {tenant}")
