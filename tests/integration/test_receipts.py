"""Receipts as providers really send them: doubled, out of order, early, late, for messages nobody knows."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from random import Random

import pytest

from database.engine import Database
from database.tenancy import EVERYONE
from messaging.crew import Crew
from messaging.delivery import Courier, expire_receipts
from messaging.gateway import Receipt, Trouble
from messaging.message import Status
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from messaging.receipts import Applied, apply
from tests.conftest import NOW
from tests.doubles.gateway import Clock, ScriptedGateway, ScriptedHooks

ALL = [Status.SENT, Status.SENT, Status.DELIVERED]


@pytest.fixture
def message_id(database: Database, municipality: int) -> int:
    """A message that the provider took as `id-1`."""
    with database.write(municipality) as session:
        message_id = enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW).message.id
    Crew(1).deliver(Courier(database, ScriptedGateway(), ScriptedHooks(), Clock(NOW), "worker"))
    return message_id


def receive(database: Database, receipt: Receipt, minutes: int = 1) -> Applied:
    with database.write(EVERYONE) as session:
        return apply(session, receipt, NOW + timedelta(minutes=minutes))


def stored(database: Database, message_id: int) -> OutboxMessage:
    with database.read(EVERYONE) as session:
        return session.get_one(OutboxMessage, message_id)


def test_a_delivered_receipt_tells_when(database: Database, message_id: int) -> None:
    assert receive(database, Receipt("scripted", "id-1", Status.DELIVERED)).changed
    message = stored(database, message_id)
    assert (message.status, message.finished_at) == (Status.DELIVERED, NOW + timedelta(minutes=1))


def test_an_undelivered_receipt_tells_why(database: Database, message_id: int) -> None:
    receipt = Receipt(
        "scripted", "id-1", Status.UNDELIVERED, "30005", Trouble.NUMBER_NOT_IN_USE, permanent=True
    )
    receive(database, receipt)
    message = stored(database, message_id)
    assert (message.status, message.error_code, message.reason) == (
        Status.UNDELIVERED,
        "30005",
        "number_not_in_use",
    )


@pytest.mark.parametrize("order", sorted(set(permutations(ALL))))
def test_the_order_of_receipts_does_not_matter(
    database: Database, message_id: int, order: tuple[Status, ...]
) -> None:
    for status in order:
        receive(database, Receipt("scripted", "id-1", status))
    assert stored(database, message_id).status is Status.DELIVERED


def test_a_doubled_receipt_changes_nothing(database: Database, message_id: int) -> None:
    receipt = Receipt("scripted", "id-1", Status.DELIVERED)
    receive(database, receipt, minutes=1)
    assert not receive(database, receipt, minutes=9).changed
    assert stored(database, message_id).finished_at == NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    "receipt",
    [
        Receipt("scripted", "nobody", Status.DELIVERED),
        Receipt("other", "id-1", Status.DELIVERED),
        Receipt("scripted", "id-1", Status.DELIVERED, reference="not-ours"),
    ],
)
def test_a_receipt_for_nothing_we_know_does_no_harm(
    database: Database, message_id: int, receipt: Receipt
) -> None:
    assert receive(database, receipt) == Applied(None, changed=False)
    assert stored(database, message_id).status is Status.SENT


def test_the_reference_finds_the_message_whatever_id_the_provider_gives(
    database: Database, message_id: int
) -> None:
    reference = stored(database, message_id).reference
    assert receive(
        database, Receipt("scripted", "id-of-a-copy", Status.DELIVERED, reference=reference)
    ).changed
    assert stored(database, message_id).provider_id == "id-1"


@pytest.mark.parametrize("seed", range(8))
def test_receipts_doubled_and_shuffled_with_the_sweep_between_them_end_where_they_would_in_order(
    database: Database, municipality: int, seed: int
) -> None:
    """One outcome that is final, and any number of the steps before it, each any number of times."""
    chance = Random(seed)
    final = chance.choice([Status.DELIVERED, Status.UNDELIVERED, Status.FAILED])
    heard = [final, *chance.choices([Status.SENT, final], k=5)]
    chance.shuffle(heard)
    with database.write(municipality) as session:
        new = enqueue(session, NewMessage("invitation", 7, f"invitation:{seed}"), NOW).message
        reference, message_id = new.reference, new.id
    ranks = [rank(stored(database, message_id).status)]
    for minutes, status in enumerate(heard):
        receive(database, Receipt("scripted", "id-1", status, reference=reference), minutes)
        expire_receipts(database, NOW + timedelta(hours=73 + minutes))
        ranks.append(rank(stored(database, message_id).status))
    assert ranks == sorted(ranks)
    message = stored(database, message_id)
    assert (message.status, message.due_at) == (final, None)
    assert message.finished_at == NOW + timedelta(minutes=heard.index(final))


def rank(status: Status) -> int:
    order = [Status.QUEUED, Status.SENDING, Status.SENT, Status.UNKNOWN]
    return order.index(status) if status in order else len(order)
