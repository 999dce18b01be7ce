"""What staff write: in the portal with a neutral SMS about it, or as the SMS itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from messaging.content_guard import Concern
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.services import conversation
from portal.services.conversation import Delivery, Reader
from portal.services.telling import NOTICE_DELAY
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
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case

MINUTE = timedelta(minutes=1)


def write(
    database: Database,
    case: Case,
    now: datetime,
    body: str,
    channel: Channel = Channel.PORTAL,
    *,
    confirmed: bool = False,
) -> Written | NotWritten:
    writing = StaffWriting(case.staff_id, body, channel, confirmed)
    with database.write(case.municipality_id) as session:
        return write_as_staff(session, case.citizen_id, writing, now)


def read_as_citizen(database: Database, case: Case, now: datetime) -> None:
    with database.write(case.municipality_id) as session:
        last = conversation.conversation(session, case.citizen_id).last_id
        conversation.mark_read(session, case.citizen_id, Reader.CITIZEN, last, now)


def messages(database: Database, case: Case) -> list[OutboxMessage]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def entries(database: Database, case: Case, after_id: int | None = None) -> tuple[conversation.Entry, ...]:
    with database.read(case.municipality_id) as session:
        return conversation.entries(session, case.citizen_id, after_id)


def change(database: Database, case: Case, **values: object) -> None:
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        for name, value in values.items():
            setattr(citizen, name, value)


def test_a_message_in_the_portal_is_told_of_by_a_neutral_sms(
    database: Database, case: Case, now: datetime
) -> None:
    written = write(database, case, now, "Din ansøgning om sygedagpenge er kommet")
    assert isinstance(written, Written)
    (message,) = messages(database, case)
    assert (message.kind, message.recipient_ref, message.due_at) == ("new_message", case.citizen_id, now)
    assert message.parameters == {}
    (entry,) = entries(database, case)
    assert (entry.id, entry.author, entry.channel) == (written.entry_id, "staff", "portal")
    assert (entry.staff_name, entry.delivery) == ("Lone Kjær", Delivery(Status.QUEUED, None))


def test_several_messages_before_she_has_read_give_one_sms(
    database: Database, case: Case, now: datetime
) -> None:
    for number in range(3):
        write(database, case, now + number * MINUTE, f"Besked {number}")
    assert len(messages(database, case)) == 1
    assert {entry.delivery for entry in entries(database, case)} == {Delivery(Status.QUEUED, None)}


def test_a_message_after_she_has_read_gives_an_sms_of_its_own(
    database: Database, case: Case, now: datetime
) -> None:
    write(database, case, now, "Første")
    read_as_citizen(database, case, now + MINUTE)
    write(database, case, now + 60 * MINUTE, "Anden")
    first, second = messages(database, case)
    assert first.dedupe_key != second.dedupe_key
    assert second.due_at == now + 60 * MINUTE


@pytest.mark.parametrize("status", [Status.WITHHELD, Status.FAILED, Status.UNDELIVERED])
def test_an_sms_that_told_her_nothing_does_not_silence_the_next(
    database: Database, case: Case, now: datetime, status: Status
) -> None:
    write(database, case, now, "Mens hun havde skrevet STOP")
    with database.write(case.municipality_id) as session:
        session.scalars(select(OutboxMessage)).one().status = status
    write(database, case, now + MINUTE, "Efter START")
    assert [message.status for message in messages(database, case)] == [status, Status.QUEUED]


@pytest.mark.parametrize("how", ["she reads", "she writes"])
def test_the_sms_waits_a_moment_when_she_has_the_page_open(
    database: Database, case: Case, now: datetime, how: str
) -> None:
    if how == "she reads":
        write(database, case, now - MINUTE, "Første")
        read_as_citizen(database, case, now)
    else:
        with database.write(case.municipality_id) as session:
            write_as_citizen(session, case.citizen_id, "Hej", now)
            conversation.mark_read(session, case.citizen_id, Reader.STAFF, 1_000, now + 60 * MINUTE)
    write(database, case, now + MINUTE, "Svar")
    assert messages(database, case)[-1].due_at == now + MINUTE + NOTICE_DELAY


def test_an_sms_is_the_text_itself(database: Database, case: Case, now: datetime) -> None:
    written = write(database, case, now, "Vi ses kl. 10", Channel.SMS)
    assert isinstance(written, Written)
    (message,) = messages(database, case)
    assert (message.kind, message.parameters) == ("sms", {"entry_id": written.entry_id})


@pytest.mark.parametrize(
    ("body", "reason", "concern"),
    [
        ("Se https://example.org/x", NotWrittenReason.NOT_BY_SMS, Concern.LINK_FROM_NUMBER),
        ("Er det 010190-1234?", NotWrittenReason.NOT_BY_SMS, Concern.CPR_LIKE),
        ("Har du fået svar om sygedagpenge?", NotWrittenReason.LOOK_AGAIN, Concern.SENSITIVE_WORD),
        ("ord " * 300, NotWrittenReason.TOO_MANY_PARTS, None),
    ],
)
def test_what_does_not_belong_in_an_sms_is_refused_and_said_why(
    database: Database,
    case: Case,
    now: datetime,
    body: str,
    reason: NotWrittenReason,
    concern: Concern | None,
) -> None:
    refused = write(database, case, now, body, Channel.SMS)
    assert isinstance(refused, NotWritten)
    assert refused.reason is reason
    assert [finding.concern for finding in refused.findings] == ([concern] if concern else [])
    assert messages(database, case) == []


def test_private_words_go_when_they_are_confirmed_but_a_link_never_does(
    database: Database, case: Case, now: datetime
) -> None:
    private = "Har du fået svar om sygedagpenge?"
    assert isinstance(write(database, case, now, private, Channel.SMS, confirmed=True), Written)
    linked = write(database, case, now, "Se www.example.org", Channel.SMS, confirmed=True)
    assert isinstance(linked, NotWritten)


def test_in_the_portal_staff_may_write_what_an_sms_may_not_hold(
    database: Database, case: Case, now: datetime
) -> None:
    assert isinstance(write(database, case, now, "Sygedagpenge: https://example.org"), Written)


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"opted_out_at": 1}, NotWrittenReason.OPTED_OUT), ({"frozen_at": 1}, NotWrittenReason.NUMBER_FROZEN)],
)
def test_no_sms_to_who_wants_none_or_whose_number_is_somebody_elses(
    database: Database, case: Case, now: datetime, values: dict[str, int], reason: NotWrittenReason
) -> None:
    change(database, case, **dict.fromkeys(values, now))
    assert write(database, case, now, "Hej", Channel.SMS) == NotWritten(reason)
    assert isinstance(write(database, case, now, "Hej"), Written)


def test_without_a_number_of_its_own_a_municipality_writes_in_the_portal_alone(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        session.scalars(select(Municipality)).one().reply_number = None
    refused = write(database, case, now, "Hej", Channel.SMS)
    assert refused == NotWritten(NotWrittenReason.NO_REPLY_NUMBER)


@pytest.mark.parametrize(
    ("body", "reason"),
    [(" \n", NotWrittenReason.EMPTY), ("a" * (MAX_BODY + 1), NotWrittenReason.TOO_LONG)],
)
@pytest.mark.parametrize("channel", Channel)
def test_nothing_and_too_much_are_refused(
    database: Database, case: Case, now: datetime, body: str, reason: NotWrittenReason, channel: Channel
) -> None:
    assert write(database, case, now, body, channel) == NotWritten(reason)


def test_the_same_click_twice_is_one_entry_and_one_sms(database: Database, case: Case, now: datetime) -> None:
    first = write(database, case, now, "Vi ses", Channel.SMS)
    assert isinstance(first, Written)
    again = write(database, case, now + timedelta(seconds=3), "Vi ses", Channel.SMS)
    assert again == Written(first.entry_id, is_new=False)
    assert len(messages(database, case)) == 1
    later = write(database, case, now + 10 * MINUTE, "Vi ses", Channel.SMS)
    assert isinstance(later, Written)
    assert later.is_new


def test_entries_come_in_order_and_after_a_given_one(database: Database, case: Case, now: datetime) -> None:
    write(database, case, now, "Et")
    with database.write(case.municipality_id) as session:
        write_as_citizen(session, case.citizen_id, "To", now + MINUTE)
    write(database, case, now + 2 * MINUTE, "Tre", Channel.SMS)
    everything = entries(database, case)
    assert [entry.body for entry in everything] == ["Et", "To", "Tre"]
    assert entries(database, case, everything[0].id) == everything[1:]


def test_a_long_thread_shows_its_end_and_leads_to_the_rest(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        for number in range(conversation.PAGE + 3):
            session.add(
                ThreadEntry(
                    citizen_id=case.citizen_id, author="citizen", channel="portal", body=str(number),
                    created_at=now,
                )
            )  # fmt: skip
    with database.read(case.municipality_id) as session:
        newest = conversation.conversation(session, case.citizen_id)
        earlier = conversation.conversation(session, case.citizen_id, newest.entries[0].id)
    assert (newest.has_earlier, newest.entries[-1].body) == (True, str(conversation.PAGE + 2))
    assert (earlier.has_earlier, [entry.body for entry in earlier.entries]) == (False, ["0", "1", "2"])


def test_a_page_learns_of_an_entry_that_came_while_it_was_made(
    database: Database, case: Case, now: datetime
) -> None:
    write(database, case, now, "Et")
    with database.write(case.municipality_id) as session:
        page = conversation.open_thread(session, case.citizen_id, Reader.CITIZEN, now)
        write_as_citizen(session, case.citizen_id, "To", now + MINUTE)
        state_after = conversation.state(session, case.citizen_id)
        behind = conversation.has_changed(session, case.citizen_id, page.known_id, state_after)
        newer = conversation.open_thread(session, case.citizen_id, Reader.CITIZEN, now)
        assert behind
        assert not conversation.has_changed(session, case.citizen_id, newer.known_id, newer.state)


def test_a_page_of_earlier_entries_is_not_told_of_those_it_leaves_out(
    database: Database, case: Case, now: datetime
) -> None:
    for minutes in range(3):
        write(database, case, now + minutes * MINUTE, str(minutes))
    last = entries(database, case)[-1].id
    with database.write(case.municipality_id) as session:
        earlier = conversation.open_thread(session, case.citizen_id, Reader.CITIZEN, now, last)
        assert (earlier.last_id < last, earlier.known_id) == (True, last)
        assert not conversation.has_changed(session, case.citizen_id, earlier.known_id, earlier.state)


def test_only_what_the_reader_was_shown_counts_as_read(database: Database, case: Case, now: datetime) -> None:
    write(database, case, now, "Vist")
    shown = entries(database, case)[-1].id
    write(database, case, now, "Kom imens")
    with database.write(case.municipality_id) as session:
        write_as_citizen(session, case.citizen_id, "Mit eget", now)
        conversation.mark_read(session, case.citizen_id, Reader.CITIZEN, shown, now + MINUTE)
    assert [entry.read_at for entry in entries(database, case)] == [now + MINUTE, None, None]


def test_the_state_changes_with_an_entry_its_delivery_and_its_reading_and_else_stays(
    database: Database, case: Case, now: datetime
) -> None:
    def state() -> str:
        with database.read(case.municipality_id) as session:
            return conversation.state(session, case.citizen_id)

    states = [state()]
    write(database, case, now, "Hej")
    states += [state()]
    with database.write(case.municipality_id) as session:
        session.scalars(select(OutboxMessage)).one().status = Status.SENT
    states += [state()]
    read_as_citizen(database, case, now)
    states += [state()]
    assert len(set(states)) == 4
    assert state() == states[-1]


def test_news_are_what_came_since_and_what_became_of_the_rest(
    database: Database, case: Case, now: datetime
) -> None:
    write(database, case, now, "Hej")
    shown = entries(database, case)[-1].id
    with database.write(case.municipality_id) as session:
        write_as_citizen(session, case.citizen_id, "Goddag", now)
        news = conversation.news(session, case.citizen_id, shown)
    assert [entry.body for entry in news.new] == ["Goddag"]
    assert [entry.id for entry in news.shown] == [shown]
    assert news.last_id == news.new[0].id
