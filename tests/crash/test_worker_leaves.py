"""``flask worker`` as an operator runs and stops it: a real process, two of them, and SIGTERM."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import func, select

from database.engine import Database
from database.tenancy import EVERYONE
from messaging.message import Status
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from portal.store import schema
from portal.store.system import Heartbeat
from tests.conftest import KEYRING, NOW, add_municipality
from tests.databases import run_on_server, url_of

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
MESSAGES = 30


def test_two_workers_that_both_sweep_empty_one_outbox_and_leave_when_told(postgres_server: str) -> None:
    run_on_server(postgres_server, "DROP DATABASE IF EXISTS leaving WITH (FORCE)")
    run_on_server(postgres_server, "CREATE DATABASE leaving")
    url = url_of(postgres_server, "leaving")
    database = Database(url)
    schema.upgrade(database.engine)
    with database.write(add_municipality(database)) as session:
        for number in range(MESSAGES):
            enqueue(session, NewMessage("of_no_kind", 1, f"m:{number}"), NOW)
    with ExitStack() as stack:
        workers = [stack.enter_context(flask_worker(url)) for _ in range(2)]
        deadline = time.monotonic() + PATIENCE
        while untried(database) or not beats(database) or not all(map(listens, workers)):
            assert time.monotonic() < deadline, "the workers did not do it"
        for each in workers:
            each.send_signal(signal.SIGTERM)
        assert [each.wait(timeout=20) for each in workers] == [0, 0]
    with database.read(EVERYONE) as session:
        tries = session.execute(select(OutboxMessage.status, OutboxMessage.attempts)).all()
        claimed = session.scalars(
            select(OutboxMessage.claimed_by).where(OutboxMessage.claimed_by.is_not(None))
        )
        assert {tuple(each) for each in tries} == {(Status.QUEUED, 1)}, "each was taken up once"
        assert claimed.all() == []
    database.dispose()


@contextmanager
def flask_worker(url: str) -> Iterator[subprocess.Popen[bytes]]:
    env = {
        **os.environ,
        "SECRET_KEY": "a secret key that serves tests only, long",
        "ENCRYPTION_KEYS": ",".join(KEYRING.encryption_keys),
        "INDEX_SECRET": KEYRING.index_secret,
        "DATABASE_URL": url,
        "QUEUE_URL": url.replace("+psycopg", ""),
    }
    command = [sys.executable, "-W", "ignore", "-m", "flask", "--app", "wsgi", "worker"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def listens(process: subprocess.Popen[bytes]) -> bool:
    """One of the two may do all the work while the other is only starting: SIGTERM would end that one at once."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def beats(database: Database) -> int:
    with database.read(EVERYONE) as session:
        return session.scalar(select(func.count()).select_from(Heartbeat)) or 0


def untried(database: Database) -> int:
    with database.read(EVERYONE) as session:
        return (
            session.scalar(select(func.count()).select_from(OutboxMessage).where(OutboxMessage.attempts == 0))
            or 0
        )
