"""From the first SMS to "call her": what the sweep does with a ladder, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from database.engine import Database
from messaging.crew import Crew
from messaging.delivery import Courier
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.services import ladders
from portal.services.invitations import send_questionnaire
from portal.services.sms.texts import SmsTexts
from portal.store.answering import Invitation
from portal.store.people import Citizen
from portal.store.reminders import ReminderLadder
from portal.store.thread import ThreadEntry
from tests.cases import Case
from tests.doubles.gateway import Clock, ScriptedGateway
from tests.portals import portal_on
from tests.windows import local

MONDAY = local("2026-11-16T10:00")
HOUR = timedelta(hours=1)


@dataclass
class Days:
    """A portal whose clock is turned by hand; each turn sweeps and delivers, as a worker would each minute."""

    database: Database
    case: Case
    clock: Clock = field(default_factory=lambda: Clock(MONDAY))
    gateway: ScriptedGateway = field(default_factory=ScriptedGateway)

    def __post_init__(self) -> None:
        self.portal = portal_on(self.database, self.clock, self.gateway)

    def ask(self, *, remind: bool = True) -> None:
        case = self.case
        with self.database.write(case.municipality_id) as session:
            send_questionnaire(
                session, case.citizen_id, case.questionnaire_id, case.staff_id, self.clock(), remind=remind
            )
        self.work()

    def work(self) -> None:
        ladders.advance(self.portal, self.clock())
        courier = Courier(self.database, self.gateway, SmsTexts(self.portal), self.clock, "worker")
        Crew(1).deliver(courier, 20)

    def go_to(self, moment: datetime) -> None:
        """Hour by hour, but for the hours in which nothing falls due."""
        while self.clock.now < moment:
            idle = (self.falls_due(moment) - self.clock.now) // HOUR
            self.clock.now = min(self.clock.now + max(1, idle) * HOUR, moment)
            self.work()

    def falls_due(self, latest: datetime) -> datetime:
        due = (OutboxMessage.due_at, ReminderLadder.check_at)
        with self.database.read(self.case.municipality_id) as session:
            first: list[datetime | None] = [session.scalar(select(func.min(column))) for column in due]
        return min([latest, *filter(None, first)])

    def change(self, **values: Any) -> None:
        with self.database.write(self.case.municipality_id) as session:
            citizen = session.get_one(Citizen, self.case.citizen_id)
            for name, value in values.items():
                setattr(citizen, name, value)

    def answer(self) -> None:
        with self.database.write(self.case.municipality_id) as session:
            session.scalars(select(Invitation)).one().finished_at = self.clock()

    def write(self, author: str) -> None:
        with self.database.write(self.case.municipality_id) as session:
            session.add(
                ThreadEntry(
                    citizen_id=self.case.citizen_id,
                    author=author,
                    channel="portal",
                    body="Hej",
                    created_at=self.clock(),
                )
            )

    def messages(self) -> list[OutboxMessage]:
        with self.database.read(self.case.municipality_id) as session:
            return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    def ladder(self) -> ReminderLadder:
        with self.database.read(self.case.municipality_id) as session:
            return session.scalars(select(ReminderLadder).order_by(ReminderLadder.id.desc())).first()  # type: ignore[return-value]

    def events(self) -> list[str]:
        with self.database.read(self.case.municipality_id) as session:
            query = select(ThreadEntry.kind).order_by(ThreadEntry.id)
            return list(session.scalars(query))


@pytest.fixture
def days(database: Database, case: Case) -> Days:
    return Days(database, case)


def test_three_sms_at_three_hours_then_her_caseworker_is_asked_to_call(days: Days) -> None:
    days.ask()
    days.go_to(MONDAY + timedelta(days=20))
    sent = [message.sent_at for message in days.messages()]
    assert sent == [MONDAY, local("2026-11-19T15:00"), local("2026-11-24T12:00")]
    assert ["Hej Mette" in sms.text for sms in days.gateway.sent] == [True] * 3
    assert "ikke om det igen" in days.gateway.sent[2].text
    assert "ikke om det igen" not in days.gateway.sent[1].text
    assert (days.ladder().end, days.ladder().taken) == ("no_answer", 3)
    assert days.events() == ["invitation", "reminder", "reminder", "ladder_ended"]


def test_an_answer_ends_the_ladder_without_another_word(days: Days) -> None:
    days.ask()
    days.answer()
    days.go_to(MONDAY + timedelta(days=20))
    assert days.ladder().end == "answered"
    assert days.events() == ["invitation"]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"opted_out_at": MONDAY}, "opted_out"),
        ({"frozen_at": MONDAY}, "number_frozen"),
        ({"number_failed_at": MONDAY}, "number_failed"),
        ({"standing": "exempt"}, "exempt"),
        ({"standing": "dropped_out"}, "dropped_out"),
    ],
)
def test_what_happened_since_stops_the_ladder_and_stands_on_the_reminder(
    days: Days, known: dict[str, Any], reason: str
) -> None:
    days.ask()
    days.change(**known)
    days.go_to(MONDAY + timedelta(days=20))
    first, reminder = days.messages()
    assert first.status is Status.SENT
    assert (reminder.status, reminder.reason) == (Status.WITHHELD, reason)
    assert days.ladder().end == reason
    assert days.events() == ["invitation", "reminder"]


def test_an_unanswered_message_of_hers_holds_the_ladder_until_a_person_has_replied(days: Days) -> None:
    days.ask()
    days.write("citizen")
    days.go_to(local("2026-11-20T16:00"))
    reminder = days.messages()[1]
    assert (reminder.status, reminder.reason) == (Status.QUEUED, "unanswered")
    days.write("system")
    days.go_to(local("2026-11-23T16:00"))
    assert days.messages()[1].status is Status.QUEUED
    days.write("staff")
    days.go_to(local("2026-11-24T16:00"))
    assert days.messages()[1].sent_at == local("2026-11-24T15:00")
    days.go_to(local("2026-11-28T16:00"))
    assert days.messages()[2].sent_at == local("2026-11-27T12:00")


def test_a_pause_holds_the_ladder_until_its_day(days: Days) -> None:
    days.ask()
    days.change(reminders_paused_at=MONDAY, reminders_paused_until=local("2026-11-25T00:00").date())
    days.go_to(local("2026-11-24T18:00"))
    assert (days.messages()[1].status, days.messages()[1].reason) == (Status.QUEUED, "paused")
    days.go_to(local("2026-11-25T16:00"))
    assert days.messages()[1].sent_at == local("2026-11-25T15:00")


def test_a_ladder_that_is_held_too_long_stops_and_says_so(days: Days) -> None:
    days.ask()
    days.change(reminders_paused_at=MONDAY)
    days.go_to(MONDAY + timedelta(days=40))
    assert [message.reason for message in days.messages()] == [None, "too_late"]
    assert days.ladder().end == "too_late"


def test_what_was_sent_this_week_holds_a_reminder(days: Days) -> None:
    days.ask()
    days.go_to(local("2026-11-18T10:00"))
    for number in range(2):
        with days.database.write(days.case.municipality_id) as session:
            session.add(
                OutboxMessage(
                    kind="sms", recipient_ref=days.case.citizen_id, dedupe_key=f"sms:{number}", parameters={},
                    status=Status.SENT, reference=f"r{number}", created_at=days.clock(), sent_at=days.clock(),
                )
            )  # fmt: skip
    days.go_to(local("2026-11-19T16:00"))
    reminder = days.messages()[-1]
    assert (reminder.kind, reminder.reason) == ("reminder", "weekly_cap")
    assert reminder.due_at == local("2026-11-23T09:00")


def test_a_questionnaire_may_be_sent_without_reminders(days: Days) -> None:
    days.ask(remind=False)
    days.go_to(MONDAY + timedelta(days=20))
    assert len(days.messages()) == 1
    assert days.ladder() is None


def test_who_is_asked_anew_is_reminded_of_the_new_one_alone(days: Days) -> None:
    days.ask()
    days.go_to(MONDAY + timedelta(days=2))
    days.ask()
    with days.database.read(days.case.municipality_id) as session:
        ended = session.scalars(select(ReminderLadder.end).order_by(ReminderLadder.id)).all()
    assert ended == ["asked_again", None]


def test_two_sweeps_at_once_remind_once(days: Days) -> None:
    days.ask()
    days.go_to(local("2026-11-19T14:59"))
    days.clock.now = local("2026-11-19T15:00")
    for _ in range(2):
        ladders.advance(days.portal, days.clock())
    assert len(days.messages()) == 2


def test_many_ladders_move_in_batches(days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladders, "AT_ONCE", 1)
    days.ask()
    days.clock.now = MONDAY + timedelta(days=2)
    days.ask()
    days.go_to(MONDAY + timedelta(days=9))
    assert [message.kind for message in days.messages()].count("reminder") == 1
