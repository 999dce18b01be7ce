"""Add a row unless it is there: for rows that two transactions may want to add at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

Row = TypeVar("Row")


def add_once(session: Session, find: Callable[[], Row | None], make: Callable[[], Row]) -> tuple[Row, bool]:
    """The row that `find` finds, else the one that `make` makes; True when it is new.

    A unique constraint must guard the row: it is what tells us that another transaction was first.
    """
    existing = find()
    if existing is not None:
        return existing, False
    row = make()
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        existing = find()
        if existing is None:
            raise
        return existing, False
    return row, True
