"""A feeder is killed at random, over and over: nobody gets two, and nobody is forgotten."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select

from database.engine import Database
from portal.domain.sendings import SendingKind, SendingState
from portal.runtime import Portal
from portal.services import sendings
from portal.services.sendings import Fed, feed_chunk
from portal.store.sendings import DueSending, SendingRecipient
from portal.store.thread import ThreadEntry
from tests.sendings import Team, make_sending, make_team, messages, portal_on, recipients, sending_of

PEOPLE, KILLS, CHUNK = 60, 6, 2
MOST_MILLISECONDS_MORE = 15
KINDS: dict[str, dict[str, Any]] = {
    "a questionnaire": {},
    "words by SMS": {"kind": SendingKind.MESSAGE, "channel": "sms"},
    "words in the portal": {"kind": SendingKind.MESSAGE, "channel": "portal"},
}


@pytest.mark.parametrize("what", KINDS)
def test_everybody_gets_exactly_one_though_the_feeder_is_killed_again_and_again(
    database: Database, database_url: str, municipality: int, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sendings, "CHUNK", CHUNK)
    team = make_team(database, municipality, size=PEOPLE)
    due = DueSending(make_sending(database, team, **KINDS[what]), municipality)
    chance = random.Random(7)
    with portal_on(database_url) as portal:  # it connects when it first feeds, so each child by itself
        for _ in range(KILLS):
            feed_and_kill(portal, due, chance)
        assert handled(database, team) >= KILLS * CHUNK
        while feed_chunk(portal, due) is Fed.MORE:
            pass

    got = Counter(message.recipient_ref for message in messages(database, team))
    assert got == dict.fromkeys(team.citizens, 1)
    assert {state for state, _ in recipients(database, team, due.id).values()} == {"enqueued"}
    assert sending_of(database, team, due.id).state is SendingState.FINISHED
    with database.read(municipality) as session:
        told = session.execute(select(ThreadEntry.citizen_id, ThreadEntry.message_id)).all()
    assert {row.message_id: row.citizen_id for row in told} == {
        message.id: message.recipient_ref for message in messages(database, team)
    }
    assert len(told) == PEOPLE


def feed_and_kill(portal: Portal, due: DueSending, chance: random.Random) -> None:
    """One life of a feeder: it says when it has fed, and dies in the middle of the next few chunks."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        while True:
            feed_chunk(portal, due)
            os.write(writing, b".")
    os.read(reading, 1)
    signal.sigtimedwait([], chance.uniform(0, MOST_MILLISECONDS_MORE) / 1000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)


def handled(database: Database, team: Team) -> int:
    with database.read(team.municipality_id) as session:
        query = select(func.count(SendingRecipient.id)).where(SendingRecipient.state != "waiting")
        return session.scalar(query) or 0
