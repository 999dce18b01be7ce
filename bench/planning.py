"""What a schedule of 10,000 citizens costs: asking them all, and reminding them all three days later. In a process
of its own, so that its memory is that of the planning alone."""

from __future__ import annotations

import multiprocessing
import resource
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import func, select, update

from bench import seed
from bench.table import Line, at_most
from database import encryption
from database.encryption import Keyring, blind_index
from database.engine import Database
from database.lean import insert_rows
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.schedules import ScheduleKind
from portal.runtime import Portal
from portal.services import ladders, planning
from portal.store import questionnaires, tables
from portal.store.people import Citizen, Staff
from portal.store.reminders import ReminderSchedule

CITIZENS = 10_000
MOST_SECONDS, MOST_MEGABYTES = 10, 300
MORNING = datetime(2026, 11, 16, 6, 30, tzinfo=UTC)
"""A Monday, half past seven in Denmark."""
STEP_TWO = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)


def measure(url: str, name: str) -> list[Line]:
    """``url``: an empty database."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(url, theirs))
    process.start()
    asked, reminded, megabytes = ours.recv()
    process.join()
    return [
        at_most(f"{CITIZENS:,} citizens asked by a schedule, {name}", asked, MOST_SECONDS, " s"),
        at_most(f"{CITIZENS:,} reminders of them enqueued, {name}", reminded, MOST_SECONDS, " s"),
        at_most(f"memory of the process that did both, {name}", megabytes, MOST_MEGABYTES, " MB"),
    ]


def _run(url: str, answer: Connection) -> None:
    encryption.use(Keyring(("a key that serves the bench only, and long",), "an index secret for the bench"))
    database = Database(url)
    tables.METADATA.create_all(database.engine)
    municipality_id, schedule_id = _prepare(database)
    portal: Any = Portal.__new__(Portal)
    portal.database, portal.wake_delivery, portal.wake_inbound = database, _nobody, _nobody
    begun = time.perf_counter()
    planning.plan(portal, municipality_id, schedule_id, MORNING)
    asked = time.perf_counter()
    _send_all(database, municipality_id)
    sent = time.perf_counter()
    ladders.advance(portal, STEP_TWO)
    reminded = time.perf_counter()
    with database.read(municipality_id) as session:
        assert session.scalar(select(func.count(OutboxMessage.id))) == 2 * CITIZENS
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    answer.send((asked - begun, reminded - sent, megabytes))
    database.dispose()


def _prepare(database: Database) -> tuple[int, int]:
    municipality_id = seed.prepare(database)
    with database.write(municipality_id) as session:
        form = questionnaires.by_key(session, seed.PROGRESSION)
        staff = session.scalars(select(Staff)).first()
        assert form is not None and staff is not None and staff.team_id is not None
        insert_rows(session, Citizen, [citizen(number, staff) for number in range(CITIZENS)])
        schedule = ReminderSchedule(
            questionnaire_id=form.id,
            team_id=staff.team_id,
            kind=ScheduleKind.EVERY,
            months=3,
            starts_on=MORNING.date(),
            made_by=staff.id,
            created_at=MORNING,
        )
        session.add(schedule)
        session.flush()
        return municipality_id, schedule.id


def citizen(number: int, staff: Staff) -> dict[str, object]:
    phone = f"+4520{number:06d}"
    return {
        "team_id": staff.team_id,
        "caseworker_id": staff.id,
        "first_name": "Mette",
        "last_name": "Holm",
        "phone": phone,
        "phone_index": blind_index("phone", phone),
        "short_code": f"{number:06d}",
        "created_at": MORNING - timedelta(days=100),
    }


def _send_all(database: Database, municipality_id: int) -> None:
    """As a worker and a gateway would, in a moment."""
    with database.write(municipality_id) as session:
        session.execute(
            update(OutboxMessage).values(
                status=Status.DELIVERED, sent_at=MORNING + timedelta(hours=2), due_at=None
            )
        )


def _nobody() -> None:
    """Nobody waits for work here."""
