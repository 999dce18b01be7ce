"""Web, three workers and a gateway as real processes, each killed at random while the database's connections are
cut and the gateway is slow, wrong, silent and doubled: afterwards every message is accounted for.

A few seconds each in an ordinary run; ``FAULT_SECONDS=60`` (``make faults``) for the whole minute.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.claims import set_pace
from messaging.inbound import InboundMessage
from messaging.message import Lane, Status
from messaging.outbox import OutboxMessage
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.people import Staff
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import make_case

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("FAULT_SECONDS", "8"))
CITIZENS = 20
WAITING = 150
WENT_OUT = {Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.UNKNOWN}


def test_every_message_is_accounted_for(
    database: Database,
    database_url: str,
    municipality: int,
    tmp_path: Path,
) -> None:
    prepare(database, municipality, tmp_path)
    database.dispose()
    town = under_fire(database_url, tmp_path)
    taken, written, handed_in = (noted(tmp_path, file) for file in ("taken", "written", "handed_in"))

    with database.read(EVERYONE) as session:
        messages = session.scalars(select(OutboxMessage)).all()
        entries = set(session.scalars(select(ThreadEntry.id)))
        inbound = Counter(session.scalars(select(InboundMessage.provider_id)))
        unheard = session.scalars(
            select(InboundMessage.id).where(InboundMessage.processed_at.is_(None))
        ).all()
        in_threads = Counter(
            session.scalars(select(ThreadEntry.inbound_id).where(ThreadEntry.inbound_id.is_not(None)))
        )

    fates = Counter(fate(message, taken[message.reference]) for message in messages)
    figures = {**town, "messages": len(messages), "inbound": len(inbound), **fates}
    print(json.dumps(figures))
    assert taken and written and handed_in, "some part of the town was never at work"
    assert set(taken) <= {message.reference for message in messages}, "sent without a row"
    assert {int(entry) for entry in written} <= entries, "written by staff, confirmed, and lost"
    assert set(handed_in) <= set(inbound), "taken from the provider and lost"
    assert set(inbound.values()) | set(in_threads.values()) <= {1}, "one SMS, twice"
    assert not unheard
    assert not {"lost", "sent twice and not counted", "said to be sent, and was not"} & fates.keys()
    assert (town["kills"] > 0, town["fell"]) == (True, 0), "who was not killed, lived"
    assert fates["sent once"] > 0


def fate(message: OutboxMessage, copies: int) -> str:
    if copies > 1 and message.possible_duplicates < copies - 1:
        return "sent twice and not counted"
    if copies > 0:
        return "sent once" if copies == 1 else "sent more than once, and counted"
    if message.status in {Status.SENT, Status.DELIVERED, Status.UNDELIVERED}:
        return "said to be sent, and was not"
    return "not sent, with a reason" if message.reason else "lost"


def prepare(database: Database, municipality: int, folder: Path) -> None:
    numbers = [f"+45109010{number:02d}" for number in range(CITIZENS)]
    for number, phone in enumerate(numbers):
        if number == 0:
            case = make_case(database, municipality, datetime.now(UTC), phone=phone)
            continue
        add_citizen(database, municipality, case.staff_id, phone)
    with database.write(municipality) as session:
        for number in range(WAITING):
            text = f"Vi ses kl. 10 ({number})"
            batch = StaffWriting(case.staff_id, text, Channel.SMS, lane=Lane.BULK)
            write_as_staff(session, case.citizen_id + number % CITIZENS, batch, datetime.now(UTC))
    with database.write(EVERYONE) as session:
        session.get_one(Municipality, municipality).send_always = True
        set_pace(session, municipality, 10_000)
    (folder / "numbers").write_text("\n".join(numbers))


def add_citizen(database: Database, municipality: int, staff_id: int, phone: str) -> None:
    with database.write(municipality) as session:
        factories.add_citizen(session, datetime.now(UTC), session.get_one(Staff, staff_id), phone=phone)


def under_fire(url: str, folder: Path) -> dict[str, int]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.crash.town", url, str(folder), str(SECONDS)]
    done = subprocess.run(
        command, cwd=ROOT, check=True, timeout=SECONDS + 180, stdout=subprocess.PIPE, text=True
    )
    figures: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return figures


def noted(folder: Path, file: str) -> Counter[str]:
    path = folder / file
    return Counter(path.read_text().split()) if path.exists() else Counter()
