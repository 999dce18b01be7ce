"""A check-in by SMS from the question to the answer: what is sent, what is understood, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from database.encryption import blind_index
from database.engine import Database
from database.tenancy import EVERYONE
from i18n.texts import shipped_catalogs
from messaging import inbound
from messaging.crew import Crew
from messaging.delivery import Courier
from messaging.gateway import InboundSms
from messaging.outbox import OutboxMessage
from portal.config import Settings
from portal.domain.check_ins import CLOSES_AFTER, AskState
from portal.domain.replies import ReplyKind
from portal.runtime import Portal
from portal.services import check_ins
from portal.services.check_in_composing import (
    Composed,
    NewQuestion,
    NotComposed,
    compose,
    shipped,
)
from portal.services.check_ins import Asked, NotAsked, NotAskedReason
from portal.services.inbound import Inbox
from portal.services.sms.texts import SmsTexts
from portal.services.team_hours import Typed, save
from portal.store.check_in_asks import not_gone
from portal.store.check_ins import CheckInAnswer, CheckInAsk
from portal.store.crisis import newest_open_and_planned
from portal.store.overlays import Overlays
from portal.store.people import Citizen, Team
from portal.store.thread import ThreadEntry
from tests.cases import Case, make_case
from tests.conftest import add_municipality
from tests.doubles.gateway import Clock, ScriptedGateway

CATALOGS = shipped_catalogs()
HERS = "+4510111111"
_ids = count(1)


@dataclass
class Talk:
    """The caseworker, a worker and the citizen's phone."""

    database: Database
    case: Case
    clock: Clock
    gateway: ScriptedGateway = field(default_factory=ScriptedGateway)

    def compose(self, *questions: NewQuestion) -> Composed | NotComposed:
        with self.database.write(self.case.municipality_id) as session:
            return compose(session, questions, self.case.staff_id, self.clock.now)

    def ask(self, *questions: NewQuestion, due_at: datetime | None = None) -> Asked | NotAsked:
        composed = self.compose(*questions)
        assert isinstance(composed, Composed)
        with self.database.write(self.case.municipality_id) as session:
            citizen_id, staff_id = self.case.citizen_id, self.case.staff_id
            return check_ins.ask(
                session, citizen_id, composed.check_in_id, staff_id, self.clock.now, due_at=due_at
            )

    def deliver(self) -> list[str]:
        """The SMS that came to her phone now."""
        before = len(self.gateway.sent)
        settings = Settings("s" * 32, ("e" * 32,), "i" * 32, link_url="https://svar.aakoebing")
        overlays = Overlays(self.database, CATALOGS)
        portal = Portal(settings, self.database, CATALOGS, self.gateway, overlays, clock=self.clock)
        courier = Courier(self.database, self.gateway, SmsTexts(portal), self.clock, "worker")
        Crew(1).deliver(courier, 20)
        return [sms.text for sms in self.gateway.sent[before:]]

    def write(self, text: str) -> list[str]:
        """She writes, a minute later; gives what she gets back."""
        self.clock.now += timedelta(minutes=1)
        sms = InboundSms("twilio", f"CI{next(_ids)}", HERS, "+4510900000", text)
        with self.database.write(self.case.municipality_id) as session:
            message_id = inbound.store(session, sms, self.clock.now).message_id
        with self.database.write(self.case.municipality_id) as session:
            assert inbound.process(session, message_id, Inbox(), self.clock.now)
        return self.deliver()

    def asks(self) -> Sequence[CheckInAsk]:
        with self.database.read(self.case.municipality_id) as session:
            return session.scalars(select(CheckInAsk).order_by(CheckInAsk.id)).all()

    def answers(self) -> list[tuple[str | None, str | None]]:
        with self.database.read(self.case.municipality_id) as session:
            rows = session.scalars(select(CheckInAnswer).order_by(CheckInAnswer.id))
            return [(row.value, row.text) for row in rows]

    def thread(self) -> list[tuple[str, str, str | None]]:
        with self.database.read(self.case.municipality_id) as session:
            rows = session.scalars(select(ThreadEntry).order_by(ThreadEntry.id))
            return [(row.kind, row.author, row.body) for row in rows]

    def change(self, **values: object) -> None:
        with self.database.write(self.case.municipality_id) as session:
            for name, value in values.items():
                setattr(session.get_one(Citizen, self.case.citizen_id), name, value)


