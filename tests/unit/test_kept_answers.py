"""Answers kept for one transaction, and for a moment longer where they are the same for a whole municipality."""

from __future__ import annotations

import time

import pytest

from database.tenancy import TenantSession
from portal.store import kept
from portal.store.kept import HOLDS_SECONDS, House


def test_a_session_keeps_answers_only_when_it_was_told_to() -> None:
    session, asked = TenantSession(1), iter(range(10))
    kept.keep(session, "a", 99)
    assert [kept.kept(session, "a", lambda: next(asked)) for _ in range(2)] == [0, 1]
    kept.start(session)
    assert [kept.kept(session, "a", lambda: next(asked)) for _ in range(2)] == [2, 2]
    kept.keep(session, "b", None)
    assert kept.kept(session, "b", lambda: next(asked)) is None


def test_what_is_the_municipality_s_is_handed_on_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    house, asked, clock = House(), iter(range(10)), [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])

    def answer(tenant: int) -> int:
        session = TenantSession(tenant)
        kept.start(session, house)
        return kept.of_the_house(session, "who", lambda: next(asked))

    assert [answer(1), answer(1)] == [0, 0]
    assert answer(2) == 1, "another municipality's answer is another"
    clock[0] = HOLDS_SECONDS + 0.1
    assert answer(1) == 2


def test_a_session_that_was_told_nothing_asks_each_time() -> None:
    session, asked = TenantSession(1), iter(range(10))
    assert [kept.of_the_house(session, "who", lambda: next(asked)) for _ in range(2)] == [0, 1]
