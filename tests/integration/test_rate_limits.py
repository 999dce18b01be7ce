"""The counters of rate limits, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from database.engine import Database
from portal.web.limits import DatabaseStorage
from tests.conftest import NOW


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def storage(database: Database) -> tuple[DatabaseStorage, Clock]:
    clock = Clock()
    return DatabaseStorage("database:", database=database, clock=clock), clock


def test_a_counter_counts_and_begins_anew_when_its_time_is_over(database: Database) -> None:
    counters, clock = storage(database)
    assert [counters.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert counters.get("a") == 3
    clock.now = NOW + timedelta(seconds=60)
    assert counters.get("a") == 0
    assert counters.incr("a", 60) == 1


def test_each_key_has_a_counter_of_its_own(database: Database) -> None:
    counters, _ = storage(database)
    counters.incr("a", 60)
    assert counters.get("b") == 0
    counters.clear("a")
    assert counters.get("a") == 0


def test_the_window_ends_a_fixed_time_after_its_first_try(database: Database) -> None:
    counters, clock = storage(database)
    counters.incr("a", 60)
    clock.now = NOW + timedelta(seconds=30)
    counters.incr("a", 60)
    assert counters.get_expiry("a") == (NOW + timedelta(seconds=60)).timestamp()


def test_a_reset_forgets_everything(database: Database) -> None:
    counters, _ = storage(database)
    counters.incr("a", 60)
    counters.reset()
    assert counters.get("a") == 0
    assert counters.check()


def test_tries_at_the_same_moment_are_all_counted(database: Database) -> None:
    counters, _ = storage(database)
    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(lambda _: counters.incr("a", 60), range(40)))
    assert sorted(counted) == list(range(1, 41))
