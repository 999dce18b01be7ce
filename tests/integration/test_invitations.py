"""Asking a citizen: one invitation, one message, one event, or a named reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from database.engine import Database
from messaging.message import Lane
from messaging.outbox import OutboxMessage
from portal.services.invitations import (
    Asking,
    Invited,
    NotSent,
    NotSentReason,
    send_questionnaire,
    send_to_all,
)
from portal.store.answering import Invitation, Measurement, Response
from portal.store.people import Citizen, Staff
from portal.store.reminders import ReminderLadder
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case


def send(database: Database, case: Case, now: datetime) -> Invited | NotSent:
    with database.write(case.municipality_id) as session:
        return send_questionnaire(session, case.citizen_id, case.questionnaire_id, case.staff_id, now)


def count(database: Database, case: Case, table: type[Any]) -> int:
    with database.read(case.municipality_id) as session:
        return session.scalar(select(func.count(table.id))) or 0


def test_an_invitation_comes_with_its_message_and_its_place_in_the_thread(
    database: Database, case: Case, now: datetime
) -> None:
    result = send(database, case, now)
    assert isinstance(result, Invited) and result.is_new
    with database.read(case.municipality_id) as session:
        invitation = session.get_one(Invitation, result.invitation_id)
        message = session.get_one(OutboxMessage, invitation.message_id)
        entry = session.scalars(select(ThreadEntry)).one()
        assert (message.kind, message.recipient_ref) == ("invitation", case.citizen_id)
        assert (entry.kind, entry.author, entry.message_id) == ("invitation", "staff", message.id)


def test_a_second_click_sends_nothing_new(database: Database, case: Case, now: datetime) -> None:
    first = send(database, case, now)
    second = send(database, case, now + timedelta(hours=23))
    assert isinstance(first, Invited)
    assert second == Invited(first.invitation_id, is_new=False)
    assert count(database, case, OutboxMessage) == 1


def test_asked_again_next_week_she_answers_the_same_measurement(
    database: Database, case: Case, now: datetime
) -> None:
    send(database, case, now)
    again = send(database, case, now + timedelta(days=7))
    assert isinstance(again, Invited) and again.is_new
    assert count(database, case, Measurement) == 1


def test_a_month_later_it_is_a_new_measurement(database: Database, case: Case, now: datetime) -> None:
    send(database, case, now)
    send(database, case, now + timedelta(days=30))
    assert count(database, case, Measurement) == 2


def test_a_measurement_whose_citizens_half_is_in_is_not_used_again(
    database: Database, case: Case, now: datetime
) -> None:
    send(database, case, now)
    with database.write(case.municipality_id) as session:
        measurement = session.scalars(select(Measurement)).one()
        session.scalars(select(Invitation)).one().finished_at = now
        session.add(
            Response(
                ref="abcdefghijkl", measurement_id=measurement.id, citizen_id=case.citizen_id,
                version_id=1, respondent="citizen", language="da", started_at=now, finished_at=now,
            )
        )  # fmt: skip
    send(database, case, now + timedelta(days=2))
    assert count(database, case, Measurement) == 2


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"standing": "exempt"}, NotSentReason.EXEMPT),
        ({"standing": "dropped_out"}, NotSentReason.DROPPED_OUT),
        ({"opted_out_at": "now"}, NotSentReason.OPTED_OUT),
        ({"frozen_at": "now"}, NotSentReason.NUMBER_FROZEN),
    ],
)
def test_who_must_not_be_asked_is_not_asked_and_the_reason_has_a_name(
    database: Database, case: Case, now: datetime, values: dict[str, Any], reason: NotSentReason
) -> None:
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        for name, value in values.items():
            setattr(citizen, name, now if value == "now" else value)
    assert send(database, case, now) == NotSent(reason)
    assert count(database, case, Invitation) == count(database, case, OutboxMessage) == 0


def test_a_questionnaire_without_a_version_and_a_stranger_are_refused(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        unknown = send_questionnaire(session, 999_999, case.questionnaire_id, case.staff_id, now)
        empty = send_questionnaire(session, case.citizen_id, 999_999, case.staff_id, now)
    assert unknown == NotSent(NotSentReason.UNKNOWN_CITIZEN)
    assert empty == NotSent(NotSentReason.NOTHING_PUBLISHED)


def test_many_are_asked_with_no_more_statements_than_two_and_each_has_her_own_answer(
    database: Database, case: Case, now: datetime
) -> None:
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _cur, sql, *_: statements.append(sql))
    asking, counts = Asking(case.questionnaire_id, case.staff_id, Lane.BULK), []
    for size in (2, 2, 8):
        with database.write(case.municipality_id) as session:
            staff = session.get_one(Staff, case.staff_id)
            new = [factories.add_citizen(session, now, staff).id for _ in range(size)]
            session.flush()
            before = len(statements)
            results = send_to_all(session, [*new, case.citizen_id, 999_999], asking, now)
            counts.append(len(statements) - before)
        assert [type(results[each]) for each in new] == [Invited] * size
        assert results[999_999] == NotSent(NotSentReason.UNKNOWN_CITIZEN)
    known = results[case.citizen_id]
    assert isinstance(known, Invited) and not known.is_new
    assert counts[1] == counts[2]
    with database.read(case.municipality_id) as session:
        sms = session.scalars(select(OutboxMessage)).all()
        told = {row.message_id: row.citizen_id for row in session.scalars(select(Invitation))}
        places = {row.message_id: row.citizen_id for row in session.scalars(select(ThreadEntry))}
        asked_again = {row.message_id: row.citizen_id for row in session.scalars(select(ReminderLadder))}
    assert {each.id: each.recipient_ref for each in sms} == told == places == asked_again
    assert len(sms) == 13
