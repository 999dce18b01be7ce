"""Whether the portal is ready, and the worker's sign of life."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from database.engine import Database
from portal.services import readiness


def test_workers_that_start_in_the_same_moment_all_give_their_sign_of_life(
    database: Database, now: datetime
) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        beats = [pool.submit(readiness.beat, database, now) for _ in range(16)]
    assert [beat.exception() for beat in beats] == [None] * 16
    assert readiness.check(database, now)["worker"] == "ok"


def test_a_worker_that_was_silent_for_three_minutes_is_not_ready(database: Database, now: datetime) -> None:
    readiness.beat(database, now)
    assert readiness.check(database, now + timedelta(minutes=2))["worker"] == "ok"
    assert readiness.check(database, now + timedelta(minutes=3))["worker"] != "ok"


def test_a_later_sign_of_life_counts(database: Database, now: datetime) -> None:
    readiness.beat(database, now)
    readiness.beat(database, now + timedelta(minutes=5))
    assert readiness.check(database, now + timedelta(minutes=6))["worker"] == "ok"