@pytest.fixture
def talk(database: Database, case: Case, now: datetime) -> Talk:
    return talk_in(database, case, now)


@pytest.fixture
def quick(sqlite_url: str, now: datetime) -> Iterator[Talk]:
    """On SQLite alone: for rules that lie above the database."""
    database = Database(sqlite_url)
    yield talk_in(database, make_case(database, add_municipality(database), now), now)
    database.dispose()


def talk_in(database: Database, case: Case, now: datetime) -> Talk:
    talk = Talk(database, case, Clock(now))
    talk.change(phone=HERS, phone_index=blind_index("phone", HERS), kendeord="blåbær")
    return talk


def own_words(text: str, kind: ReplyKind = ReplyKind.YES_NO) -> NewQuestion:
    return NewQuestion(kind, text=text)


def test_a_yes_is_kept_shown_and_confirmed_once(talk: Talk) -> None:
    talk.ask(shipped("journey"))
    question = "Hej Mette. Gik turen derhen godt? Svar JA eller NEJ. Hilsen Lone\nblåbær"
    assert talk.deliver() == [question]
    assert talk.gateway.sent[0].sender == "+4510900000"
    assert talk.write("Ja tak 👍") == ["Tak. Vi har noteret: JA.\nblåbær"]
    assert talk.answers() == [("yes", None)]
    assert talk.thread() == [
        ("check_in", "staff", "Gik turen derhen godt?"),
        ("check_in_answer", "citizen", "Ja tak 👍"),
    ]
    assert [each.state for each in talk.asks()] == [AskState.ANSWERED]
    assert talk.write("Ja") == []
    assert talk.thread()[-1] == ("message", "citizen", "Ja")


def test_the_question_stands_in_her_language_and_so_does_the_thanks(quick: Talk) -> None:
    quick.change(language="pl", kendeord=None)
    quick.ask(shipped("journey"))
    (question,) = quick.deliver()
    assert "Czy droga tam minęła dobrze? Odpowiedz TAK lub NIE." in question
    assert quick.write("tak") == ["Dziękujemy. Zapisaliśmy: TAK."]


def test_own_words_go_out_as_they_were_written_with_the_way_to_answer_in_her_language(quick: Talk) -> None:
    quick.change(language="en", kendeord=None)
    quick.ask(own_words("Fik du fat i nøglen?"))
    assert quick.deliver() == ["Hi Mette. Fik du fat i nøglen? Answer YES or NO. Regards, Lone"]


def test_three_questions_follow_each_other_and_are_confirmed_at_the_end(talk: Talk) -> None:
    talk.ask(shipped("journey"), shipped("everyday"), shipped("today"))
    talk.deliver()
    (second,) = talk.write("nej desværre")
    assert second == "Hvor godt går hverdagen? 1 er skidt, 5 er godt. Svar med et tal fra 1 til 5.\nblåbær"
    (third,) = talk.write("٤")
    assert third == "Hvordan gik det i dag?\nblåbær"
    assert talk.write("Bussen kom ikke") == ["Tak. Vi har noteret: NEJ, 4.\nblåbær"]
    assert talk.answers() == [("no", None), ("4", None), (None, "Bussen kom ikke")]
    assert [kind for kind, _, _ in talk.thread()] == ["check_in", "check_in_answer"] * 2 + [
        "check_in",
        "message",
    ]


def test_a_quick_second_sms_does_not_answer_a_question_that_has_not_gone_out(quick: Talk) -> None:
    quick.ask(shipped("journey"), shipped("started"))
    quick.deliver()
    quick.deliver, deliver = (lambda: []), quick.deliver  # type: ignore[method-assign]
    quick.write("ja")
    quick.write("ja")
    assert quick.answers() == [("yes", None)]
    assert len(deliver()) == 1


