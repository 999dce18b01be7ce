"""Web, workers and a gateway as processes of their own, killed at random; usage: ``python -m tests.crash.town URL
FOLDER SECONDS``. On SQLite one process does the web and the work.

Time runs fast here (a second is half a minute), so that leases, retries and sweeps come round within the run; at
the end it jumps from one waiting message's time to the next. The processes are forked from this one, which has
loaded everything: a new one is at work in a moment.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import psycopg
import waitress
from sqlalchemy import func, make_url, select

from database import encryption
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.kannel_gateway import KannelGateway, status_url
from messaging.outbox import OutboxMessage
from portal import worker
from portal.app import build_portal, create_app
from portal.config import KannelAccount, Settings
from portal.runtime import Portal
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.people import Citizen
from tests.conftest import KEYRING
from tests.crash import gateway
from tests.crash.gateway import SECRET, Town, pause

SPEED = 30
GATEWAY_SECONDS = 1.0
"""How long we wait for the double: less than a lease at this speed."""
WORKERS = 3
GROWN_SECONDS = 3.0
"""Rather kill who is at work than who is only starting."""
PATIENCE = 90.0


def settings_of(town: Town) -> Settings:
    account = KannelAccount(
        f"http://127.0.0.1:{town.gateway_port}", "kannel", "word", SECRET, "http://127.0.0.1"
    )
    return Settings(
        secret_key="a secret key that serves tests only, long",
        encryption_keys=KEYRING.encryption_keys,
        index_secret=KEYRING.index_secret,
        database_url=town.url,
        queue_url="memory:" if town.is_sqlite else make_url(town.url).set(drivername="postgresql")
        .render_as_string(hide_password=False),
        gateway="kannel",
        kannel=account,
        sending_threads=4,
    )  # fmt: skip


class Clock:
    """The same for all processes: what stands in a file is how far it was set on."""

    def __init__(self, town: Town) -> None:
        self._file, self._began = town.folder / "set_on", float((town.folder / "began").read_text())

    def __call__(self) -> datetime:
        now = time.time()
        return datetime.fromtimestamp(now + (now - self._began) * (SPEED - 1) + self.set_on(), UTC)

    def set_on(self) -> float:
        return float(self._file.read_text() or 0) if self._file.exists() else 0.0

    def jump_to(self, moment: datetime) -> None:
        ahead = max((moment - self()).total_seconds(), 0.0)
        new = self._file.with_suffix(".new")
        new.write_text(str(self.set_on() + ahead))
        new.replace(self._file)


def web(town: Town) -> None:
    app = create_app(settings_of(town))
    portal = _set_up(town, app.extensions["taletid"])
    Thread(target=_staff_write, args=(town, portal), daemon=True).start()
    if town.is_sqlite:
        _work(portal)
    waitress.serve(app, host="127.0.0.1", port=town.web_port, threads=4)


def work(town: Town) -> None:
    portal = _set_up(town, build_portal(settings_of(town)))
    worker.wait_for_queue(portal)
    _work(portal)
    signal.pause()


def _set_up(town: Town, portal: Portal) -> Portal:
    """In this town's time, and with less patience for the gateway."""
    double, reports_to = f"http://127.0.0.1:{town.gateway_port}", f"http://127.0.0.1:{town.web_port}"
    portal.clock = Clock(town)
    portal.gateway = KannelGateway(
        double, "kannel", "word", status_url(reports_to, SECRET), timeout=GATEWAY_SECONDS
    )
    return portal


def _work(portal: Portal) -> None:
    """The consumer, and the sweep as often as time runs faster."""
    worker.consumer(portal, workers=2, periodic=False).start()

    def sweep() -> None:
        while True:
            try:
                worker.sweep(portal)
            except Exception as error:  # the database was cut off: the next comes soon
                print("sweep:", type(error).__name__, flush=True)
            pause(1.0)

    Thread(target=sweep, daemon=True).start()


