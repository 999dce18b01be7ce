"""Many messages at once: each key once, each row whole, and only the municipality's own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from database.engine import Database
from database.tenancy import EVERYONE, CrossesMunicipalitiesError
from messaging import outbox
from messaging.bulk import enqueue_many
from messaging.message import Status
from messaging.outbox import LEFT_WORK, NewMessage, OutboxMessage
from tests.conftest import add_municipality


def news(*keys: str, due_at: datetime | None = None) -> list[NewMessage]:
    return [NewMessage("reminder", 7, key, {"invitation_id": 3}, due_at) for key in keys]


def test_many_messages_are_rows_like_any_other(database: Database, municipality: int, now: datetime) -> None:
    later = now + timedelta(hours=2)
    with database.write(municipality) as session:
        made = enqueue_many(session, news("reminder:1:0", due_at=later), now)
        assert session.info[LEFT_WORK]
    with database.read(municipality) as session:
        row = session.get_one(OutboxMessage, made["reminder:1:0"])
    assert (row.status, row.due_at, row.attempts) == (Status.QUEUED, later, 0)
    assert (row.parameters, row.recipient_ref) == ({"invitation_id": 3}, 7)
    assert row.municipality_id == municipality
    assert len(row.reference) == 22


def test_a_key_that_is_known_is_passed_over(database: Database, municipality: int, now: datetime) -> None:
    with database.write(municipality) as session:
        outbox.enqueue(session, news("reminder:1:0")[0], now)
        made = enqueue_many(session, news("reminder:1:0", "reminder:2:0"), now)
        again = enqueue_many(session, news("reminder:1:0", "reminder:2:0"), now)
    assert (set(made), dict(again)) == ({"reminder:2:0"}, {})


def test_the_same_key_in_another_municipality_is_another_message(
    database: Database, municipality: int, now: datetime
) -> None:
    other = add_municipality(database, "boekoebing", "+4510900001")
    for each in (municipality, other):
        with database.write(each) as session:
            assert len(enqueue_many(session, news("reminder:1:0"), now)) == 1
    with database.read(EVERYONE) as session:
        assert session.scalar(select(func.count(OutboxMessage.id))) == 2


def test_two_thousand_go_in_together(database: Database, municipality: int, now: datetime) -> None:
    with database.write(municipality) as session:
        made = enqueue_many(session, news(*(f"reminder:{number}:0" for number in range(2000))), now)
    assert len(set(made.values())) == 2000


def test_nothing_at_all_is_nothing(database: Database, municipality: int, now: datetime) -> None:
    with database.write(municipality) as session:
        assert enqueue_many(session, [], now) == {}
        assert not session.info[LEFT_WORK]


def test_many_messages_belong_to_one_municipality(database: Database, now: datetime) -> None:
    with database.write(EVERYONE) as session, pytest.raises(CrossesMunicipalitiesError):
        enqueue_many(session, news("reminder:1:0"), now)