def test_what_is_not_understood_is_a_message_and_the_question_is_repeated_once(quick: Talk) -> None:
    quick.ask(shipped("journey"))
    quick.deliver()
    (repeat,) = quick.write("ja, men jeg kunne ikke komme ind")
    assert repeat.startswith("Tak for din besked.") and "JA eller NEJ" in repeat
    assert quick.write("der var låst") == []
    assert [kind for kind, _, _ in quick.thread()] == ["check_in", "message", "message"]
    assert quick.write("nej") == ["Tak. Vi har noteret: NEJ.\nblåbær"]


def test_a_reply_that_cannot_be_understood_is_never_lost(quick: Talk) -> None:
    quick.ask(shipped("journey"))
    quick.deliver()
    for text in ("👍" * 800, "x" * 1_600, "الجواب 4", "4"):
        quick.write(text)
        assert quick.thread()[-1] == ("message", "citizen", text)
    assert quick.answers() == []


def test_a_check_in_without_an_answer_closes_after_a_week_and_nothing_more_is_sent(talk: Talk) -> None:
    talk.ask(shipped("journey"))
    talk.deliver()
    for days, state in ((6, AskState.OPEN), (7, AskState.CLOSED)):
        with talk.database.write(EVERYONE) as session:
            check_ins.close_expired(session, talk.clock.now + timedelta(days=days))
        assert [each.state for each in talk.asks()] == [state]
    assert talk.asks()[0].reason == "unanswered"
    assert talk.write("ja") == []
    assert talk.thread()[-1][0] == "message"


def test_an_answer_after_the_week_is_a_message_before_the_sweep_too(quick: Talk) -> None:
    quick.ask(shipped("journey"))
    quick.deliver()
    quick.clock.now += CLOSES_AFTER
    assert quick.write("ja") == []
    assert quick.answers() == []


def test_a_newer_check_in_takes_the_place_of_the_older_when_it_goes_out(talk: Talk) -> None:
    talk.ask(shipped("journey"))
    talk.deliver()
    talk.ask(shipped("everyday"))
    assert [each.state for each in talk.asks()] == [AskState.OPEN, AskState.PLANNED]
    talk.deliver()
    assert [(each.state, each.reason) for each in talk.asks()] == [
        (AskState.CLOSED, "replaced"),
        (AskState.OPEN, None),
    ]
    talk.write("3")
    assert talk.answers() == [("3", None)]


def test_the_same_click_twice_asks_once(talk: Talk) -> None:
    first, second = talk.ask(shipped("journey")), talk.ask(shipped("journey"))
    assert isinstance(first, Asked) and isinstance(second, Asked)
    assert (second.ask_id, second.is_new) == (first.ask_id, False)
    assert len(talk.deliver()) == 1


def test_a_planned_one_waits_for_its_time_and_is_in_the_thread_from_then_on(quick: Talk) -> None:
    quick.ask(shipped("journey"), due_at=quick.clock.now + timedelta(hours=2))
    assert (quick.deliver(), quick.thread()) == ([], [])
    assert quick.write("ja") == []
    quick.clock.now += timedelta(hours=2)
    assert len(quick.deliver()) == 1
    assert quick.thread()[-1] == ("check_in", "staff", "Gik turen derhen godt?")


def test_stop_closes_what_is_open_and_what_is_planned(talk: Talk) -> None:
    talk.ask(shipped("journey"))
    talk.deliver()
    talk.ask(shipped("today"), due_at=talk.clock.now + timedelta(days=1))
    talk.write("STOP")
    assert {(each.state, each.reason) for each in talk.asks()} == {(AskState.CLOSED, "opted_out")}
    talk.write("START")
    talk.clock.now += timedelta(days=1)
    assert talk.deliver() == []


