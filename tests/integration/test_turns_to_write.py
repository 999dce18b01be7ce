"""SQLite has one writer at a time: the writers of one process take turns, and a turn ends whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from database.engine import TURN, Database
from database.tenancy import EVERYONE
from database.turns import Turns


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.dispose()


def turn_of(session: Any) -> Turns | None:
    turn: Turns | None = session.connection().info.get(TURN)
    return turn


def test_a_writer_has_the_turn_until_its_commit(sqlite: Database) -> None:
    with sqlite.write(EVERYONE) as session:
        turn = turn_of(session)
        assert turn is not None
        assert turn.locked()
    assert not turn.locked()


def test_a_writer_that_fails_gives_the_turn_back(sqlite: Database) -> None:
    turns = []
    with pytest.raises(ZeroDivisionError), sqlite.write(EVERYONE) as session:
        turns.append(turn_of(session))
        1 / 0  # noqa: B018
    with pytest.raises(Exception, match="syntax"), sqlite.write(EVERYONE) as session:
        turns.append(turn_of(session))
        session.execute(text("no sql"))
    assert [turn is not None and turn.locked() for turn in turns] == [False, False]


def test_a_reader_waits_for_nobodys_turn(sqlite: Database) -> None:
    with sqlite.write(EVERYONE) as writing:
        assert turn_of(writing)
        with sqlite.read(EVERYONE) as reading:
            assert turn_of(reading) is None


def test_a_writer_that_has_touched_nothing_has_no_turn(sqlite: Database) -> None:
    """A use case may think before it asks: the turn begins with its first statement."""
    with sqlite.write(EVERYONE), sqlite.write(EVERYONE) as second:
        assert turn_of(second)
