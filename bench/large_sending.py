"""A sending to 50,000 run whole, and what a caseworker's SMS waits that is written while it goes.

It takes some minutes, so it is no part of ``make bench``: ``python -m bench.large_sending sqlite|postgresql [COUNT]``.
On SQLite one process with its worker's threads; on PostgreSQL two worker processes and this one, which stands for the
web. No pace, and gateways that take everything at once: so the sending is as much in the way as it can be. Every other
second a reply is written to another citizen; its wait is from the caseworker's commit until a gateway has it.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.synchronize import Event, Semaphore
from pathlib import Path
from statistics import median

import psutil
from sqlalchemy import make_url, select

from bench import delivery, planning, seed, servers
from bench.sending import TakesAll, portal_on
from database.base import Municipality
from database.lean import insert_rows
from database.tenancy import EVERYONE
from messaging.claims import set_pace
from messaging.gateway import Outcome, OutgoingSms
from portal import worker
from portal.domain.sendings import SendingKind, SendingState
from portal.runtime import Portal
from portal.services.thread import Channel, StaffWriting, Written, write_as_staff
from portal.store import questionnaires, schema
from portal.store.people import Citizen, Staff
from portal.store.sendings import Sending, SendingRecipient

RECIPIENTS = 50_000
WORKERS = 2
SECONDS_BETWEEN_REPLIES = 2.0
MARK = "Svar nummer"
NUMBER = "+4510900900"


class Listens(TakesAll):
    """Writes down each SMS: whether it is a reply, to whom it went, and when."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file.open("a", buffering=1)

    def send(self, sms: OutgoingSms) -> Outcome:
        self._file.write(f"{MARK in sms.text:d} {sms.to} {time.time()}\n")
        return super().send(sms)


@dataclass(frozen=True)
class Heard:
    """What the gateways wrote down so far."""

    sent: Counter[str]
    replies: dict[str, float]

    @classmethod
    def of(cls, folder: Path) -> Heard:
        lines = [line.split() for file in folder.glob("*.sent") for line in file.read_text().splitlines()]
        return cls(
            Counter(to for is_reply, to, _ in lines if is_reply == "0"),
            {to: float(at) for is_reply, to, at in reversed(lines) if is_reply == "1"},
        )


def main(kind: str, count: int) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="taletid-bench-")))
        if kind == "sqlite":
            url, costed = f"sqlite:///{folder}/large.db", (psutil.Process(),)
        else:
            server, process = stack.enter_context(servers.postgres(folder / "postgres"))
            url, costed = servers.new_database(server, "large"), (process,)
        print(f"{kind}: {_run(url, count, folder, costed)}", flush=True)


def _run(url: str, count: int, folder: Path, costed: tuple[psutil.Process, ...]) -> str:
    is_alone = url.startswith("sqlite")
    portal = portal_on(url) if is_alone else _with_queue(url)
    schema.upgrade(portal.database.engine)
    worker.wait_for_queue(portal)
    municipality_id, citizens = _prepare(portal, count)
    with _working_here(portal, folder) if is_alone else _workers(url, folder) as workers:
        costed = (*costed, *workers)
        cpu, began = servers.cpu_seconds(costed), time.perf_counter()
        written = dict(_write_replies(portal, municipality_id, citizens, folder))
        seconds, cpu = time.perf_counter() - began, servers.cpu_seconds(costed) - cpu
        megabytes = max(each.memory_info().rss for each in (workers or costed)) / 1e6
    heard = Heard.of(folder)
    waits = [heard.replies[phone] - at for phone, at in written.items()]
    twice = sum(times > 1 for times in heard.sent.values())
    portal.database.dispose()
    return (
        f"{len(heard.sent)} of {count} had it in {seconds:.0f} s, {twice} of them twice; "
        f"{1000 * cpu / count:.1f} ms of CPU each over all processes, {megabytes:.0f} MB in the largest; "
        f"{len(waits)} replies waited {median(waits):.2f} s in the middle, {max(waits):.2f} s at most"
    )


def _with_queue(url: str) -> Portal:
    """On the same PostgreSQL."""
    return portal_on(url, queue_url=make_url(url).set(drivername="postgresql").render_as_string(False))


@contextmanager
def _working_here(portal: Portal, folder: Path) -> Iterator[tuple[psutil.Process, ...]]:
    """In threads of this process."""
    portal.gateway = Listens(folder / "here.sent")
    consumer = worker.consumer(portal, workers=4)
    consumer.start()
    yield ()
    consumer.stop(graceful=True)


@contextmanager
def _workers(url: str, folder: Path) -> Iterator[tuple[psutil.Process, ...]]:
    """In processes of their own."""
    spawn = multiprocessing.get_context("spawn")
    ready, done = spawn.Semaphore(0), spawn.Event()
    processes = [
        spawn.Process(target=_work, args=(url, folder / f"{number}.sent", ready, done))
        for number in range(WORKERS)
    ]
    for process in processes:
        process.start()
    for _ in processes:
        ready.acquire()
    yield tuple(psutil.Process(process.pid) for process in processes)
    done.set()
    for process in processes:
        process.join()


def _work(url: str, file: Path, ready: Semaphore, done: Event) -> None:
    portal = _with_queue(url)
    portal.gateway = Listens(file)
    consumer = worker.consumer(portal, workers=2)
    consumer.start()
    worker.start_sweep(portal)
    ready.release()
    done.wait()
    consumer.stop(graceful=True)


def _prepare(portal: Portal, count: int) -> tuple[int, list[tuple[int, str]]]:
    """The municipality, and its citizens with their numbers; the sending runs from the moment a worker looks."""
    now, municipality_id = datetime.now(UTC), seed.prepare(portal.database)
    with portal.database.write(EVERYONE) as session:
        municipality = session.get_one(Municipality, municipality_id)
        municipality.send_always, municipality.reply_number = True, NUMBER
        set_pace(session, municipality_id, delivery.NO_LIMIT)
    with portal.database.write(municipality_id) as session:
        form = questionnaires.by_key(session, seed.PROGRESSION)
        staff = session.scalars(select(Staff)).first()
        assert form is not None and staff is not None and staff.team_id is not None
        rows = [planning.citizen(number, staff) for number in range(count)]
        made = insert_rows(session, Citizen, rows, returning=("id", "phone"))
        sending = Sending(
            team_id=staff.team_id,
            staff_id=staff.id,
            form_key="large",
            kind=SendingKind.QUESTIONNAIRE,
            questionnaire_id=form.id,
            state=SendingState.RUNNING,
            created_at=now,
            changed_at=now,
        )
        session.add(sending)
        session.flush()
        insert_rows(
            session, SendingRecipient, [{"sending_id": sending.id, "citizen_id": id_} for id_, _ in made]
        )
    return municipality_id, [(id_, phone) for id_, phone in made]


def _write_replies(
    portal: Portal, municipality_id: int, citizens: list[tuple[int, str]], folder: Path
) -> Iterator[tuple[str, float]]:
    """Until all have got what they are to get: the number written to, and when the caseworker's click was done."""
    for number, (citizen_id, phone) in enumerate(citizens):
        if sum(file.read_bytes().count(b"\n") for file in folder.glob("*.sent")) >= len(citizens) + number:
            return
        reply = StaffWriting(1, f"{MARK} {number}", Channel.SMS)
        with portal.write(municipality_id) as session:
            assert isinstance(write_as_staff(session, citizen_id, reply, portal.clock()), Written)
        yield phone, time.time()
        time.sleep(SECONDS_BETWEEN_REPLIES)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else RECIPIENTS)
