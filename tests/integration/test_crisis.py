"""A message with words of crisis: to the top of the list, answered at once, and left to a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from database.engine import Database
from messaging import inbound
from messaging.gateway import InboundSms
from messaging.message import Lane
from messaging.outbox import OutboxMessage
from portal.domain.access import Role
from portal.domain.crisis import ANSWER_AGAIN_AFTER
from portal.domain.worklist import Reason
from portal.services import thread
from portal.services.inbound import Inbox
from portal.services.reach import Reader
from portal.services.worklist import Wanted, worklist_of
from portal.store.crisis import CrisisAlarm
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests.cases import Case

WORDS = "Jeg vil ikke leve mere"
_ids = count(1)


def write_sms(database: Database, case: Case, text: str, now: datetime) -> None:
    with database.write(case.municipality_id) as session:
        sender = session.get_one(Citizen, case.citizen_id).phone
        sms = InboundSms("simulator", f"SMcrisis{next(_ids)}", sender, "+4510900000", text)
        message_id = inbound.store(session, sms, now).message_id
    with database.write(case.municipality_id) as session:
        inbound.process(session, message_id, Inbox(), now)


def write_in_portal(database: Database, case: Case, text: str, now: datetime) -> None:
    with database.write(case.municipality_id) as session:
        thread.write_as_citizen(session, case.citizen_id, text, now)


def entries(database: Database, case: Case) -> list[ThreadEntry]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(ThreadEntry).order_by(ThreadEntry.id)))


def outgoing(database: Database, case: Case) -> list[OutboxMessage]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def alarms(database: Database, case: Case) -> list[CrisisAlarm]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(CrisisAlarm).order_by(CrisisAlarm.id)))


def reasons(database: Database, case: Case, now: datetime) -> tuple[Reason, ...]:
    with database.read(case.municipality_id) as session:
        staff = session.get_one(Staff, case.staff_id)
        reader = Reader(staff.id, Role.CASEWORKER, staff.team_id)
        return worklist_of(session, reader, Wanted(), now).today[0].reasons


def test_words_of_crisis_by_sms_stand_in_the_thread_and_are_answered_by_sms(
    database: Database, case: Case, now: datetime
) -> None:
    write_sms(database, case, WORDS, now)
    said, answer = entries(database, case)
    assert (said.author, said.body) == ("citizen", WORDS)
    assert (answer.kind, answer.author, answer.channel) == ("crisis_answer", "system", "sms")
    (message,) = outgoing(database, case)
    assert answer.message_id == message.id
    assert (message.kind, message.parameters) == ("confirmation", {"text": "crisis_answer"})
    assert (message.lane, message.due_at) == (Lane.CONVERSATION, now)


def test_words_of_crisis_in_the_portal_are_answered_in_the_thread_without_an_sms(
    database: Database, case: Case, now: datetime
) -> None:
    write_in_portal(database, case, WORDS, now)
    assert [(entry.kind, entry.channel) for entry in entries(database, case)] == [
        ("message", "portal"),
        ("crisis_answer", "portal"),
    ]
    assert outgoing(database, case) == []


def test_words_of_crisis_put_her_first_with_that_reason_before_all_others(
    database: Database, case: Case, now: datetime
) -> None:
    write_in_portal(database, case, WORDS, now)
    assert reasons(database, case, now)[:2] == (Reason.CRISIS, Reason.MESSAGE)


def test_an_ordinary_message_raises_nothing(database: Database, case: Case, now: datetime) -> None:
    write_in_portal(database, case, "Vi ses på onsdag", now)
    assert (alarms(database, case), len(entries(database, case))) == ([], 1)
    assert Reason.CRISIS not in reasons(database, case, now)


def test_each_message_with_such_words_is_raised_and_the_numbers_are_given_once_in_some_hours(
    database: Database, case: Case, now: datetime
) -> None:
    for minutes in (0, 5, 10):
        write_sms(database, case, WORDS, now + timedelta(minutes=minutes))
    assert [alarm.answered_at for alarm in alarms(database, case)] == [now, None, None]
    assert len(outgoing(database, case)) == 1
    write_in_portal(database, case, WORDS, now + ANSWER_AGAIN_AFTER)
    assert alarms(database, case)[-1].answered_at == now + ANSWER_AGAIN_AFTER


def test_the_same_click_twice_raises_one_alarm(database: Database, case: Case, now: datetime) -> None:
    write_in_portal(database, case, WORDS, now)
    write_in_portal(database, case, WORDS, now + timedelta(seconds=2))
    assert len(alarms(database, case)) == 1


def test_every_language_is_heard_whatever_language_she_reads(
    database: Database, case: Case, now: datetime
) -> None:
    write_in_portal(database, case, "Не хочу жити", now)
    assert len(alarms(database, case)) == 1
