"""Work in the background: woken after the commit, done by a real consumer, and picked up by the sweep."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from i18n.texts import shipped_catalogs
from messaging import inbound, simulator
from messaging.message import Status
from messaging.outbox import OutboxMessage
from messaging.simulator import PhoneState, SimulatorGateway
from portal import worker
from portal.runtime import Portal
from portal.services import background
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.overlays import Overlays
from portal.store.people import Citizen
from portal.store.system import Heartbeat
from portal.store.thread import ThreadEntry
from tests.cases import Case
from tests.integration.test_delivery_together import count_statements
from tests.web.conftest import settings_for

CATALOGS = shipped_catalogs()
PATIENCE = 20.0


@pytest.fixture
def portal(database: Database, database_url: str, now: datetime) -> Portal:
    portal = Portal(
        settings=settings_for(database_url),
        database=database,
        catalogs=CATALOGS,
        gateway=SimulatorGateway(database, lambda: now),
        overlays=Overlays(database, CATALOGS),
        clock=lambda: now,
    )
    worker.attach(portal)
    return portal


@contextmanager
def working(portal: Portal) -> Iterator[None]:
    """huey takes the process's signals for itself; a test gives them back."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    consumer = worker.consumer(portal, workers=2, periodic=False)
    consumer.start()
    try:
        yield
    finally:
        consumer.stop(graceful=True)
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def until(is_so: Callable[[], Any]) -> None:
    """Looks again and again; a test that waits in vain fails here."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "the workers did not do it"


def write(portal: Portal, case: Case, body: str = "Vi ses kl. 10") -> None:
    with portal.write(case.municipality_id) as session:
        write_as_staff(
            session, case.citizen_id, StaffWriting(case.staff_id, body, Channel.SMS), portal.clock()
        )


def statuses(portal: Portal, case: Case) -> list[Status]:
    with portal.database.read(case.municipality_id) as session:
        return list(session.scalars(select(OutboxMessage.status).order_by(OutboxMessage.id)))


def phone_of(portal: Portal, case: Case) -> str:
    with portal.database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id).phone


def on_screen(portal: Portal, case: Case) -> list[str]:
    phone = phone_of(portal, case)
    with portal.database.read(EVERYONE) as session:
        return [message.text for message in simulator.messages_of(session, phone)]


def reply(portal: Portal, case: Case, text: str) -> None:
    """Written on the simulated phone, and handed in as a provider would."""
    phone = phone_of(portal, case)
    with portal.database.write(EVERYONE) as session:
        number = session.scalars(select(Municipality.reply_number)).one()
        assert number is not None
        sms = simulator.reply(session, phone, number, text, portal.clock())
    with portal.write(case.municipality_id) as session:
        inbound.store(session, sms, portal.clock())


def bodies(portal: Portal, case: Case) -> list[str | None]:
    with portal.database.read(case.municipality_id) as session:
        return list(session.scalars(select(ThreadEntry.body).order_by(ThreadEntry.id)))


def test_a_message_arrives_on_the_phone_and_its_receipt_makes_it_delivered(
    portal: Portal, case: Case
) -> None:
    with working(portal):
        write(portal, case)
        until(lambda: statuses(portal, case) == [Status.DELIVERED])
    assert on_screen(portal, case) == ["Vi ses kl. 10"]


def test_stop_written_on_the_phone_is_heard_and_confirmed_on_it(portal: Portal, case: Case) -> None:
    with working(portal):
        reply(portal, case, "STOP")
        until(lambda: len(on_screen(portal, case)) == 2)
    assert on_screen(portal, case)[-1].startswith("Du har skrevet STOP")


def test_an_sms_wakes_who_sends_only_where_it_is_answered(portal: Portal, case: Case) -> None:
    sent: list[str] = []
    portal.wake_delivery = lambda: sent.append("woken")
    for text, woken in (("Det gik godt", 0), ("STOP", 1)):
        reply(portal, case, text)
        background.receive(portal)
        assert len(sent) == woken


def test_an_sms_takes_few_statements_to_its_thread(portal: Portal, case: Case) -> None:
    """Each is a good part of what it costs. On SQLite they begin with BEGIN."""
    reply(portal, case, "Det gik godt")
    statements = count_statements(portal.database)
    background.receive(portal)
    assert len([each for each in statements if not each.startswith("BEGIN")]) <= 8


def test_what_is_rolled_back_wakes_nobody(portal: Portal, case: Case) -> None:
    with pytest.raises(LookupError), portal.write(case.municipality_id) as session:
        write_as_staff(
            session, case.citizen_id, StaffWriting(case.staff_id, "Hej", Channel.SMS), portal.clock()
        )
        raise LookupError
    assert portal.queue is not None and portal.queue.pending_count() == 0
    assert statuses(portal, case) == []


def test_many_wake_ups_are_one_task_until_it_begins(portal: Portal, case: Case) -> None:
    for number in range(5):
        write(portal, case, f"Besked {number}")
    assert portal.queue is not None and portal.queue.pending_count() == 1
    task = portal.queue.dequeue()
    portal.queue.execute(task)
    assert statuses(portal, case) == [Status.DELIVERED] * 5
    portal.wake_delivery()
    assert portal.queue.pending_count() == 1


def test_a_lost_wake_up_only_waits_for_the_sweep(portal: Portal, case: Case) -> None:
    write(portal, case)
    reply(portal, case, "Ja tak")
    assert portal.queue is not None
    portal.queue.storage.flush_queue()  # the tasks are gone; what says that they wait is not
    sweep = portal.queue._registry.periodic_tasks[0]
    portal.queue.execute(sweep)
    with working(portal):
        until(lambda: statuses(portal, case) == [Status.DELIVERED] and len(bodies(portal, case)) == 2)


def test_a_process_that_dies_between_storing_and_handling_loses_nothing(
    portal: Portal, case: Case, database: Database, database_url: str
) -> None:
    portal.wake_inbound = lambda: None  # it died before it could
    reply(portal, case, "Ja tak")
    assert bodies(portal, case) == []
    background.receive(portal)
    background.receive(portal)
    assert bodies(portal, case) == ["Ja tak"]


def test_a_queue_that_is_down_costs_the_caller_nothing(portal: Portal, case: Case) -> None:
    assert portal.queue is not None
    portal.queue.storage.enqueue = fail
    with capture_logs() as logs:
        write(portal, case)
    assert [line["event"] for line in logs] == ["nobody woken"]
    assert statuses(portal, case) == [Status.QUEUED]


def fail(*_: object, **__: object) -> None:
    raise ConnectionError("redis://user:password@queue")


def test_a_failing_task_is_logged_without_what_it_was_about(
    portal: Portal, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "deliver", fail)
    portal.wake_delivery()
    assert portal.queue is not None
    with capture_logs() as logs:
        portal.queue.execute(portal.queue.dequeue())
    (line,) = [line for line in logs if line["event"] == "task failed"]
    assert (line["task"], line["error"]) == ("deliver", "ConnectionError")
    assert "password" not in str({**line, "exc_info": None})


def test_a_round_that_leaves_something_due_asks_for_the_next(
    portal: Portal, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "ROUND", 2)
    for number in range(3):
        write(portal, case, f"Besked {number}")
    assert portal.queue is not None
    portal.queue.execute(portal.queue.dequeue())
    assert statuses(portal, case).count(Status.DELIVERED) == 2
    assert portal.queue.pending_count() == 1
    portal.queue.execute(portal.queue.dequeue())
    assert statuses(portal, case) == [Status.DELIVERED] * 3


def test_a_phone_that_is_switched_on_again_gets_what_waited(portal: Portal, case: Case) -> None:
    phone = phone_of(portal, case)
    with portal.database.write(EVERYONE) as session:
        simulator.set_phone_state(session, phone, PhoneState.OFF)
    write(portal, case)
    background.deliver(portal)
    assert (statuses(portal, case), on_screen(portal, case)) == ([Status.SENT], [])
    with portal.database.write(EVERYONE) as session:
        simulator.set_phone_state(session, phone, PhoneState.ON)
    background.hear_network(portal)
    assert (statuses(portal, case), on_screen(portal, case)) == ([Status.DELIVERED], ["Vi ses kl. 10"])


def test_a_number_that_is_not_in_use_is_told_to_the_caseworker(portal: Portal, case: Case) -> None:
    phone = phone_of(portal, case)
    with portal.database.write(EVERYONE) as session:
        simulator.set_phone_state(session, phone, PhoneState.NOT_IN_USE)
    write(portal, case)
    background.deliver(portal)
    with portal.database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).number_failed_at == portal.clock()
        assert "number_dead" in session.scalars(select(ThreadEntry.kind)).all()


def test_the_sweep_tells_that_the_worker_lives(portal: Portal, now: datetime) -> None:
    background.sweep(portal)
    with portal.database.read(EVERYONE) as session:
        assert session.scalars(select(Heartbeat.at)).one() == now
