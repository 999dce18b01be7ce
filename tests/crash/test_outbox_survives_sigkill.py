"""A worker is killed at random moments, many times over; afterwards every message is accounted for."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from sqlalchemy import select

from database.engine import Database
from database.tenancy import EVERYONE
from messaging.claims import set_pace
from messaging.message import Status, dedupe_key
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from tests.conftest import NOW
from tests.crash.worker import THREADS

MESSAGES, KILLS, SECONDS = 150, 25, 60
ROOT = Path(__file__).parents[2]


def test_nothing_is_lost_and_every_duplicate_is_counted(
    database: Database, database_url: str, municipality: int, tmp_path: Path
) -> None:
    with database.write(municipality) as session:
        set_pace(session, municipality, 10_000)
        for number in range(MESSAGES):
            enqueue(session, NewMessage("invitation", number, dedupe_key("invitation", number)), NOW)
    database.dispose()

    accepted = deliver_under_fire(database_url, tmp_path / "accepted", seed=7)

    with database.read(EVERYONE) as session:
        messages = session.scalars(select(OutboxMessage)).all()
    assert {message.reference for message in messages} == set(accepted), "lost, or sent without a row"
    assert {message.status for message in messages} == {Status.SENT}
    for message in messages:
        copies = accepted[message.reference]
        assert message.provider_id in copies
        assert len(copies) - 1 <= message.possible_duplicates
    possible = sum(message.possible_duplicates for message in messages)
    assert 1 <= possible <= KILLS * THREADS, "each kill can put what is in hand in doubt, and some did"


def deliver_under_fire(url: str, accepted: Path, seed: int) -> dict[str, list[str]]:
    """Reference -> the ids under which the provider accepted it."""
    command = [sys.executable, "-m", "tests.crash.worker", url, str(accepted), str(KILLS), str(seed)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=SECONDS)
    ids = defaultdict(list)
    for line in accepted.read_text().splitlines():
        reference, provider_id = line.split()
        ids[reference].append(provider_id)
    return dict(ids)
