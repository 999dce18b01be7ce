"""The one answer to what comes in while a team is closed, and the day it promises."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from database.engine import Database
from messaging import inbound
from messaging.delivery import Rendered, Rendering, Withheld
from messaging.gateway import InboundSms
from messaging.message import Lane
from messaging.outbox import OutboxMessage
from portal.domain.opening_hours import Clock
from portal.runtime import Portal
from portal.services.inbound import Inbox
from portal.services.opening_hours import reply_time
from portal.services.sms.texts import SmsTexts
from portal.services.team_hours import Typed, save, typed_of
from portal.services.thread import StaffWriting, write_as_citizen, write_as_staff
from portal.store import opening_hours
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Team
from portal.store.thread import ThreadEntry
from tests.cases import Case
from tests.portals import portal_on

TUESDAY_EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
WEDNESDAY_EVENING = TUESDAY_EVENING + timedelta(days=1)
IN_HOURS = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WEEK = [("09:00", "15:00")] * 5 + [("", "")] * 2
HOUR = timedelta(hours=1)


@pytest.fixture
def told(database: Database, case: Case, now: datetime) -> Case:
    """A case whose team has set its hours."""
    with database.write(case.municipality_id) as session:
        team = session.scalars(select(Team)).one()
        assert save(session, team, Typed(WEEK, [], "2"), case.staff_id, now) == {}
    return case


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database)


def text(database: Database, case: Case, at: datetime, body: str = "Hej", key: str = "") -> None:
    """She sends an SMS."""
    with database.write(case.municipality_id) as session:
        phone = session.get_one(Citizen, case.citizen_id).phone
        sms = InboundSms("simulator", key or f"{at} {body}", phone, "+4510900000", body)
        stored = inbound.store(session, sms, at)
        inbound.process(session, stored.message_id, Inbox(), at)


def write(database: Database, case: Case, at: datetime, body: str = "Hej") -> None:
    """She writes on the page."""
    with database.write(case.municipality_id) as session:
        write_as_citizen(session, case.citizen_id, body, at)


def answer(database: Database, case: Case, at: datetime) -> None:
    with database.write(case.municipality_id) as session:
        write_as_staff(session, case.citizen_id, StaffWriting(case.staff_id, "Hej igen"), at)


def events(database: Database, case: Case) -> list[tuple[str, str | None, bool]]:
    with database.read(case.municipality_id) as session:
        rows = session.scalars(select(ThreadEntry).where(ThreadEntry.kind == "out_of_hours"))
        return [(row.channel, row.body, row.message_id is not None) for row in rows]


def automatic(database: Database, case: Case) -> OutboxMessage:
    with database.read(case.municipality_id) as session:
        return session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "out_of_hours")).one()


def render(portal: Portal, case: Case, at: datetime) -> Rendering:
    portal.clock = lambda: at
    message_id = automatic(portal.database, case).id
    with portal.database.write(case.municipality_id) as session:
        return SmsTexts(portal).render(session, session.get_one(OutboxMessage, message_id))


def change(database: Database, case: Case, **values: Any) -> None:
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        for name, value in values.items():
            setattr(citizen, name, value)


def test_an_sms_that_comes_while_the_team_is_closed_is_answered_by_sms(
    portal: Portal, database: Database, told: Case
) -> None:
    text(database, told, TUESDAY_EVENING)
    assert events(database, told) == [("sms", "2026-11-27", True)]
    assert automatic(database, told).lane is Lane.CONVERSATION
    sms = render(portal, told, TUESDAY_EVENING)
    expected = "Hej Mette. Vi har lukket lige nu. Lone svarer dig senest fredag den 27. november."
    assert isinstance(sms, Rendered)
    assert (sms.sender, sms.text) == ("+4510900000", expected)


def test_what_is_written_on_the_page_is_answered_on_the_page(database: Database, told: Case) -> None:
    write(database, told, TUESDAY_EVENING)
    assert events(database, told) == [("portal", "2026-11-27", False)]


def test_the_answer_comes_once_for_each_time_the_team_is_closed(database: Database, told: Case) -> None:
    for minutes in range(3):
        text(database, told, TUESDAY_EVENING + timedelta(minutes=minutes), f"Hej {minutes}")
    write(database, told, TUESDAY_EVENING + 2 * HOUR, "Hallo?")
    assert len(events(database, told)) == 1
    text(database, told, WEDNESDAY_EVENING)
    assert len(events(database, told)) == 2


def test_within_the_hours_nothing_answers_by_itself(database: Database, told: Case) -> None:
    text(database, told, IN_HOURS)
    assert events(database, told) == []


def test_a_team_that_has_not_set_its_hours_promises_nothing_by_itself(database: Database, case: Case) -> None:
    text(database, case, TUESDAY_EVENING)
    assert events(database, case) == []


def test_words_of_crisis_get_the_numbers_to_call_instead(database: Database, told: Case) -> None:
    text(database, told, TUESDAY_EVENING, "Jeg vil ikke leve mere")
    assert events(database, told) == []


def test_stop_gets_no_word_about_opening_hours(database: Database, told: Case) -> None:
    text(database, told, TUESDAY_EVENING, "STOP")
    assert events(database, told) == []


def test_the_answer_keeps_to_the_day_of_the_message_that_has_waited_longest(
    database: Database, told: Case
) -> None:
    text(database, told, IN_HOURS)
    text(database, told, TUESDAY_EVENING, "Er du der?")
    assert events(database, told) == [("sms", "2026-11-26", True)]


def test_a_promise_that_was_broken_is_not_made_again(database: Database, told: Case) -> None:
    text(database, told, IN_HOURS)
    text(database, told, IN_HOURS + timedelta(days=7, hours=8), "Er du der?")
    assert events(database, told) == [("sms", "2026-12-04", True)]


@pytest.mark.parametrize(
    ("when", "change_of", "reason"),
    [
        (TUESDAY_EVENING, {"opted_out_at": TUESDAY_EVENING}, "opted_out"),
        (TUESDAY_EVENING, {"frozen_at": TUESDAY_EVENING}, "number_frozen"),
        (IN_HOURS + timedelta(days=1), {}, "open_again"),
    ],
)
def test_an_answer_that_is_no_longer_true_or_wanted_is_not_sent(
    portal: Portal, database: Database, told: Case, when: datetime, change_of: dict[str, Any], reason: str
) -> None:
    text(database, told, TUESDAY_EVENING)
    change(database, told, **change_of)
    assert render(portal, told, when) == Withheld(reason)


def test_who_was_answered_by_a_person_meanwhile_gets_no_automatic_answer(
    portal: Portal, database: Database, told: Case
) -> None:
    text(database, told, TUESDAY_EVENING)
    answer(database, told, TUESDAY_EVENING + timedelta(seconds=30))
    assert render(portal, told, TUESDAY_EVENING + HOUR) == Withheld("answered")


def test_her_own_word_and_language_are_in_the_answer(portal: Portal, database: Database, told: Case) -> None:
    change(database, told, kendeord="lærke", language="ar")
    text(database, told, TUESDAY_EVENING)
    sms = render(portal, told, TUESDAY_EVENING)
    assert isinstance(sms, Rendered)
    assert "lærke" in sms.text and "27 نوفمبر" in sms.text


def test_every_thread_says_by_when_an_answer_may_be_expected(database: Database, told: Case) -> None:
    def clock(at: datetime) -> tuple[date, Clock | None]:
        with database.read(told.municipality_id) as session:
            found = reply_time(session, session.get_one(Citizen, told.citizen_id), at)
        return found.by, found.clock

    assert clock(IN_HOURS) == (date(2026, 11, 26), None)
    text(database, told, IN_HOURS)
    text(database, told, IN_HOURS + 24 * HOUR, "Er du der?")
    assert clock(IN_HOURS + 24 * HOUR) == (date(2026, 11, 26), Clock.IN_TIME)
    assert clock(IN_HOURS + 48 * HOUR) == (date(2026, 11, 26), Clock.TODAY)
    assert clock(IN_HOURS + 72 * HOUR) == (date(2026, 11, 26), Clock.OVERDUE)
    answer(database, told, IN_HOURS + 72 * HOUR)
    assert clock(IN_HOURS + 72 * HOUR)[1] is None


def test_hours_are_kept_as_they_were_set_and_the_change_is_written_down(
    database: Database, told: Case, now: datetime
) -> None:
    typed = Typed(WEEK, [("2026-12-28", "2026-12-30"), ("2026-12-24", "")], "3")
    with database.write(told.municipality_id) as session:
        team = session.scalars(select(Team)).one()
        assert save(session, team, typed, told.staff_id, now) == {}
    with database.read(told.municipality_id) as session:
        kept = typed_of(opening_hours.of_team(session, team.id))
        actions = session.scalars(select(AuditEvent.action)).all()
    assert list(kept.week) == WEEK
    assert list(kept.closings) == [("2026-12-24", ""), ("2026-12-28", "2026-12-30")]
    assert kept.reply_days == "3" and actions.count("hours.changed") == 2
