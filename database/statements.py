"""What a statement is made of: does the session's own narrowing reach every part of it?

The narrowing is put on mapped classes. A bare table, a column of one, or a piece of SQL text would pass it by,
even deep inside an ORM statement; so would a class whose rows belong to nobody.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnClause, Select, Table, TextClause
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import TextualSelect

from database.base import Municipality, Owned

ENTITY = "parententity"  # what SQLAlchemy writes on the parts of a statement that come from a mapped class


def unreachable_part(statement: Any) -> str | None:
    """The first part that the narrowing would miss, in words; None when it reaches them all."""
    parts = list(visitors.iterate(statement))
    reasons = (_why_not(part) for part in parts)
    return next(filter(None, reasons), None) or _stray_column(parts)


def _why_not(part: Any) -> str | None:
    if isinstance(part, TextClause | TextualSelect) or _is_literal(part):
        return "a piece of SQL text"
    entity = part._annotations.get(ENTITY)
    if entity is not None and not issubclass(entity.mapper.class_, (Owned, Municipality)):
        return f"{entity.mapper.class_.__name__}, which belongs to no municipality"
    return _bare_source(part) if isinstance(part, Select) else None


def _is_literal(part: Any) -> bool:
    """A literal column is SQL text too; only the * of a count or an exists is harmless."""
    return isinstance(part, ColumnClause) and part.is_literal and part.name != "*"


def _bare_source(query: Select[Any]) -> str | None:
    joined = (join[0] for join in query._setup_joins)
    for source in (*query._raw_columns, *query._from_obj, *joined):
        if _is_bare_column(source) or (isinstance(source, Table) and ENTITY not in source._annotations):
            return f"the bare {source}"
    return None


def _stray_column(parts: list[Any]) -> str | None:
    """A bare column in a condition is well (SQLAlchemy's own look-ups by key are made so) where its table's
    class stands in the statement too, and so is narrowed."""
    entities = {part._annotations[ENTITY].mapper.local_table for part in parts if ENTITY in part._annotations}
    bare = (part for part in parts if _is_bare_column(part) and part.table not in entities)
    return next((f"the bare {column}" for column in bare), None)


def _is_bare_column(part: Any) -> bool:
    return isinstance(part, Column) and isinstance(part.table, Table) and ENTITY not in part._annotations