def test_an_sms_that_may_not_go_closes_the_check_in_and_says_so_in_the_thread(quick: Talk) -> None:
    quick.ask(shipped("journey"), due_at=quick.clock.now + timedelta(hours=1))
    quick.change(frozen_at=quick.clock.now)
    quick.clock.now += timedelta(hours=1)
    assert quick.deliver() == []
    assert [(each.state, each.reason) for each in quick.asks()] == [(AskState.CLOSED, "number_frozen")]
    assert [kind for kind, _, _ in quick.thread()] == ["check_in"]


def test_who_cannot_be_asked_is_not_and_the_reason_is_named(quick: Talk) -> None:
    quick.change(standing="exempt")
    assert quick.ask(shipped("journey")) == NotAsked(NotAskedReason.EXEMPT)
    assert quick.asks() == []


def test_words_of_crisis_are_for_a_person_and_never_an_answer(quick: Talk) -> None:
    quick.ask(shipped("today"))
    quick.deliver()
    quick.write("jeg vil ikke leve mere")
    assert quick.answers() == []
    assert ("message", "citizen", "jeg vil ikke leve mere") in quick.thread()


def test_the_same_questions_by_the_same_caseworker_are_one_check_in(quick: Talk) -> None:
    assert quick.compose(shipped("journey")) == quick.compose(shipped("journey"))
    assert quick.compose(shipped("journey")) != quick.compose(own_words("Gik turen derhen godt?"))


def test_no_check_in_sms_is_kept_in_the_outbox_as_text(quick: Talk) -> None:
    quick.ask(own_words("Fik du fat i nøglen?"))
    with quick.database.read(quick.case.municipality_id) as session:
        (message,) = session.scalars(select(OutboxMessage)).all()
    assert message.parameters == {"ask_id": quick.asks()[0].id, "position": 0}


def test_what_is_no_answer_gets_one_sms_when_the_team_is_closed_and_the_question_another_time(
    quick: Talk,
) -> None:
    with quick.database.write(quick.case.municipality_id) as session:
        team, week = session.scalars(select(Team)).one(), [("09:00", "15:00")] * 5 + [("", "")] * 2
        assert save(session, team, Typed(week, [], "2"), quick.case.staff_id, quick.clock.now) == {}
    quick.ask(own_words("Gik turen derhen godt?"))
    quick.deliver()
    quick.clock.now += timedelta(hours=8)
    (when_we_answer,) = quick.write("Bussen kom ikke")
    assert "Gik turen" not in when_we_answer
    (again,) = quick.write("Og nu regner det")
    assert "JA" in again


def test_a_planned_question_that_is_taken_back_is_never_sent(talk: Talk) -> None:
    asked = talk.ask(shipped("journey"), due_at=talk.clock.now + timedelta(hours=2))
    assert isinstance(asked, Asked)
    with talk.database.write(talk.case.municipality_id) as session:
        assert [each.asking.id for each in not_gone(session, talk.case.citizen_id, talk.clock.now)] == [
            asked.ask_id
        ]
        assert newest_open_and_planned(session, talk.case.citizen_id) == (None, True)
        assert newest_open_and_planned(session, talk.case.citizen_id + 1) == (None, False)
        assert not check_ins.call_off(session, talk.case.citizen_id + 1, asked.ask_id, talk.clock.now)
        assert check_ins.call_off(session, talk.case.citizen_id, asked.ask_id, talk.clock.now)
        assert not check_ins.call_off(session, talk.case.citizen_id, asked.ask_id, talk.clock.now)
    talk.clock.now += timedelta(hours=3)
    assert talk.deliver() == []
    with talk.database.read(talk.case.municipality_id) as session:
        assert session.get_one(CheckInAsk, asked.ask_id).state is AskState.CLOSED
        assert not_gone(session, talk.case.citizen_id, talk.clock.now) == []


def test_a_question_that_a_worker_has_in_hand_is_not_taken_back(talk: Talk) -> None:
    asked = talk.ask(shipped("journey"))
    assert isinstance(asked, Asked)
    with talk.database.write(talk.case.municipality_id) as session:
        message = session.scalars(select(OutboxMessage)).one()
        message.claimed_by = "a worker"
        session.flush()
        assert not check_ins.call_off(session, talk.case.citizen_id, asked.ask_id, talk.clock.now)
