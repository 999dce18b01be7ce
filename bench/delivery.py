"""How fast the outbox empties into a gateway that takes everything, against the bare claims and commits.

The same rows are sent again and again: each round puts them back. Product and bare take turns, A B A B, so that
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
from bench.table import Line, at_least, at_most
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
        pairs = [
            (_drain(outbox, "product", count, database), _drain(outbox, "bare", count, database))
            for _ in range(ROUNDS)
        ]
        ours, bare = (
            Cost(median(each.cpu for each in side), median(each.rate for each in side))
            for side in zip(*pairs, strict=True)
        )
        ratio = median(our.rate / its.rate for our, its in pairs)
        title = f"{name}, {count} worker{'s' if count > 1 else ''}"
        yield at_least(f"{title}: messages a second", ratio, RATIO, f" ({ours.rate:.0f}/{bare.rate:.0f})")
        yield at_most(f"{title}: CPU a message", ours.cpu, MOST_CPU, " ms", f" ({bare.cpu:.1f} bare)")
    outbox.database.dispose()


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


def _drain(outbox: _Outbox, kind: str, workers: int, database: tuple[psutil.Process, ...]) -> Cost:
    with ExitStack() as stack:
        processes = [stack.enter_context(_process(kind, outbox.url)) for _ in range(workers)]
        costed = (*(psutil.Process(each.pid) for each in processes), *database)
        outbox.fill()
        before, began = servers.cpu_seconds(costed), time.perf_counter()
        for each in processes:
            _tell(each)
        sent = sum(int(_answer(each)) for each in processes)
        seconds, cpu = time.perf_counter() - began, servers.cpu_seconds(costed) - before
        if sent != MESSAGES:
            raise RuntimeError(f"{kind} sent {sent} of {MESSAGES} messages")
        return Cost(1000 * cpu / sent, sent / seconds)


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