def _staff_write(town: Town, portal: Portal) -> None:
    """What is committed is noted after it: then it may not be lost."""
    while not town.is_calm:
        try:
            with portal.database.read(1) as session:
                citizens = session.execute(select(Citizen.id, Citizen.caseworker_id)).all()
            citizen, staff = random.choice(citizens)
            with portal.write(1) as session:
                writing = StaffWriting(staff, f"Vi ses kl. 10 (nr. {random.randrange(10**5)})", Channel.SMS)
                written = write_as_staff(session, citizen, writing, portal.clock())
            town.note("written", str(getattr(written, "entry_id", written)))
        except Exception as error:
            print("writing:", type(error).__name__, flush=True)
        pause(0.04)


def _complain_into(file: Path) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for each in (1, 2):
        os.dup2(handle, each)


class Processes:
    def __init__(self, town: Town) -> None:
        self.town, self.kills, self.cuts, self.fell = town, 0, 0, 0
        self.running: dict[str, int] = {}
        self._since: dict[str, float] = {}
        self._works: dict[str, Callable[[Town], None]] = {"web": web, "gateway": gateway.serve}
        if not town.is_sqlite:
            self._works |= {f"worker {number}": work for number in range(WORKERS)}
        for name in self._works:
            self.start(name)

    def start(self, name: str) -> None:
        child = os.fork()
        if child == 0:
            _complain_into(self.town.folder / "complaints")
            try:
                self._works[name](self.town)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)  # whatever happens, it never goes on as its parent
        self.running[name], self._since[name] = child, time.monotonic()

    def kill(self, name: str) -> None:
        child = self.running.pop(name)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        self.fell += not os.WIFSIGNALED(status)

    def kill_one(self) -> None:
        grown = [name for name, since in self._since.items() if time.monotonic() - since > GROWN_SECONDS]
        name = random.choice(grown or [*self.running])
        self.kill(name)
        self.start(name)
        self.kills += 1

    def cut_database(self) -> None:
        if self.town.is_sqlite:
            return
        url = make_url(self.town.url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND random() < 0.5"
            )
        self.cuts += 1

    def stop(self) -> None:
        for name in [*self.running]:
            self.kill(name)


def main(url: str, folder: Path, seconds: float) -> None:
    encryption.use(KEYRING)
    (folder / "began").write_text(str(time.time()))
    numbers = tuple((folder / "numbers").read_text().split())
    town = Town(folder, url, _free_port(), _free_port(), numbers)
    _load(town)
    processes = Processes(town)
    try:
        _begin(town)
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            pause(1.5)
            processes.kill_one()
            if random.random() < 0.3:
                processes.cut_database()
        (folder / "calm").touch()
        _settle(town)
    finally:
        processes.stop()
    print(json.dumps({"kills": processes.kills, "cuts": processes.cuts, "fell": processes.fell}))


def _load(town: Town) -> None:
    """What a process loads when it starts is loaded here, once: each is forked from this one. The queue's tables are
    made, as "flask db upgrade" does before anything else."""
    portal: Portal = create_app(settings_of(town)).extensions["taletid"]
    worker.make_tables(portal)
    if portal.queue is not None and not town.is_sqlite:
        portal.queue.storage.close()
    portal.database.dispose()


def _begin(town: Town) -> None:
    """A kill before anything is at work proves nothing: workers, web and phones have each done something."""
    deadline = time.monotonic() + PATIENCE
    while not all(map(town.noted, ("taken", "written", "handed_in"))) and time.monotonic() < deadline:
        pause(0.2)


def _settle(town: Town) -> None:
    """Nobody is killed any more: time goes from one waiting message to the next, until none waits."""
    database, clock, deadline = Database(town.url), Clock(town), time.monotonic() + PATIENCE
    waiting = select(func.min(OutboxMessage.due_at))
    while time.monotonic() < deadline:
        with database.read(EVERYONE) as session:
            due_at = session.scalar(waiting)
        if due_at is None:
            break
        clock.jump_to(due_at)
        pause(0.5)
    database.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
