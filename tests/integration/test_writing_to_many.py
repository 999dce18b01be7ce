"""The same words to several citizens: what becomes of each is what would have become of her alone, and it takes no
more statements than for two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from database.engine import Database
from database.tenancy import TenantSession
from messaging import outcomes
from messaging.message import Lane, Status
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from messaging.policy import WaitReason
from portal.domain.files import CleanFile, FileKind
from portal.services import conversation
from portal.services.conversation import Reader
from portal.services.thread import (
    MAX_BODY,
    Channel,
    NotWritten,
    NotWrittenReason,
    StaffWriting,
    Written,
    write_as_citizen,
    write_as_staff,
)
from portal.services.writing_to_many import write_to_all
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case
from tests.integration.test_delivery_together import count_statements

WORDS = "Husk kaffen på fredag"
MINUTE = timedelta(minutes=1)
FILE = CleanFile("brev.pdf", FileKind.PDF, b"%PDF-1.7")

Before = Callable[[TenantSession, int, int, datetime], object]
"""What has gone before in a thread: of which citizen and which staff, and when it is now."""


def nothing(*_: object) -> None:
    """A thread that is empty."""


def staff_wrote(
    session: TenantSession,
    citizen_id: int,
    staff_id: int,
    now: datetime,
    *,
    ago: timedelta = MINUTE,
    body: str = WORDS,
    channel: Channel = Channel.PORTAL,
    files: tuple[CleanFile, ...] = (),
) -> None:
    writing = StaffWriting(staff_id, body, channel, files=files)
    assert isinstance(write_as_staff(session, citizen_id, writing, now - ago), Written)


def who_wrote_last(session: TenantSession, citizen_id: int, staff_id: int, now: datetime) -> None:
    staff_wrote(session, citizen_id, staff_id, now)
    write_as_citizen(session, citizen_id, "Ja tak", now - MINUTE / 2)


def was_told_nothing(session: TenantSession, citizen_id: int, staff_id: int, now: datetime) -> None:
    staff_wrote(session, citizen_id, staff_id, now, ago=60 * MINUTE)
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.recipient_ref == citizen_id)
        .values(status=Status.WITHHELD, due_at=None)
    )


def has_read(
    session: TenantSession, citizen_id: int, staff_id: int, now: datetime, *, ago: timedelta = MINUTE
) -> None:
    staff_wrote(session, citizen_id, staff_id, now, ago=60 * MINUTE)
    last = conversation.conversation(session, citizen_id).last_id
    conversation.mark_read(session, citizen_id, Reader.CITIZEN, last, now - ago)


def her_agenda_waits(session: TenantSession, citizen_id: int, _staff_id: int, now: datetime) -> None:
    write_as_citizen(session, citizen_id, "Hej", now - 60 * MINUTE)
    waiting = enqueue(session, NewMessage("agenda", citizen_id, f"agenda:{citizen_id}"), now).message
    outcomes.put_back(waiting, now + 60 * MINUTE, WaitReason.UNANSWERED)


def is_so(session: TenantSession, citizen_id: int, _staff_id: int, now: datetime, *, column: str) -> None:
    setattr(session.get_one(Citizen, citizen_id), column, now)


BEFORE: dict[str, Before] = {
    "nothing": nothing,
    "the same a minute ago": staff_wrote,
    "the same by SMS a minute ago": partial(staff_wrote, channel=Channel.SMS),
    "the same with a file a minute ago": partial(staff_wrote, files=(FILE,)),
    "the same two minutes ago": partial(staff_wrote, ago=2 * MINUTE),
    "other words a minute ago": partial(staff_wrote, body="Noget andet"),
    "unread since an hour": partial(staff_wrote, ago=60 * MINUTE),
    "an SMS that told her nothing": was_told_nothing,
    "she answered the same": who_wrote_last,
    "she read a minute ago": has_read,
    "she read an hour ago": partial(has_read, ago=59 * MINUTE),
    "her agenda waits for an answer": her_agenda_waits,
    "she wants no SMS": partial(is_so, column="opted_out_at"),
    "her number is somebody else's": partial(is_so, column="frozen_at"),
}


@pytest.mark.parametrize("channel", [Channel.PORTAL, Channel.SMS])
def test_of_many_each_gets_what_she_would_have_got_alone(
    database: Database, case: Case, now: datetime, channel: Channel
) -> None:
    alone, together = (more(database, case, len(BEFORE), now) for _ in range(2))
    writing = StaffWriting(case.staff_id, WORDS, channel, lane=Lane.BULK)
    with database.write(case.municipality_id) as session:
        for citizens in (alone, together):
            for citizen_id, before in zip(citizens, BEFORE.values(), strict=True):
                before(session, citizen_id, case.staff_id, now)
    with database.write(case.municipality_id) as session:
        one_by_one = {each: write_as_staff(session, each, writing, now) for each in alone}
    with database.write(case.municipality_id) as session:
        at_once = write_to_all(session, together, writing, now)
    for what, one, other in zip(BEFORE, alone, together, strict=True):
        expected, got = one_by_one[one], at_once[other]
        assert outcome(expected) == outcome(got), what
        assert thread(database, case, one) == thread(database, case, other), what
        if isinstance(expected, Written) and isinstance(got, Written) and got.is_new:
            assert has_message(database, case, got)
            assert has_message(database, case, expected)


def outcome(result: Written | NotWritten) -> object:
    return result if isinstance(result, NotWritten) else result.is_new


def thread(database: Database, case: Case, citizen_id: int) -> tuple[list[object], list[object]]:
    """Her entries, each with the place of its SMS among hers; and those."""
    with database.read(case.municipality_id) as session:
        mine = OutboxMessage.recipient_ref == citizen_id
        messages = session.scalars(select(OutboxMessage).where(mine).order_by(OutboxMessage.id)).all()
        places: dict[int | None, int] = {message.id: place for place, message in enumerate(messages)}
        entries = session.scalars(
            select(ThreadEntry).where(ThreadEntry.citizen_id == citizen_id).order_by(ThreadEntry.id)
        ).all()
        return (
            [
                (
                    each.author,
                    each.staff_id,
                    each.channel,
                    each.body,
                    each.created_at,
                    places.get(each.message_id),
                )
                for each in entries
            ],
            [(each.kind, each.status, each.lane, each.due_at, len(each.parameters)) for each in messages],
        )


def has_message(database: Database, case: Case, written: Written) -> bool:
    with database.read(case.municipality_id) as session:
        return session.get_one(ThreadEntry, written.entry_id).message_id == written.message_id


@pytest.mark.parametrize("channel", [Channel.PORTAL, Channel.SMS])
def test_many_are_written_to_with_no_more_statements_than_two(
    database: Database, case: Case, now: datetime, channel: Channel
) -> None:
    statements, counts = count_statements(database), []
    for size in (2, 2, 16):
        citizens = more(database, case, size, now)
        with database.write(case.municipality_id) as session:
            before = len(statements)
            write_to_all(session, citizens, StaffWriting(case.staff_id, WORDS, channel), now)
            counts.append(len(statements) - before)
    assert counts[1] == counts[2]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (" \n", NotWrittenReason.EMPTY),
        ("a" * (MAX_BODY + 1), NotWrittenReason.TOO_LONG),
        ("Se https://example.org", NotWrittenReason.NOT_BY_SMS),
        ("Dine sygedagpenge", NotWrittenReason.LOOK_AGAIN),
    ],
)
def test_words_that_nobody_may_get_are_refused_to_each_of_them(
    database: Database, case: Case, now: datetime, body: str, reason: NotWrittenReason
) -> None:
    citizens = more(database, case, 2, now)
    with database.write(case.municipality_id) as session:
        refused = write_to_all(session, citizens, StaffWriting(case.staff_id, body, Channel.SMS), now)
        assert {
            each: result.reason for each, result in refused.items() if isinstance(result, NotWritten)
        } == (dict.fromkeys(citizens, reason))
        assert session.scalars(select(ThreadEntry)).all() == []


def test_nothing_goes_to_many_by_whatsapp_or_with_files(
    database: Database, case: Case, now: datetime
) -> None:
    by_whatsapp = StaffWriting(case.staff_id, WORDS, Channel.WHATSAPP)
    with_a_file = StaffWriting(case.staff_id, WORDS, files=(FILE,))
    with database.write(case.municipality_id) as session:
        for writing in (by_whatsapp, with_a_file):
            with pytest.raises(LookupError):
                write_to_all(session, [case.citizen_id], writing, now)


def more(database: Database, case: Case, count: int, now: datetime) -> Sequence[int]:
    with database.write(case.municipality_id) as session:
        staff = session.get_one(Staff, case.staff_id)
        new = [factories.add_citizen(session, now, staff, kendeord="Solsort") for _ in range(count)]
        session.flush()
        return [each.id for each in new]
