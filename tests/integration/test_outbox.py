"""The outbox on both databases: enqueued once, claimed by one, and given back when a worker dies."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from database.engine import Database
from database.tenancy import EVERYONE
from messaging.claims import Claim, claim, held
from messaging.message import Lane, Status
from messaging.outbox import LEASE, NewMessage, OutboxMessage, enqueue
from messaging.outcomes import begin_sending
from tests.conftest import NOW, add_municipality


def put(database: Database, municipality: int, key: str, due_at: datetime | None = None) -> int:
    with database.write(municipality) as session:
        return enqueue(session, NewMessage("invitation", 7, key, {"step": 0}, due_at), NOW).message.id


def claim_at(database: Database, now: datetime, limit: int = 10, owner: str = "worker") -> list[Claim]:
    with database.write(EVERYONE) as session:
        return [*claim(session, owner, now, limit).claims]


def test_what_is_enqueued_is_there_after_the_commit(database: Database, municipality: int) -> None:
    message_id = put(database, municipality, "invitation:7")
    with database.read(municipality) as session:
        message = session.get_one(OutboxMessage, message_id)
    assert (message.status, message.parameters, message.due_at) == (Status.QUEUED, {"step": 0}, NOW)


def test_what_a_caller_rolls_back_is_not_sent(database: Database, municipality: int) -> None:
    with pytest.raises(RuntimeError), database.write(municipality) as session:
        enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW)
        raise RuntimeError
    assert claim_at(database, NOW) == []


def test_the_same_dedupe_key_is_the_same_message(database: Database, municipality: int) -> None:
    with database.write(municipality) as session:
        first = enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW)
        again = enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.message is again.message


def test_two_municipalities_may_use_one_dedupe_key(database: Database, municipality: int) -> None:
    other = add_municipality(database, "nabokoebing", "+4510900001")
    assert put(database, municipality, "invitation:7") != put(database, other, "invitation:7")


def test_a_session_over_all_municipalities_cannot_enqueue(database: Database, municipality: int) -> None:
    with database.write(EVERYONE) as session, pytest.raises(ValueError, match="one municipality"):
        enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW)


def test_a_message_is_not_claimed_before_its_time(database: Database, municipality: int) -> None:
    put(database, municipality, "later", NOW + timedelta(seconds=1))
    assert claim_at(database, NOW) == []
    assert len(claim_at(database, NOW + timedelta(seconds=1))) == 1


def test_the_longest_due_is_claimed_first(database: Database, municipality: int) -> None:
    late, early = (put(database, municipality, f"m:{age}", NOW - timedelta(hours=age)) for age in (1, 2))
    assert [taken.message_id for taken in claim_at(database, NOW, limit=1)] == [early]
    assert [taken.message_id for taken in claim_at(database, NOW, limit=1)] == [late]


def test_a_claimed_message_is_claimed_by_nobody_else_until_the_lease_ends(
    database: Database, municipality: int
) -> None:
    message_id = put(database, municipality, "invitation:7")
    assert [taken.message_id for taken in claim_at(database, NOW, owner="a")] == [message_id]
    assert claim_at(database, NOW + LEASE - timedelta(seconds=1), owner="b") == []
    assert [taken.message_id for taken in claim_at(database, NOW + LEASE, owner="b")] == [message_id]


def test_a_claim_takes_no_more_than_its_limit(database: Database, municipality: int) -> None:
    for number in range(5):
        put(database, municipality, f"m:{number}")
    assert len(claim_at(database, NOW, limit=3)) == 3


def test_a_worker_whose_lease_has_passed_on_holds_the_message_no_more(
    database: Database, municipality: int
) -> None:
    put(database, municipality, "invitation:7")
    (mine,) = claim_at(database, NOW, owner="a")
    (theirs,) = claim_at(database, NOW + LEASE, owner="b")
    with database.write(municipality) as session:
        assert held(session, mine) is None
        assert held(session, theirs) is not None


def test_a_message_that_may_have_been_sent_is_counted_when_it_is_sent_again(
    database: Database, municipality: int
) -> None:
    message_id = put(database, municipality, "invitation:7")
    for start in (NOW, NOW + 2 * LEASE):
        (mine,) = claim_at(database, start, owner=str(start))
        with database.write(municipality) as session:
            message = held(session, mine)
            assert message is not None
            begin_sending(message, 1, start)
    with database.read(municipality) as session:
        message = session.get_one(OutboxMessage, message_id)
    assert (message.possible_duplicates, message.attempts) == (1, 2)


def test_a_message_claimed_but_never_begun_is_no_possible_duplicate(
    database: Database, municipality: int
) -> None:
    put(database, municipality, "invitation:7")
    claim_at(database, NOW, owner="killed")
    (mine,) = claim_at(database, NOW + LEASE)
    with database.write(municipality) as session:
        message = held(session, mine)
        assert message is not None
        begin_sending(message, 1, NOW + LEASE)
    assert message.possible_duplicates == 0


def test_a_claim_does_not_wait_for_a_row_that_somebody_writes_on(postgres_url: str) -> None:
    database = Database(postgres_url)
    municipality = add_municipality(database)
    locked, free = (put(database, municipality, f"m:{number}") for number in range(2))
    with database.write(EVERYONE) as session:
        session.get_one(OutboxMessage, locked, with_for_update=True)
        taken = [each.message_id for each in claim_at(database, NOW)]
    database.dispose()
    assert taken == [free]


def test_a_message_keeps_its_lane_and_is_otherwise_one_persons_own(
    database: Database, municipality: int
) -> None:
    with database.write(municipality) as session:
        enqueue(session, NewMessage("sms", 7, "sms:7", lane=Lane.CONVERSATION), NOW)
        enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW)
    with database.read(municipality) as session:
        lanes = session.scalars(select(OutboxMessage.lane).order_by(OutboxMessage.id)).all()
    assert lanes == [Lane.CONVERSATION, Lane.SINGLE]
