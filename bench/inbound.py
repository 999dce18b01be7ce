"""What it costs to take an SMS in: the webhook, and the way on into the thread, in one process with the worker.

``flask serve`` with Kannel's webhooks, whose check is a comparison: so what is measured is the taking in.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from statistics import median

import psutil
from sqlalchemy import func, select

from bench import servers
from bench.http import Connection
from bench.servers import Served
from bench.table import Line
from database.base import Municipality
from database.tenancy import EVERYONE
from messaging.inbound import InboundMessage
from messaging.kannel_gateway import CALLER
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests import factories

SECRET = "a-secret-that-serves-measuring-only"
KANNEL = {
    "GATEWAY": "kannel",
    "KANNEL_USERNAME": "bench",
    "KANNEL_PASSWORD": "bench",
    "KANNEL_CALLBACK_SECRET": SECRET,
    "KANNEL_URL": "http://127.0.0.1:1",
}
"""Where nothing is sent to."""
NUMBER = "+4510900000"
CONNECTIONS, EACH, ALONE = 4, 75, 15
MOST_CPU = 17
"""Milliseconds: what the best known open national system takes."""


def measure(portal: Served, name: str, database: tuple[psutil.Process, ...] = ()) -> Iterator[Line]:
    """``portal``: served with `KANNEL`; ``name``: the database's; ``database``: its own processes."""
    phones = _prepare(portal)
    costed = (portal.process, *database)
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        _crowd(portal, threads, phones, "warm")
        _until_all_are_heard(portal)  # or they would be paid for with those that are measured
        before, began = servers.cpu_seconds(costed), time.perf_counter()
        _crowd(portal, threads, phones, "told")
        taken = time.perf_counter() - began
        _until_all_are_heard(portal)
        cpu = 1000 * (servers.cpu_seconds(costed) - before) / (CONNECTIONS * EACH)
    yield Line(f"{name}: SMS taken in a second", f"{CONNECTIONS * EACH / taken:.0f}")
    yield Line(
        f"{name}: CPU an SMS, until it stands in its thread",
        f"{cpu:.1f} ms",
        f"<= {MOST_CPU} ms",
        cpu <= MOST_CPU,
    )
    yield Line(f"{name}: from the provider's call to the thread", f"{_alone(portal, phones[0]):.0f} ms")


def _prepare(portal: Served) -> list[str]:
    """The phones of as many citizens as there are connections."""
    now = datetime.now(UTC)
    with portal.database.write(EVERYONE) as session:
        session.get_one(Municipality, portal.municipality_id).reply_number = NUMBER
    with portal.database.write(portal.municipality_id) as session:
        staff = session.scalars(select(Staff)).first()
        assert staff
        citizens: list[Citizen] = [factories.add_citizen(session, now, staff) for _ in range(CONNECTIONS)]
        return [citizen.phone for citizen in citizens]


def _crowd(portal: Served, threads: ThreadPoolExecutor, phones: list[str], name: str) -> None:
    def write(phone: str) -> None:
        provider = call_from(portal, phone)
        for number in range(EACH):
            hand_in(provider, f"{name}-{phone[1:]}-{number}")
        provider.close()

    list(threads.map(write, phones))


def _alone(portal: Served, phone: str) -> float:
    """Milliseconds until the SMS stands in the thread, from where the page takes it at its next look; the median."""
    provider, seconds = call_from(portal, phone), []
    for number in range(ALONE):
        entries = _entries(portal)
        began = time.perf_counter()
        hand_in(provider, f"alone-{number}")
        _until(lambda before=entries: _entries(portal) > before)  # type: ignore[misc]
        seconds.append(time.perf_counter() - began)
    return 1000 * median(seconds)


def call_from(portal: Served, phone: str) -> Connection:
    known = b64encode(f"{CALLER}:{SECRET}".encode()).decode()
    return Connection(
        portal.port,
        {
            "Authorization": f"Basic {known}",
            "Content-Type": "text/plain; charset=utf-8",
            "X-Kannel-From": phone,
            "X-Kannel-To": NUMBER,
            "X-Kannel-Coding": "0",
        },
    )


def hand_in(connection: Connection, sms_id: str) -> None:
    reply = connection.send(
        "POST", f"/webhooks/kannel/inbound?id={sms_id}", {}, f"Det gik fint {sms_id}".encode()
    )
    if reply.status // 100 != 2:
        raise RuntimeError(f"an SMS was not taken: {reply.status}")


def _until_all_are_heard(portal: Served) -> None:
    """Looks seldom: on PostgreSQL each look is CPU that is counted."""
    _until(lambda: not _waiting(portal), pause=0.1)


def _waiting(portal: Served) -> int:
    with portal.database.read(EVERYONE) as session:
        unheard = (
            select(func.count()).select_from(InboundMessage).where(InboundMessage.processed_at.is_(None))
        )
        return session.scalar(unheard) or 0


def _entries(portal: Served) -> int:
    with portal.database.read(EVERYONE) as session:
        return session.scalar(select(func.count()).select_from(ThreadEntry)) or 0


def _until(is_so: Callable[[], bool], pause: float = 0.005) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError("what was handed in does not arrive")
        time.sleep(pause)
