"""Delivers an outbox while being killed: `python -m tests.crash.worker URL ACCEPTED_FILE KILLS SEED`.

Each generation is a forked process that delivers until it is killed with SIGKILL at a random moment; the
last one finishes what is left. What the provider accepted is appended to a file that no kill can undo.
"""

from __future__ import annotations

import os
import random
import secrets
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from database import encryption
from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from messaging.crew import Crew
from messaging.delivery import Courier, Rendered
from messaging.gateway import Accepted, Outcome, OutgoingSms, Refused
from messaging.outbox import LEASE, Message, OutboxMessage
from tests.conftest import KEYRING, NOW
from tests.doubles.gateway import PHONE, Clock

MOST_MILLISECONDS_ALIVE = 60
MOST_MILLISECONDS_ON_THE_LINE = 4
THREADS = 3


def pause(most_milliseconds: float, chance: random.Random) -> None:
    threading.Event().wait(chance.uniform(0, most_milliseconds) / 1000)


class RecordingProvider:
    """Accepts everything, and writes it down before its answer sets out: a kill can fall in between."""

    name = "provider"

    def __init__(self, accepted: Path, working: int, chance: random.Random) -> None:
        self._file = os.open(accepted, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._working = working
        self._chance = chance

    def send(self, sms: OutgoingSms) -> Outcome:
        os.write(self._working, b".")
        pause(MOST_MILLISECONDS_ON_THE_LINE, self._chance)
        provider_id = secrets.token_hex(8)
        os.write(self._file, f"{sms.callback_reference} {provider_id}\n".encode())
        pause(MOST_MILLISECONDS_ON_THE_LINE, self._chance)
        return Accepted(provider_id)


class Hooks:
    def prepare(self, session: TenantSession, messages: Sequence[Message]) -> Sequence[Message]:
        return messages

    def render(self, session: TenantSession, message: Message) -> Rendered:
        return Rendered(PHONE, "Aakoebing", f"Hej {message.recipient_ref}")

    def refused(self, session: TenantSession, message: Message, refusal: Refused) -> None:
        raise AssertionError("this provider refuses nothing")


def deliver(url: str, accepted: Path, generation: int, working: int) -> None:
    """Deliver until nothing is left. Each generation lives after the leases of the one before."""
    database = Database(url)
    clock = Clock(NOW + generation * (LEASE + timedelta(seconds=1)))
    provider = RecordingProvider(accepted, working, random.Random())
    courier = Courier(database, provider, Hooks(), clock, f"generation {generation}")
    while waiting(database):
        Crew(THREADS).deliver(courier, most=10)
    os.write(working, b".")


def waiting(database: Database) -> int:
    with database.read(EVERYONE) as session:
        left = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.due_at.is_not(None))
        return session.scalars(left).one()


def run_and_kill(url: str, accepted: Path, generation: int, chance: random.Random) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        deliver(url, accepted, generation, writing)
        os._exit(0)
    os.read(reading, 1)  # it is at work: a kill before that would prove nothing
    pause(MOST_MILLISECONDS_ALIVE, chance)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)


def main(url: str, accepted: Path, kills: int, seed: int) -> None:
    encryption.use(KEYRING)
    chance = random.Random(seed)
    for generation in range(kills):
        run_and_kill(url, accepted, generation, chance)
    _, writing = os.pipe()
    deliver(url, accepted, kills, writing)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
