"""How fast the outbox empties into a gateway that takes everything, against the bare claims and commits.

The same rows are sent again and again: each round puts them back. Product and bare take turns, A B C A B C, so that
whatever else the machine does meets both; what is told is the median over the rounds of each round's own ratio.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

import psutil
from sqlalchemy import update

from bench import seed, servers
from bench.table import Line, at_least
from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.claims import set_pace
from messaging.message import Lane, Status
from messaging.outbox import OutboxMessage
from portal.store import schema

MESSAGES = 400
ROUNDS = 3
RATIO, MOST_CPU = 0.5, 5.0
NO_LIMIT = 1_000_000


@dataclass(frozen=True)
class Cost:
    """``cpu``: milliseconds a message, the database's own included; ``rate``: messages a second."""

    cpu: float
    rate: float


def measure(
    url: str, name: str, workers: tuple[int, ...], database: tuple[psutil.Process, ...] = ()
) -> Iterator[Line]:
    """``name``: the database's; ``database``: its own processes; ``url``: an empty one."""
    outbox = _Outbox(url)
    for count in workers:
        with (
            _crew(outbox, "product", count, database) as ours,
            _crew(outbox, "bare", count, database) as bare,
            _crew(outbox, "shared", count, database) as shared,
        ):
            crews = (ours, bare, shared)
            rounds = [tuple(crew.drain() for crew in crews) for _ in range(ROUNDS + 1)][
                1:
            ]  # the first warms up
        yield from _compared(f"{name}, {count} worker{'s' if count > 1 else ''}", rounds)
    outbox.database.dispose()


def _compared(title: str, rounds: list[tuple[Cost, ...]]) -> Iterator[Line]:
    ours, bare, shared = (
        Cost(median(each.cpu for each in side), median(each.rate for each in side))
        for side in zip(*rounds, strict=True)
    )
    ratio = median(our.rate / its.rate for our, _, its in rounds)
    apart = median(our.rate / its.rate for our, its, _ in rounds)
    cpu = f"{ours.cpu:.1f} ms ({shared.cpu:.1f} bare, {bare.cpu:.1f} bare and each by itself)"
    yield at_least(f"{title}: messages a second", ratio, RATIO, f" ({ours.rate:.0f}/{shared.rate:.0f})")
    yield Line(f"{title}: the same, bare commits of each by itself", f"{apart:.2f} (/{bare.rate:.0f})")
    yield Line(f"{title}: CPU a message", cpu, f"<= {MOST_CPU:.0f} ms", ours.cpu <= MOST_CPU)


class _Outbox:
    def __init__(self, url: str) -> None:
        self.url = url
        self.database = Database(url)
        schema.upgrade(self.database.engine)
        municipality_id = seed.prepare(self.database)
        with self.database.write(EVERYONE) as session:
            session.get_one(Municipality, municipality_id).send_always = True
            set_pace(session, municipality_id, NO_LIMIT)
        seed.invite(self.database, municipality_id, seed.PROGRESSION, MESSAGES)

    def fill(self) -> None:
        """All are due, as they were when they were new."""
        new = {
            "status": Status.QUEUED,
            "lane": Lane.SINGLE,
            "due_at": datetime.now(UTC),
            "attempts": 0,
            "claimed_by": None,
            "provider_id": None,
            "sent_at": None,
        }
        with self.database.write(EVERYONE) as session:
            session.execute(update(OutboxMessage).values(**new))
        self._vacuum()

    def _vacuum(self) -> None:
        """So that no round pays for the one before it."""
        if not self.database.is_sqlite:
            with self.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE outbox_messages")


@dataclass(frozen=True)
class _Crew:
    """Processes that empty the outbox together; ``costed`` are all whose CPU counts."""

    outbox: _Outbox
    processes: list[subprocess.Popen[str]]
    costed: tuple[psutil.Process, ...]

    def drain(self) -> Cost:
        self.outbox.fill()
        before, began = servers.cpu_seconds(self.costed), time.perf_counter()
        for each in self.processes:
            _tell(each)
        sent = sum(int(_answer(each)) for each in self.processes)
        seconds, cpu = time.perf_counter() - began, servers.cpu_seconds(self.costed) - before
        if sent != MESSAGES:
            raise RuntimeError(f"{sent} of {MESSAGES} messages were sent")
        return Cost(1000 * cpu / sent, sent / seconds)


@contextmanager
def _crew(outbox: _Outbox, kind: str, workers: int, database: tuple[psutil.Process, ...]) -> Iterator[_Crew]:
    with ExitStack() as stack:
        processes = [stack.enter_context(_process(kind, outbox.url)) for _ in range(workers)]
        yield _Crew(outbox, processes, (*(psutil.Process(each.pid) for each in processes), *database))


@contextmanager
def _process(kind: str, url: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-W", "ignore", "-m", "bench.sending", kind, url]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _answer(process)
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)


def _tell(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def _answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("a sending process has stopped")
    return line
