"""Several at once, on both databases: workers on one outbox, and calls that want to add the same row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from database.engine import Database
from database.tenancy import EVERYONE
from messaging import inbound, simulator
from messaging.claims import set_pace
from messaging.crew import Crew
from messaging.delivery import Courier
from messaging.gateway import InboundSms, Receipt
from messaging.message import Status
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from messaging.receipts import apply
from tests.conftest import NOW
from tests.doubles.gateway import PHONE, Clock, ScriptedGateway, ScriptedHooks

WORKERS = 4
Result = TypeVar("Result")


def at_once(work: Callable[[], Result]) -> list[Result]:
    start = Barrier(WORKERS)

    def run(_number: int) -> Result:
        start.wait()
        return work()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, range(WORKERS)))


def test_several_workers_send_each_message_once(database: Database, municipality: int) -> None:
    with database.write(municipality) as session:
        set_pace(session, municipality, 10_000)
        for number in range(60):
            enqueue(session, NewMessage("invitation", number, f"invitation:{number}"), NOW)
    gateway = ScriptedGateway()

    def drain() -> None:
        courier = Courier(database, gateway, ScriptedHooks(), Clock(NOW), "worker")
        Crew(2).deliver(courier)

    at_once(drain)
    assert len(gateway.sent) == 60
    assert set(Counter(sms.callback_reference for sms in gateway.sent).values()) == {1}


def test_one_dedupe_key_from_several_requests_is_one_message(database: Database, municipality: int) -> None:
    def ask() -> tuple[int, bool]:
        with database.write(municipality) as session:
            enqueued = enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW)
            return enqueued.message.id, enqueued.is_new

    answers = at_once(ask)
    assert len({message_id for message_id, _ in answers}) == 1
    assert [is_new for _, is_new in answers].count(True) == 1


def test_one_webhook_called_several_times_at_once_is_one_message(
    database: Database, municipality: int
) -> None:
    sms = InboundSms("twilio", "SM1", PHONE, "+4510900000", "ja")

    def call() -> tuple[int, bool]:
        with database.write(municipality) as session:
            stored = inbound.store(session, sms, NOW)
            return stored.message_id, stored.is_new

    answers = at_once(call)
    assert len({message_id for message_id, _ in answers}) == 1
    assert [is_new for _, is_new in answers].count(True) == 1


def test_receipts_at_once_do_not_move_a_status_back(database: Database, municipality: int) -> None:
    with database.write(municipality) as session:
        message = enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW).message
    statuses = [Status.SENT, Status.DELIVERED, Status.SENT, Status.SENT]

    def receive() -> None:
        with database.write(EVERYONE) as session:
            apply(session, Receipt("twilio", "SM1", statuses.pop(), reference=message.reference), NOW)

    at_once(receive)
    with database.read(municipality) as session:
        assert session.get_one(OutboxMessage, message.id).status is Status.DELIVERED


def test_a_new_phone_written_to_from_several_sides_is_one_phone(database: Database) -> None:
    def switch() -> None:
        with database.write(EVERYONE) as session:
            simulator.set_phone_state(session, PHONE, simulator.PhoneState.ON)

    at_once(switch)
    with database.read(EVERYONE) as session:
        assert len(simulator.phones(session)) == 1
