"""SMS that nobody can place by themselves: asked about once, never guessed, decided by a person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from database.encryption import blind_index
from database.engine import Database
from portal.domain.access import Role
from portal.domain.check_ins import CLOSES_AFTER, AskState
from portal.services import blocked_numbers, check_ins, numbers, unplaced
from portal.services.check_in_composing import Composed, compose, shipped
from portal.services.check_ins import Asked
from portal.services.numbers import Changed
from portal.services.reach import OutOfReachError, Reader
from portal.services.unplaced import Problem, Unplaced
from portal.store import check_in_asks
from portal.store import numbers as number_rows
from portal.store.answering import Link
from portal.store.check_ins import CheckInAsk
from portal.store.crisis import CrisisAlarm
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry, UnplacedMessage
from tests import factories
from tests.cases import Case
from tests.integration.test_inbox import (
    HERS,
    STRANGER,
    add_sister,
    citizen,
    give_number,
    hear,
    outgoing,
    thread,
)
from tests.integration.test_inbox import (
    unplaced as waiting,
)

HOUR = timedelta(hours=1)
CRISIS = "Jeg vil ikke leve mere"


@pytest.fixture
def hers(database: Database, case: Case) -> Case:
    with database.write(case.municipality_id) as session:
        give_number(session.get_one(Citizen, case.citizen_id))
    return case


def reader(database: Database, case: Case) -> Reader:
    with database.read(case.municipality_id) as session:
        staff = session.get_one(Staff, case.staff_id)
        return Reader(staff.id, Role.CASEWORKER, staff.team_id)


def listed(database: Database, case: Case, now: datetime) -> tuple[Unplaced, ...]:
    with database.write(case.municipality_id) as session:
        return unplaced.list_unplaced(session, reader(database, case), now)


def texts(database: Database, case: Case) -> list[str]:
    return [message.parameters["text"] for message in outgoing(database, case)]


def said(database: Database, case: Case) -> list[tuple[int, str, str | None]]:
    return [(entry.citizen_id, entry.kind, entry.body) for entry in thread(database, case)]


def test_a_shared_phone_is_asked_who_writes_once_a_day_and_told_no_name(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    for hours in (0, 1, 30):
        hear(database, hers, "Jeg kommer kl. 10", now + hours * HOUR)
    assert texts(database, hers) == ["who_writes"] * 2
    assert all("Mette" not in str(message.parameters) for message in outgoing(database, hers))
    assert len(waiting(database, hers)) == 3


def test_the_name_in_front_of_the_next_sms_puts_it_in_her_thread_with_a_mark(
    database: Database, hers: Case, now: datetime
) -> None:
    sister = add_sister(database, hers, now)
    hear(database, hers, "Jeg kommer kl. 10", now)
    hear(database, hers, "Sara: jeg kommer kl. 10", now + HOUR)
    assert said(database, hers) == [(sister, "named", None), (sister, "message", "Sara: jeg kommer kl. 10")]
    assert waiting(database, hers) == [("shared_number", "Jeg kommer kl. 10")]


def test_the_name_alone_answers_for_the_one_sms_that_waits(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    hear(database, hers, "Jeg kommer kl. 10", now)
    hear(database, hers, "mette", now + HOUR)
    bodies = [(who, body) for who, kind, body in said(database, hers) if kind == "message"]
    assert bodies == [(hers.citizen_id, "Jeg kommer kl. 10"), (hers.citizen_id, "mette")]
    assert waiting(database, hers) == []


def test_where_two_sms_wait_the_name_alone_moves_neither(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    for text in ("Ja", "Nej"):
        hear(database, hers, text, now)
    hear(database, hers, "Mette", now + HOUR)
    assert [text for _why, text in waiting(database, hers)] == ["Nej", "Ja"]


def test_a_name_in_front_before_anybody_has_asked_says_nothing(
    database: Database, hers: Case, now: datetime
) -> None:
    """ "Sara er syg" is about Sara."""
    add_sister(database, hers, now)
    hear(database, hers, "Sara er syg", now)
    assert (said(database, hers), len(waiting(database, hers))) == ([], 1)


def test_a_name_says_nothing_any_more_a_day_after_the_question(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    hear(database, hers, "Jeg kommer", now)
    hear(database, hers, "Sara er syg", now + 25 * HOUR)
    assert said(database, hers) == []


def test_words_of_crisis_from_a_stranger_come_first_and_are_answered_with_the_numbers(
    database: Database, hers: Case, now: datetime
) -> None:
    hear(database, hers, CRISIS, now, STRANGER)
    hear(database, hers, CRISIS, now + HOUR, STRANGER)
    hear(database, hers, "Hvem er I?", now + 2 * HOUR, "+4510999998")
    assert texts(database, hers) == ["crisis_answer", "unknown_sender"]
    assert [each.is_urgent for each in listed(database, hers, now)] == [True, True, False]


def test_an_sms_that_is_placed_takes_its_alarm_with_it(database: Database, hers: Case, now: datetime) -> None:
    hear(database, hers, CRISIS, now, STRANGER)
    (sms,) = listed(database, hers, now)
    with database.write(hers.municipality_id) as session:
        assert (
            unplaced.place(session, reader(database, hers), sms.id, hers.citizen_id, now) == hers.citizen_id
        )
    with database.read(hers.municipality_id) as session:
        alarm = session.scalars(select(CrisisAlarm)).one()
        entry = session.get_one(ThreadEntry, alarm.entry_id)
    assert (alarm.citizen_id, alarm.handled_at, entry.body) == (hers.citizen_id, None, CRISIS)
    assert (thread(database, hers)[0].kind, thread(database, hers)[0].staff_id) == ("placed", hers.staff_id)


def test_an_sms_in_the_wrong_thread_is_taken_out_whole_and_can_be_placed_again(
    database: Database, hers: Case, now: datetime
) -> None:
    hear(database, hers, CRISIS, now, STRANGER)
    (sms,) = listed(database, hers, now)
    who = reader(database, hers)
    before = thread(database, hers)
    with database.write(hers.municipality_id) as session:
        unplaced.place(session, who, sms.id, hers.citizen_id, now)
    with database.write(hers.municipality_id) as session:
        (placed,) = unplaced.list_placed(session, who, now)
        assert (placed.sms.text, placed.citizen.id) == (CRISIS, hers.citizen_id)
        assert unplaced.take_back(session, who, sms.id, now)
    assert thread(database, hers) == before
    (again,) = listed(database, hers, now)
    assert (again.text, again.is_urgent) == (CRISIS, True), "its alarm waits with it"
    with database.write(hers.municipality_id) as session:
        assert unplaced.list_placed(session, who, now) == ()
        assert not unplaced.take_back(session, who, sms.id, now), "a second click"
        assert unplaced.place(session, who, sms.id, hers.citizen_id, now) == hers.citizen_id
        alarm = session.scalars(select(CrisisAlarm)).one()
        assert (alarm.citizen_id, alarm.handled_at) == (hers.citizen_id, None)


def ask_mette(database: Database, case: Case, now: datetime, *names: str) -> int:
    """Whether she found her way, or what is named: the question is out, and open."""
    with database.write(case.municipality_id) as session:
        made = compose(session, [shipped(name) for name in names or ["journey"]], case.staff_id, now)
        assert isinstance(made, Composed)
        asked = check_ins.ask(session, case.citizen_id, made.check_in_id, case.staff_id, now)
        assert isinstance(asked, Asked)
        asking = session.get_one(CheckInAsk, asked.ask_id)
        asking.state, asking.asked_at, asking.closes_at = AskState.OPEN, now, now + CLOSES_AFTER
        return asking.id


def state_of(database: Database, case: Case, ask_id: int) -> tuple[str, str | None, int]:
    with database.read(case.municipality_id) as session:
        asking = session.get_one(CheckInAsk, ask_id)
        return asking.state, asking.reason, len(check_in_asks.answers_to(session, ask_id))


def take_back_all(database: Database, case: Case, now: datetime) -> list[str]:
    """What was in her thread for a name, out of it again."""
    with database.write(case.municipality_id) as session:
        placed = unplaced.list_placed(session, reader(database, case), now)
        for each in placed:
            assert unplaced.take_back(session, reader(database, case), each.sms.id, now)
        return [each.sms.text for each in placed]


def test_what_a_name_in_front_has_put_into_the_wrong_thread_is_taken_out_by_staff(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    hear(database, hers, "Jeg kommer kl. 10", now)
    hear(database, hers, "Mette: jeg er syg", now + HOUR)
    hear(database, hers, "Mette", now + 2 * HOUR)
    assert len(said(database, hers)) == 6
    texts_back = take_back_all(database, hers, now + 3 * HOUR)
    assert sorted(texts_back) == ["Jeg kommer kl. 10", "Mette", "Mette: jeg er syg"]
    assert said(database, hers) == []
    assert {why for why, _text in waiting(database, hers)} == {"shared_number"}
    assert take_back_all(database, hers, now + 3 * HOUR) == []


@pytest.mark.parametrize(
    ("later", "state", "reason"), [(2 * HOUR, "open", None), (8 * 24 * HOUR, "closed", "unanswered")]
)
def test_the_wrong_persons_answer_is_taken_back_and_the_question_stands_as_before(
    database: Database, hers: Case, now: datetime, later: timedelta, state: str, reason: str | None
) -> None:
    add_sister(database, hers, now)
    ask_id = ask_mette(database, hers, now)
    hear(database, hers, "Ja", now)
    hear(database, hers, "Mette", now + HOUR)
    assert state_of(database, hers, ask_id) == ("answered", None, 1)
    take_back_all(database, hers, now + later)
    assert state_of(database, hers, ask_id) == (state, reason, 0)


def test_a_question_that_was_asked_since_stays_the_open_one(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    first = ask_mette(database, hers, now)
    hear(database, hers, "Ja", now)
    hear(database, hers, "Mette", now + HOUR)
    second = ask_mette(database, hers, now + 2 * HOUR)
    take_back_all(database, hers, now + 3 * HOUR)
    assert state_of(database, hers, first) == ("closed", "unanswered", 0)
    assert state_of(database, hers, second) == ("open", None, 0)


def test_of_several_answers_the_wrong_persons_alone_is_taken_back(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    ask_id = ask_mette(database, hers, now, "journey", "everyday")
    hear(database, hers, "Hvem er I?", now)
    hear(database, hers, "Mette: ja", now + HOUR)
    with database.write(hers.municipality_id) as session:
        session.get_one(CheckInAsk, ask_id).asked_at = now + HOUR
    hear(database, hers, "Mette: 4", now + 2 * HOUR)
    assert state_of(database, hers, ask_id) == ("answered", None, 2)
    with database.write(hers.municipality_id) as session:
        who = reader(database, hers)
        for each in unplaced.list_placed(session, who, now):
            if each.sms.text == "Mette: ja":
                assert unplaced.take_back(session, who, each.sms.id, now + 3 * HOUR)
    assert state_of(database, hers, ask_id) == ("answered", None, 1)


def test_words_of_crisis_that_were_another_persons_leave_nothing_in_her_thread(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    hear(database, hers, "Hej", now)
    hear(database, hers, f"Mette: {CRISIS}", now + HOUR)
    assert "crisis_answer" in [kind for _who, kind, _body in said(database, hers)]
    take_back_all(database, hers, now + 2 * HOUR)
    assert said(database, hers) == []
    assert [each.is_urgent for each in listed(database, hers, now)] == [True, False]


def test_a_name_does_not_count_longer_because_it_has_been_written_again(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    hear(database, hers, "Jeg kommer", now)
    hear(database, hers, "Sara: kl. 10", now + 20 * HOUR)
    hear(database, hers, "Sara er syg", now + 30 * HOUR)
    assert [text for _why, text in waiting(database, hers)] == ["Sara er syg", "Jeg kommer"]


def test_an_sms_can_bring_her_new_number(database: Database, hers: Case, now: datetime) -> None:
    hear(database, hers, "Jeg har fået nyt nummer. Mette", now, STRANGER)
    (sms,) = listed(database, hers, now)
    with database.write(hers.municipality_id) as session:
        unplaced.place(session, reader(database, hers), sms.id, hers.citizen_id, now, is_new_number=True)
    assert citizen(database, hers).phone == STRANGER
    hear(database, hers, "Hej igen", now + HOUR, STRANGER)
    assert said(database, hers)[-1] == (hers.citizen_id, "message", "Hej igen")
    hear(database, hers, "Forkert nummer", now + HOUR, HERS)
    assert waiting(database, hers) == [("former_number", "Forkert nummer")]


def test_a_name_as_sender_is_no_new_number(database: Database, hers: Case, now: datetime) -> None:
    hear(database, hers, "Din pakke er klar", now, "Posten")
    (sms,) = listed(database, hers, now)
    with database.write(hers.municipality_id) as session:
        reading = reader(database, hers)
        result = unplaced.place(session, reading, sms.id, hers.citizen_id, now, is_new_number=True)
    assert (result, len(waiting(database, hers))) == (Problem.NOT_A_PHONE, 1)


def test_nothing_is_placed_beyond_the_readers_reach(database: Database, hers: Case, now: datetime) -> None:
    hear(database, hers, "Hej", now, STRANGER)
    (sms,) = listed(database, hers, now)
    with database.write(hers.municipality_id) as session:
        elsewhere = factories.add_staff(session, now, team=factories.add_team(session, "Team Havn"))
        other = factories.add_citizen(session, now, elsewhere).id
    with pytest.raises(OutOfReachError), database.write(hers.municipality_id) as session:
        unplaced.place(session, reader(database, hers), sms.id, other, now)
    assert len(waiting(database, hers)) == 1


def test_a_blocked_number_is_kept_unseen_and_gets_no_answer_until_it_is_let_in_again(
    database: Database, hers: Case, now: datetime
) -> None:
    hear(database, hers, "Vind en telefon", now, STRANGER)
    (sms,) = listed(database, hers, now)
    reading = reader(database, hers)
    with database.write(hers.municipality_id) as session:
        assert blocked_numbers.block(session, reading, sms.id, now) is True
    hear(database, hers, CRISIS, now + 25 * HOUR, STRANGER)
    hear(database, hers, "STOP", now + 25 * HOUR, STRANGER)
    assert (waiting(database, hers), len(outgoing(database, hers))) == ([], 1)
    with database.read(hers.municipality_id) as session:
        assert len(session.scalars(select(UnplacedMessage)).all()) == 3
    with database.write(hers.municipality_id) as session:
        (row,) = blocked_numbers.list_blocked(session, reading, now)
        assert blocked_numbers.unblock(session, reading, row.id, now)
    hear(database, hers, "Hvem er I?", now + 50 * HOUR, STRANGER)
    assert len(waiting(database, hers)) == 1


def test_a_number_that_a_citizen_has_cannot_be_blocked(database: Database, hers: Case, now: datetime) -> None:
    add_sister(database, hers, now)
    hear(database, hers, "Hej", now)
    (sms,) = listed(database, hers, now)
    with database.write(hers.municipality_id) as session:
        assert blocked_numbers.block(session, reader(database, hers), sms.id, now) is Problem.SOMEBODYS


def test_a_stranger_who_writes_stop_gets_no_answer_to_anything_until_start(
    database: Database, hers: Case, now: datetime
) -> None:
    index = blind_index("phone", STRANGER)
    hear(database, hers, "STOP", now, STRANGER)
    hear(database, hers, "Stop", now, STRANGER)
    with database.read(hers.municipality_id) as session:
        assert number_rows.wants_no_sms(session, index)
    hear(database, hers, "START", now, STRANGER)
    with database.read(hers.municipality_id) as session:
        assert not number_rows.wants_no_sms(session, index)


def test_a_changed_number_leaves_a_mark_and_closes_the_links_of_the_old_one(
    database: Database, hers: Case, now: datetime
) -> None:
    with database.write(hers.municipality_id) as session:
        row = session.get_one(Citizen, hers.citizen_id)
        row.frozen_at = row.number_failed_at = now
        changed = numbers.change_number(session, row, STRANGER, hers.staff_id, now)
    after = citizen(database, hers)
    assert (changed, after.phone, after.frozen_at, after.number_failed_at) == (
        Changed.CHANGED,
        STRANGER,
        None,
        None,
    )
    assert [entry.kind for entry in thread(database, hers)] == ["number_changed"]
    with database.read(hers.municipality_id) as session:
        assert all(link.revoked_at for link in session.scalars(select(Link)))


def test_her_own_number_again_confirms_it_and_lifts_the_freeze(
    database: Database, hers: Case, now: datetime
) -> None:
    with database.write(hers.municipality_id) as session:
        row = session.get_one(Citizen, hers.citizen_id)
        row.frozen_at = now
        assert numbers.change_number(session, row, HERS, hers.staff_id, now) is Changed.CONFIRMED
        numbers.confirm_number(session, row, hers.staff_id, now)
    assert citizen(database, hers).frozen_at is None
    assert [entry.kind for entry in thread(database, hers)] == ["number_confirmed"]


def test_a_number_that_has_said_stop_stays_so_with_its_new_owner(
    database: Database, hers: Case, now: datetime
) -> None:
    hear(database, hers, "STOP", now, STRANGER)
    with database.write(hers.municipality_id) as session:
        row = session.get_one(Citizen, hers.citizen_id)
        numbers.change_number(session, row, STRANGER, hers.staff_id, now)
    assert citizen(database, hers).opted_out_at == now


def test_a_number_that_comes_back_to_her_is_no_former_one(
    database: Database, hers: Case, now: datetime
) -> None:
    with database.write(hers.municipality_id) as session:
        row = session.get_one(Citizen, hers.citizen_id)
        for phone in (STRANGER, HERS):
            numbers.change_number(session, row, phone, hers.staff_id, now)
        assert number_rows.former_owners(session, blind_index("phone", HERS)) == []
    hear(database, hers, "Hej", now)
    assert said(database, hers)[-1] == (hers.citizen_id, "message", "Hej")


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("12 34 56 78", "+4512345678"),
        ("+45 12345678", "+4512345678"),
        ("0045 12345678", "+4512345678"),
        ("+48 512 345 678", "+48512345678"),
        ("12345", None),
        ("ikke et nummer", None),
        ("", None),
        ("+999999999999999999", None),
    ],
)
def test_a_number_is_taken_as_people_write_it(typed: str, phone: str | None) -> None:
    assert numbers.e164(typed) == phone
