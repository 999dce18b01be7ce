"""Makes a database larger without knowing what is in it: rows are copied, with what points to them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, String, Table, UniqueConstraint, func, insert, select

from database.base import Base
from database.tenancy import EVERYONE, TenantSession
from portal.store import tables

assert tables.MODULES
OF_A_CITIZEN = frozenset(
    {
        "measurements",
        "invitations",
        "links",
        "reminder_ladders",
        "responses",
        "answers",
        "indicator_scores",
        "outbox_messages",
        "thread_entries",
        "audit_events",
        "inbound_messages",
        "simulated_messages",
    }
)
CITIZENS = OF_A_CITIZEN | {"citizens", "citizen_dates", "schedule_occurrences"}
THE_HOUSE = frozenset({"teams", "staff", "questionnaires", "questionnaire_versions"})


def grow(session: TenantSession) -> None:
    """Every citizen gets as much again as she has, then there are twice as many citizens, staff and forms."""
    assert session.tenant is EVERYONE
    for names in (OF_A_CITIZEN, CITIZENS, THE_HOUSE):
        _copy(session.connection(), [table for table in Base.metadata.sorted_tables if table.name in names])


def _copy(connection: Connection, copied: list[Table]) -> None:
    """A copy's id lies as far above the original's as the table is long."""
    offsets = {table: connection.scalar(select(func.max(table.c.id))) or 0 for table in copied}
    for table in copied:
        rows = connection.execute(select(table)).mappings().all()
        if rows:
            connection.execute(insert(table), [_moved(table, dict(row), offsets) for row in rows])


def _moved(table: Table, row: dict[str, Any], offsets: dict[Table, int]) -> dict[str, Any]:
    row["id"] += offsets[table]
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.table in offsets and row[column.name] is not None:
                row[column.name] += offsets[key.column.table]
    for column in _names_of_their_own(table, offsets):
        row[column.name] = secrets.token_urlsafe(43)[: column.type.length]
    return row


def _names_of_their_own(table: Table, offsets: dict[Table, int]) -> Iterable[Any]:
    """Texts that no two rows may share, where no copied row tells the two apart."""
    for constraint in table.constraints:
        columns = list(constraint.columns) if isinstance(constraint, UniqueConstraint) else []
        points = any(key.column.table in offsets for column in columns for key in column.foreign_keys)
        if not points:
            yield from (column for column in columns if isinstance(column.type, String))
