"""Who is next: conversations first, then an even share for each municipality, at the pace of each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from database.engine import Database
from database.tenancy import EVERYONE
from messaging.claims import Claimed, claim, set_pace, waits_since
from messaging.message import Lane, Status
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from tests.conftest import NOW, add_municipality

SECOND = timedelta(seconds=1)


@pytest.fixture
def other(database: Database) -> int:
    return add_municipality(database, "nabokoebing", "+4510900001")


def put(database: Database, municipality: int, count: int, lane: Lane, name: str = "m") -> None:
    with database.write(municipality) as session:
        for number in range(count):
            new = NewMessage("invitation", number, f"{name}:{lane}:{number}", lane=lane)
            enqueue(session, new, NOW - timedelta(hours=1))


def take(database: Database, limit: int, after: timedelta = timedelta()) -> Claimed:
    with database.write(EVERYONE) as session:
        return claim(session, "worker", NOW + after, limit)


def whose(claimed: Claimed) -> dict[int, int]:
    return Counter(each.municipality_id for each in claimed.claims)


def lanes(database: Database, claimed: Claimed) -> list[Lane]:
    with database.read(EVERYONE) as session:
        return [session.get_one(OutboxMessage, each.message_id).lane for each in claimed.claims]


def pace(database: Database, municipality: int, per_second: int) -> None:
    with database.write(municipality) as session:
        set_pace(session, municipality, per_second)


def test_a_conversation_goes_before_whatever_waited_longer(
    database: Database, municipality: int, other: int
) -> None:
    put(database, municipality, 3, Lane.BULK)
    put(database, municipality, 2, Lane.SINGLE)
    put(database, other, 1, Lane.CONVERSATION)
    put(database, municipality, 1, Lane.CONVERSATION)
    assert lanes(database, take(database, 2)) == [Lane.CONVERSATION] * 2
    assert lanes(database, take(database, 4)) == [Lane.SINGLE, Lane.SINGLE, Lane.BULK, Lane.BULK]


def test_a_large_batch_of_one_municipality_does_not_hold_up_another(
    database: Database, municipality: int, other: int
) -> None:
    put(database, municipality, 50, Lane.SINGLE)
    put(database, other, 3, Lane.BULK)
    first = take(database, 8)
    assert whose(first) == {municipality: 5, other: 3} or whose(first) == {municipality: 4, other: 3}
    assert first.more


def test_what_one_municipality_does_not_need_goes_to_those_behind_it(
    database: Database, municipality: int, other: int
) -> None:
    put(database, municipality, 1, Lane.BULK)
    put(database, other, 20, Lane.BULK)
    assert whose(take(database, 10)) == {municipality: 1, other: 9}


def test_the_municipality_served_longest_ago_is_next(
    database: Database, municipality: int, other: int
) -> None:
    for each in (municipality, other):
        put(database, each, 3, Lane.BULK)
    served = [whose(take(database, 1, after=SECOND * turn)) for turn in range(4)]
    assert served == [{municipality: 1}, {other: 1}] * 2


def test_no_more_leave_in_a_second_than_the_pace_says_whoever_claims(
    database: Database, municipality: int
) -> None:
    pace(database, municipality, 4)
    put(database, municipality, 20, Lane.BULK)
    first, at_once = take(database, 10), take(database, 10)
    assert (len(first.claims), len(at_once.claims), at_once.more) == (4, 0, False)
    assert at_once.ready_at == NOW + SECOND / 2
    assert len(take(database, 10, after=SECOND / 2).claims) == 2
    assert len(take(database, 10, after=3 * SECOND).claims) == 4


def test_a_pace_that_is_used_up_holds_neither_a_conversation_nor_another_municipality(
    database: Database, municipality: int, other: int
) -> None:
    pace(database, municipality, 4)
    put(database, municipality, 20, Lane.BULK)
    take(database, 10)
    put(database, municipality, 1, Lane.CONVERSATION)
    put(database, other, 2, Lane.BULK)
    assert whose(take(database, 10)) == {municipality: 1, other: 2}


def test_how_long_each_lane_waits_is_told_of_what_is_due_only(
    database: Database, municipality: int, other: int
) -> None:
    put(database, municipality, 2, Lane.BULK)
    with database.write(other) as session:
        enqueue(session, NewMessage("sms", 1, "sms:1", due_at=NOW + SECOND, lane=Lane.CONVERSATION), NOW)
    with database.read(EVERYONE) as session:
        assert waits_since(session, NOW) == {Lane.BULK: NOW - timedelta(hours=1)}


def test_a_claim_reads_the_index_of_due_rows_in_its_order_and_never_the_table(
    database: Database, municipality: int
) -> None:
    fill_with_old_and_due(database, municipality)
    plans = [plan for plan in plans_of_claim(database) if "outbox_messages" in plan]
    assert len(plans) >= 3
    for plan in plans:
        assert "Seq Scan on outbox_messages" not in plan and "SCAN outbox_messages" not in plan, plan
        assert "Sort" not in plan and "TEMP B-TREE" not in plan, plan
    assert sum("ix_outbox_messages_due" in plan for plan in plans) >= 2


def fill_with_old_and_due(database: Database, municipality: int) -> None:
    """So many that a planner that would rather read the table, would."""
    rows = [
        OutboxMessage(
            municipality_id=municipality,
            kind="old",
            recipient_ref=1,
            dedupe_key=f"old:{number}",
            parameters={},
            status=Status.DELIVERED if number % 2 else Status.QUEUED,
            due_at=None if number % 2 else NOW,
            reference=str(number),
            created_at=NOW,
        )
        for number in range(3000)
    ]
    with database.write(EVERYONE) as session:
        session.add_all(rows)
    with database.write(EVERYONE) as session:
        session.execute(text("ANALYZE"))


def plans_of_claim(database: Database) -> list[str]:
    """The plan of each statement that a claim sends."""
    seen: list[tuple[str, Any]] = []

    def look(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", look)
    take(database, 20)
    event.remove(database.engine, "before_cursor_execute", look)
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    with database.engine.connect() as connection:
        return [
            statement
            + "".join(f"\n{row}" for row in connection.exec_driver_sql(f"{explain} {statement}", given))
            for statement, given in seen
            if statement.startswith(("SELECT", "UPDATE"))
        ]
