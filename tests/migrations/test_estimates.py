"""A new SQLite database, whose planner has counted nothing, looks for some citizens' rows by the citizens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from database.engine import Database
from portal.store import invitations, migrating, people, schedules, sending_facts
from tests.conftest import NOW

CITIZENS = [*range(1, 51)]
Question = Callable[[Session], object]


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/new.db")
    migrating.upgrade(database.engine)
    yield database
    database.dispose()


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda session: sending_facts.look_up_left(session, CITIZENS, NOW), "recipient_ref"),
        (lambda session: invitations.unfinished_since(session, CITIZENS, 1, NOW), "citizen_id"),
        (lambda session: invitations.open_measurements(session, CITIZENS, 1, NOW), "citizen_id"),
        (lambda session: schedules.end_ladders(session, CITIZENS, 1, "answered", NOW), "citizen_id"),
        (lambda session: people.of_team(session, 1, CITIZENS), "INTEGER PRIMARY KEY"),
    ],
)
def test_what_is_asked_of_some_citizens_does_not_read_all_rows_of_a_municipality(
    new: Database, question: Question, index: str
) -> None:
    first = _plans(new, question)[0]
    assert index in first
    assert "municipality_id" not in first


def test_the_second_upgrade_says_the_same_again(new: Database) -> None:
    before = _estimates(new.engine)
    migrating.upgrade(new.engine)
    assert _estimates(new.engine) == before != []


def _plans(database: Database, question: Question) -> list[str]:
    """Of each statement that the question takes."""
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.write(1) as session:
        question(session)
    event.remove(database.engine, "before_cursor_execute", note)
    return [
        " | ".join(
            str(row[3]) for row in _rows(database.engine, f"EXPLAIN QUERY PLAN {statement}", parameters)
        )
        for statement, parameters in asked
        if not statement.startswith("BEGIN")
    ]


def _estimates(engine: Engine) -> list[Any]:
    return sorted(tuple(row) for row in _rows(engine, "SELECT tbl, idx, stat FROM sqlite_stat1", ()))


def _rows(engine: Engine, statement: str, parameters: Any) -> Sequence[Any]:
    with engine.connect() as connection:
        return connection.exec_driver_sql(statement, parameters).all()
