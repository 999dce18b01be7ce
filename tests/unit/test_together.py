"""What is ready at the same moment is done by one thread for all; and answers kept for one transaction."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from messaging.together import Together
from portal.store import kept

PATIENCE = 20.0


class Work:
    """The first turn lasts until as many are ready as shall come meanwhile."""

    def __init__(self, meanwhile: int = 0) -> None:
        self.turns: list[list[int]] = []
        self.meanwhile = meanwhile
        self.together = Together(self._do)

    def _do(self, given: Sequence[int]) -> Sequence[int]:
        self.turns.append(sorted(given))
        deadline = time.monotonic() + PATIENCE
        while len(self.turns) == 1 and self.together.ready() < self.meanwhile:
            assert time.monotonic() < deadline
        if 13 in given:
            raise ValueError("thirteen")
        return [10 * each for each in given]


def test_who_is_alone_waits_for_nobody() -> None:
    work = Work()
    assert [work.together.do(1), work.together.do(2)] == [10, 20]
    assert work.turns == [[1], [2]]


def test_what_becomes_ready_while_one_works_is_done_in_one_go_and_each_has_its_own_answer() -> None:
    work = Work(meanwhile=3)
    with ThreadPoolExecutor(4) as threads:
        assert [*threads.map(work.together.do, [1, 2, 3, 4])] == [10, 20, 30, 40]
    assert [len(turn) for turn in work.turns] == [1, 3]


def test_an_error_reaches_each_of_those_it_was_for_and_no_other() -> None:
    work = Work()
    with pytest.raises(ValueError, match="thirteen"):
        work.together.do(13)
    assert work.together.do(1) == 10


def test_a_session_keeps_answers_only_when_it_was_told_to() -> None:
    session, asked = Session(), iter(range(10))
    kept.keep(session, "a", 99)
    assert [kept.kept(session, "a", lambda: next(asked)) for _ in range(2)] == [0, 1]
    kept.start(session)
    assert [kept.kept(session, "a", lambda: next(asked)) for _ in range(2)] == [2, 2]
    kept.keep(session, "b", None)
    assert kept.kept(session, "b", lambda: next(asked)) is None
