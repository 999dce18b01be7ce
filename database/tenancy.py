"""One mechanism holds every query to one municipality; a forgotten filter cannot escape it.

A session is opened for a municipality (or, for the few places that must look across, for EVERYONE).
Each ORM select, update and delete gets ``municipality_id = …`` added by the session itself, on every
owned class wherever it stands in the statement: joins, subqueries and relationship loads included.
New rows are stamped; a row of another municipality is refused. Statements that the mechanism cannot
see through (Core tables, raw SQL) are refused in a municipality's session.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from database.base import Municipality, Owned


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


@event.listens_for(TenantSession, "do_orm_execute")
def _hold_to_municipality(state: ORMExecuteState) -> None:
    tenant = state.session.tenant  # type: ignore[attr-defined]
    if tenant is EVERYONE:
        return
    if not (state.is_orm_statement or state.is_column_load or state.is_relationship_load):
        raise CrossesMunicipalitiesError("only ORM statements may run in a municipality's session")
    if state.is_insert:
        raise CrossesMunicipalitiesError("add rows with session.add, which stamps and checks them")
    state.statement = state.statement.options(
        with_loader_criteria(Owned, lambda cls: cls.municipality_id == tenant, include_aliases=True),
        with_loader_criteria(Municipality, lambda cls: cls.id == tenant, include_aliases=True),
    )


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
            history = state.attrs.municipality_id.history
            for value in (*history.added, *history.unchanged, *history.deleted):
                _refuse_foreign(value, tenant)


def _refuse_foreign(owner: int, tenant: int) -> None:
    if owner != tenant:
        raise CrossesMunicipalitiesError(f"a row of municipality {owner} in a session of {tenant}")
