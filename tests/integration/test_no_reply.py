"""A message that needs no answer: what it lets go of, what it never hides, and the way back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from database.engine import Database
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from messaging.policy import WaitReason
from portal.services import no_reply
from portal.services.no_reply import Marked
from portal.store import sending_facts, thread_entries, worklist
from portal.store.people import Citizen, Staff
from portal.store.thread import EventKind, ThreadEntry
from tests.factories import add_citizen, add_staff, add_team

HERS, OURS, LET_BE, EVENT = "hers", "ours", "let be", "event"


@pytest.fixture
def lone(database: Database, municipality: int, now: datetime) -> Staff:
    with database.write(municipality) as session:
        return add_staff(session, now, team=add_team(session))


@pytest.fixture
def mette(database: Database, lone: Staff, now: datetime) -> Citizen:
    with database.write(lone.municipality_id) as session:
        return add_citizen(session, now, lone)


def happens(database: Database, citizen: Citizen, now: datetime, *course: str) -> int:
    """The id of the last that happened."""
    authors = {HERS: "citizen", EVENT: "system"}
    kinds = {LET_BE: EventKind.NO_REPLY.value, EVENT: EventKind.REMINDER.value}
    with database.write(citizen.municipality_id) as session:
        entries = [
            ThreadEntry(
                citizen_id=citizen.id,
                kind=kinds.get(each, "message"),
                author=authors.get(each, "staff"),
                channel="portal",
                created_at=now,
                read_at=now,
            )
            for each in course
        ]
        for entry in entries:
            session.add(entry)
            session.flush()
        return entries[-1].id


def waits(database: Database, citizen: Citizen) -> set[bool]:
    """As the reply clock, the caseworker's list and the reminders each see it."""
    with database.read(citizen.municipality_id) as session:
        digest = worklist.threads_of_team(session, citizen.team_id)[citizen.id]
        return {
            thread_entries.waiting_since(session, citizen.id) is not None,
            digest.waiting_since is not None,
            digest.awaits_answer,
            sending_facts.awaits_reply(session, citizen.id),
        }


def mark(database: Database, citizen: Citizen, staff: Staff, shown_id: int, now: datetime) -> Marked:
    with database.write(citizen.municipality_id) as session:
        return no_reply.mark(session, citizen.id, staff.id, shown_id, now)


def undo(database: Database, citizen: Citizen) -> bool:
    with database.write(citizen.municipality_id) as session:
        return no_reply.undo(session, citizen.id)


@pytest.mark.parametrize(
    ("course", "she_waits"),
    [
        ((HERS,), True),
        ((HERS, LET_BE), False),
        ((HERS, LET_BE, HERS), True),
        ((HERS, OURS, HERS, LET_BE, EVENT), False),
        ((LET_BE, HERS, HERS), True),
        ((HERS, LET_BE, OURS), False),
        ((HERS, EVENT), True),
    ],
)
def test_clock_list_and_reminders_agree_on_who_waits(
    database: Database, mette: Citizen, now: datetime, course: tuple[str, ...], she_waits: bool
) -> None:
    happens(database, mette, now, *course)
    assert waits(database, mette) == {she_waits}


def test_a_thank_you_that_needs_no_answer_waits_no_longer_until_it_is_undone(
    database: Database, lone: Staff, mette: Citizen, now: datetime
) -> None:
    last = happens(database, mette, now, HERS)
    assert mark(database, mette, lone, last, now) is Marked.DONE
    assert waits(database, mette) == {False}
    assert undo(database, mette)
    assert waits(database, mette) == {True}


def test_a_message_that_the_reader_has_not_seen_is_never_let_be(
    database: Database, lone: Staff, mette: Citizen, now: datetime
) -> None:
    shown = happens(database, mette, now, HERS)
    happens(database, mette, now, HERS)
    assert mark(database, mette, lone, shown, now) is Marked.WROTE_AGAIN
    assert waits(database, mette) == {True}


def test_the_second_click_marks_nothing_more(
    database: Database, lone: Staff, mette: Citizen, now: datetime
) -> None:
    last = happens(database, mette, now, HERS)
    assert [mark(database, mette, lone, last, now) for _ in range(2)] == [Marked.DONE, Marked.NOBODY_WAITED]
    with database.read(lone.municipality_id) as session:
        kinds = list(session.scalars(select(ThreadEntry.kind).order_by(ThreadEntry.id)))
    assert kinds == ["message", EventKind.NO_REPLY]


def test_what_waited_for_an_answer_may_go_at_once(
    database: Database, lone: Staff, mette: Citizen, now: datetime
) -> None:
    last, tomorrow = happens(database, mette, now, HERS), now + timedelta(days=1)
    with database.write(mette.municipality_id) as session:
        for reason in (WaitReason.UNANSWERED, WaitReason.PAUSED):
            message = enqueue(session, NewMessage("reminder", mette.id, reason.value, {}), now).message
            message.due_at, message.reason = tomorrow, reason
    mark(database, mette, lone, last, now)
    with database.read(mette.municipality_id) as session:
        due = dict(session.execute(select(OutboxMessage.reason, OutboxMessage.due_at)).all())
    assert due == {WaitReason.UNANSWERED: now, WaitReason.PAUSED: tomorrow}


@pytest.mark.parametrize("since", [HERS, OURS])
def test_what_somebody_has_written_after_is_not_undone(
    database: Database, lone: Staff, mette: Citizen, now: datetime, since: str
) -> None:
    mark(database, mette, lone, happens(database, mette, now, HERS), now)
    happens(database, mette, now, since)
    assert not undo(database, mette)


def test_what_the_system_says_in_between_keeps_nobody_from_undoing(
    database: Database, lone: Staff, mette: Citizen, now: datetime
) -> None:
    mark(database, mette, lone, happens(database, mette, now, HERS), now)
    happens(database, mette, now, EVENT)
    assert undo(database, mette)
