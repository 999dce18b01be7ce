"""A check-in to several citizens: as to one, and with no more statements."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.message import Lane
from messaging.outbox import OutboxMessage
from portal.domain.check_ins import AskState
from portal.domain.replies import ReplyKind
from portal.services import check_ins
from portal.services.check_in_composing import Composed, NewQuestion, compose
from portal.services.check_ins import Asked, NotAsked, NotAskedReason
from portal.services.check_ins_to_many import ask_all
from portal.services.sms.texts import SmsTexts
from portal.store.check_ins import CheckInAsk
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case, make_case
from tests.conftest import add_municipality
from tests.doubles.gateway import Clock, ScriptedGateway
from tests.integration.test_delivery_together import count_statements
from tests.portals import portal_on


@pytest.fixture
def case(database: Database, now: datetime) -> Case:
    made = make_case(database, add_municipality(database), now)
    with database.write(EVERYONE) as session:
        session.get_one(Municipality, made.municipality_id).reply_number = "+4510900900"
    return made


@pytest.fixture
def check_in(database: Database, case: Case, now: datetime) -> int:
    with database.write(case.municipality_id) as session:
        composed = compose(
            session, [NewQuestion(ReplyKind.YES_NO, text="Gik turen godt?")], case.staff_id, now
        )
    assert isinstance(composed, Composed)
    return composed.check_in_id


def test_many_are_asked_with_no_more_statements_than_two_and_each_has_her_own(
    database: Database, case: Case, check_in: int, now: datetime
) -> None:
    statements, counts = count_statements(database), []
    with database.write(case.municipality_id) as session:
        check_ins.ask(session, case.citizen_id, check_in, case.staff_id, now)
    for size in (2, 2, 8):
        new = more(database, case, size, now)
        with database.write(case.municipality_id) as session:
            before = len(statements)
            results = ask_all(session, [*new, case.citizen_id, 999_999], check_in, case.staff_id, now)
            counts.append(len(statements) - before)
    assert counts[1] == counts[2]
    assert all(isinstance(results[each], Asked) and results[each].is_new for each in new)  # type: ignore[union-attr]
    known = results[case.citizen_id]
    assert isinstance(known, Asked) and not known.is_new
    assert results[999_999] == NotAsked(NotAskedReason.UNKNOWN_CITIZEN)
    with database.read(case.municipality_id) as session:
        sms = {row.id: row.recipient_ref for row in session.scalars(select(OutboxMessage))}
        asked = {row.message_id: row.citizen_id for row in session.scalars(select(CheckInAsk))}
        told = {row.message_id: (row.citizen_id, row.body) for row in session.scalars(select(ThreadEntry))}
        lanes = [row.lane for row in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]
    assert sms == asked
    assert told == {message: (citizen, "Gik turen godt?") for message, citizen in sms.items()}
    assert len(sms) == 13
    assert lanes[1:] == [Lane.BULK] * 12


def test_who_may_not_be_asked_is_not_and_nobody_is_without_a_check_in(
    database: Database, case: Case, check_in: int, now: datetime
) -> None:
    stopped, exempt = more(database, case, 2, now)
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, stopped).opted_out_at = now
        session.get_one(Citizen, exempt).standing = "exempt"
        session.flush()
        asked = ask_all(session, [stopped, exempt], check_in, case.staff_id, now)
        unknown = ask_all(session, [case.citizen_id], 999_999, case.staff_id, now)
    assert asked == {
        stopped: NotAsked(NotAskedReason.OPTED_OUT),
        exempt: NotAsked(NotAskedReason.EXEMPT),
    }
    assert unknown == {case.citizen_id: NotAsked(NotAskedReason.UNKNOWN_CHECK_IN)}


def test_several_questions_are_worded_with_no_more_statements_than_two_and_take_the_place_of_open_ones(
    database: Database, case: Case, check_in: int, now: datetime
) -> None:
    portal, citizens = portal_on(database, Clock(now), ScriptedGateway()), more(database, case, 12, now)
    with database.write(case.municipality_id) as session:
        ask_all(session, citizens, check_in, case.staff_id, now)
        second = compose(session, [NewQuestion(ReplyKind.YES_NO, text="Og i dag?")], case.staff_id, now)
        assert isinstance(second, Composed)
    statements, asked = count_statements(database), []
    with database.read(EVERYONE) as session:
        due = [*session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id))]
    for place, count in ((0, 2), (2, 2), (4, 8)):
        with database.write(case.municipality_id) as session:
            texts, chosen = SmsTexts(portal), due[place : place + count]
            found = session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(chosen))).all()
            before = len(statements)
            assert len({str(texts.render(session, each)) for each in texts.prepare(session, found)}) == count
            asked.append(len(statements) - before)
    assert asked[1] == asked[2]
    with database.write(case.municipality_id) as session:
        ask_all(session, citizens, second.check_in_id, case.staff_id, now)
        newer = session.scalars(select(OutboxMessage).where(OutboxMessage.id.not_in(due))).all()
        texts = SmsTexts(portal)
        for each in texts.prepare(session, newer):
            texts.render(session, each)
        session.flush()
        states = session.execute(select(CheckInAsk.check_in_id, CheckInAsk.state).distinct()).all()
    assert {tuple(row) for row in states} == {
        (check_in, AskState.CLOSED),
        (second.check_in_id, AskState.OPEN),
    }


def more(database: Database, case: Case, count: int, now: datetime) -> list[int]:
    with database.write(case.municipality_id) as session:
        staff = session.get_one(Staff, case.staff_id)
        new = [
            factories.add_citizen(session, now, staff, first_name=f"Mette {number}")
            for number in range(count)
        ]
        session.flush()
        return [each.id for each in new]
