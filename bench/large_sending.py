"""A sending to 50,000 run whole, and what a caseworker's SMS waits that is written while it goes.

It takes some minutes, so it is no part of ``make bench``: ``python -m bench.large_sending sqlite|postgresql [COUNT]``.
One process with its worker's threads, no pace, and a gateway that takes everything at once: so the sending is as much
in the way as it can be. Every other second a reply is written to another citizen; its wait is from the caseworker's
commit until the gateway has it.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from bench import delivery, planning, seed, servers
from bench.sending import TakesAll, portal_on
from database.base import Municipality
from database.lean import insert_rows
from database.tenancy import EVERYONE
from messaging.claims import set_pace
from messaging.gateway import Outcome, OutgoingSms
from messaging.outbox import OutboxMessage
from portal import worker
from portal.domain.sendings import SendingKind, SendingState
from portal.runtime import Portal
from portal.services.thread import Channel, StaffWriting, Written, write_as_staff
from portal.store import questionnaires, schema
from portal.store.people import Citizen, Staff
from portal.store.sendings import Sending, SendingRecipient

RECIPIENTS = 50_000
SECONDS_BETWEEN_REPLIES = 2.0
MARK = "Svar nummer"
NUMBER = "+4510900900"


class Listens(TakesAll):
    """Knows how often each number was sent to, and when it had each reply."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Counter[str] = Counter()
        self.heard: dict[str, float] = {}

    def send(self, sms: OutgoingSms) -> Outcome:
        if MARK in sms.text:
            self.heard.setdefault(sms.to, time.perf_counter())
        else:
            self.sent[sms.to] += 1
        return super().send(sms)


def main(kind: str, count: int) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="taletid-bench-")))
        if kind == "sqlite":
            url = f"sqlite:///{folder}/large.db"
        else:
            url = servers.new_database(stack.enter_context(servers.postgres(folder / "postgres"))[0], "large")
        print(f"{kind}: {_run(url, count)}", flush=True)


def _run(url: str, count: int) -> str:
    portal, gateway = portal_on(url), Listens()
    portal.gateway = gateway
    schema.upgrade(portal.database.engine)
    municipality_id, citizens = _prepare(portal, count)
    consumer = worker.consumer(portal, workers=4)
    cpu, began = time.process_time(), time.perf_counter()
    consumer.start()
    written = dict(_write_replies(portal, municipality_id, citizens))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    consumer.stop(graceful=True)
    waits = [gateway.heard[phone] - at for phone, at in written.items()]
    twice = sum(times > 1 for times in gateway.sent.values())
    portal.database.dispose()
    return (
        f"{len(gateway.sent)} of {count} had it in {seconds:.0f} s, {twice} of them twice; "
        f"{1000 * cpu / count:.1f} ms of CPU each in the process, {_megabytes():.0f} MB at most; "
        f"{len(waits)} replies waited {median(waits):.2f} s in the middle, {max(waits):.2f} s at most"
    )


def _megabytes() -> float:
    """The most that the process has had; the list of citizens that the bench itself keeps is part of it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
    portal: Portal, municipality_id: int, citizens: list[tuple[int, str]]
) -> Iterator[tuple[str, float]]:
    """While the sending goes: the number written to, and when the caseworker's click was done."""
    for number, (citizen_id, phone) in enumerate(citizens):
        if _is_sent(portal, municipality_id, len(citizens) + number):
            return
        reply = StaffWriting(1, f"{MARK} {number}", Channel.SMS)
        with portal.write(municipality_id) as session:
            assert isinstance(write_as_staff(session, citizen_id, reply, portal.clock()), Written)
        yield phone, time.perf_counter()
        time.sleep(SECONDS_BETWEEN_REPLIES)


def _is_sent(portal: Portal, municipality_id: int, count: int) -> bool:
    with portal.database.read(municipality_id) as session:
        gone = select(func.count(OutboxMessage.id)).where(OutboxMessage.sent_at.is_not(None))
        return session.scalar(gone) == count


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else RECIPIENTS)
