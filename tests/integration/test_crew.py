"""Several messages at once: all that is due, heard when rung for, and left in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from database.engine import Database
from messaging.claims import set_pace
from messaging.crew import Crew
from messaging.delivery import Result
from messaging.gateway import OutgoingSms
from messaging.message import Status
from messaging.outbox import NewMessage, enqueue
from tests.conftest import NOW, add_municipality
from tests.doubles.office import Office

PATIENCE = 20.0


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    database = Database(sqlite_url)
    yield Office(database, add_municipality(database))
    database.dispose()


def test_as_many_are_on_the_line_at_once_as_there_are_threads(office: Office) -> None:
    for number in range(6):
        office.enqueue(f"m:{number}")
    together = threading.Barrier(3)
    office.gateway.meanwhile = lambda _sms: together.wait(PATIENCE)
    assert Crew(3).deliver(office.courier()).results == {Result.SENT: 6}


def test_who_rings_while_a_provider_is_slow_is_served_meanwhile(office: Office) -> None:
    crew = Crew(2)
    slow, answered = threading.Event(), threading.Event()

    def meanwhile(_sms: OutgoingSms) -> None:
        if len(office.gateway.sent) == 1:
            slow.set()
            assert answered.wait(PATIENCE)
        else:
            answered.set()

    office.gateway.meanwhile = meanwhile
    office.enqueue("slow")
    with ThreadPoolExecutor(1) as elsewhere:
        round_ = elsewhere.submit(crew.deliver, office.courier())
        assert slow.wait(PATIENCE)
        office.enqueue("answer")
        assert crew.deliver(office.courier()).claimed == 0, "the round under way takes it"
        assert round_.result(PATIENCE).results == {Result.SENT: 2}


def test_who_leaves_finishes_what_is_in_hand_and_puts_back_the_rest(office: Office) -> None:
    crew = Crew(1)
    ids = [office.enqueue(f"m:{number}") for number in range(3)]
    office.gateway.meanwhile = lambda _sms: crew.leave()
    assert crew.deliver(office.courier()).results == {Result.SENT: 1, Result.POSTPONED: 1}
    messages = [office.message(each) for each in ids]
    assert [message.status for message in messages] == [Status.SENT, Status.QUEUED, Status.QUEUED]
    assert [message.claimed_by for message in messages] == [None] * 3
    assert crew.deliver(office.courier()).claimed == 0
    assert Crew(1).deliver(office.courier()).results == {Result.SENT: 2}, "at once: nothing waits for a lease"


def test_others_are_called_once_when_there_is_more_than_one_crew_can_take(office: Office) -> None:
    for number in range(9):
        office.enqueue(f"m:{number}")
    calls: list[int] = []
    delivered = Crew(1).deliver(office.courier(), most=5, call_others=lambda: calls.append(1))
    assert (delivered.claimed, delivered.more, calls) == (5, True, [1])


def test_a_round_waits_for_the_pace_and_goes_on(office: Office) -> None:
    with office.database.write(office.municipality) as session:
        for number in range(4):
            enqueue(session, NewMessage("invitation", number, f"m:{number}"), NOW)
        set_pace(session, office.municipality, 2)
    office.gateway.meanwhile = lambda _sms: advance(office)
    delivered = Crew(1).deliver(office.courier())
    assert (delivered.results, delivered.more) == ({Result.SENT: 4}, False)


def advance(office: Office) -> None:
    """Half a second a message: what the pace asks for."""
    office.clock.now += timedelta(seconds=0.5)
