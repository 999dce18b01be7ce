"""STOP holds, whatever comes in which order: nothing is sent to who has opted out but the one answer to STOP."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from i18n.texts import shipped_catalogs
from messaging import inbound
from messaging.crew import Crew
from messaging.delivery import Courier
from messaging.gateway import InboundSms, OutgoingSms, Receipt, Refused, Trouble
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.config import Settings
from portal.runtime import Portal
from portal.services import numbers, sms_wish
from portal.services.inbound import Inbox
from portal.services.receipts import take_receipt
from portal.services.sms.texts import SmsTexts
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.overlays import Overlays
from portal.store.people import Citizen
from tests.cases import make_case
from tests.conftest import NOW, add_municipality
from tests.doubles.gateway import Clock, ScriptedGateway

CATALOGS = shipped_catalogs()
STOP_ANSWER = CATALOGS.texts("da")("sms.stop_confirmation")
ELSEWHERE = Refused("21610", Trouble.OPTED_OUT, opted_out=True)
"""What a provider says that has heard STOP itself."""


class World(RuleBasedStateMachine):
    """Her phone, her page, her caseworker and the provider, in any order; ``stopped`` is what we should know."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="taletid-stop-")
        shutil.copy(self.template, f"{self.folder}/world.db")
        self.database = Database(f"sqlite:///{self.folder}/world.db")
        self.clock = Clock(NOW)
        self.gateway = ScriptedGateway(meanwhile=self.look_at)
        self.case = make_case(self.database, add_municipality(self.database), NOW)
        with self.database.write(EVERYONE) as session:
            session.scalars(select(Municipality)).one().send_always = True
        self.portal = Portal(
            settings=Settings("s" * 32, ("e" * 32,), "i" * 32),
            database=self.database,
            catalogs=CATALOGS,
            gateway=self.gateway,
            overlays=Overlays(self.database, CATALOGS),
            clock=self.clock,
        )
        self.count, self.stopped, self.stops, self.answers = 0, False, 0, 0
        self.wrong: list[str] = []

    def teardown(self) -> None:
        self.database.dispose()
        shutil.rmtree(self.folder)

    @property
    def here(self) -> int:
        return self.case.municipality_id

    def citizen(self) -> Citizen:
        with self.database.read(self.here) as session:
            return session.get_one(Citizen, self.case.citizen_id)

    def look_at(self, sms: OutgoingSms) -> None:
        """While the provider has it. What is wrong is written down: a courier outlives a gateway that raises."""
        is_answer = sms.text == STOP_ANSWER
        self.answers += is_answer
        if is_answer is not self.stopped:
            self.wrong.append(sms.text)
        if self.gateway.outcomes and isinstance(self.gateway.outcomes[0], Refused):
            self.stopped = True

    def on(self) -> None:
        self.count += 1
        self.clock.now += timedelta(minutes=7)

    @rule()
    def she_stops(self) -> None:
        self.she_writes("STOP")
        self.hears(True)

    @rule()
    def she_starts(self) -> None:
        self.she_writes("START")
        self.hears(False)

    @rule(text=st.sampled_from(["Hej", "Jeg vil ikke leve mere"]))
    def she_writes(self, text: str) -> None:
        self.on()
        sms = InboundSms("twilio", f"SM{self.count}", self.citizen().phone, "+4510900000", text)
        with self.database.write(self.here) as session:
            message_id = inbound.store(session, sms, self.clock()).message_id
        with self.database.write(self.here) as session:
            inbound.process(session, message_id, Inbox(), self.clock())

    @rule(wants_sms=st.booleans())
    def she_says_so_on_her_page(self, wants_sms: bool) -> None:
        self.on()
        with self.database.write(self.here) as session:
            sms_wish.say(session, self.case.citizen_id, wants_sms=wants_sms, now=self.clock())
        self.hears(not wants_sms)

    @rule(channel=st.sampled_from(Channel))
    def her_caseworker_writes(self, channel: Channel) -> None:
        self.on()
        writing = StaffWriting(self.case.staff_id, f"Vi ses {self.count}", channel, confirmed=True)
        with self.database.write(self.here) as session:
            write_as_staff(session, self.case.citizen_id, writing, self.clock())

    @rule()
    def her_number_changes(self) -> None:
        self.on()
        with self.database.write(self.here) as session:
            row = session.get_one(Citizen, self.case.citizen_id)
            numbers.change_number(session, row, f"+45112{self.count:05}", self.case.staff_id, self.clock())

    @rule()
    def the_worker_delivers(self) -> None:
        self.on()
        courier = Courier(self.database, self.gateway, SmsTexts(self.portal), self.clock, "worker")
        Crew(1).deliver(courier)
        self.gateway.outcomes.clear()

    @rule()
    def the_provider_refuses_the_next(self) -> None:
        self.gateway.outcomes[:] = [ELSEWHERE]

    @precondition(lambda self: self.gateway.sent)
    @rule(place=st.integers(0, 50), outcome=st.sampled_from([Status.DELIVERED, Status.UNDELIVERED]))
    def a_receipt_comes(self, place: int, outcome: Status) -> None:
        self.on()
        sent = self.gateway.sent[place % len(self.gateway.sent)]
        reason = None if outcome is Status.DELIVERED else Trouble.OPTED_OUT
        receipt = Receipt("scripted", "id", outcome, reason=reason, reference=sent.callback_reference)
        with self.database.write(EVERYONE) as session:
            applied = take_receipt(session, receipt, self.clock())
        if applied.changed and reason is not None:
            self.hears(True)

    def hears(self, stopped: bool) -> None:
        self.stops += stopped and not self.stopped
        self.stopped = stopped

    @invariant()
    def who_has_stopped_gets_the_answer_to_stop_and_nothing_else(self) -> None:
        assert self.wrong == []

    @invariant()
    def what_is_known_of_her_is_what_was_said_last(self) -> None:
        assert (self.citizen().opted_out_at is not None) is self.stopped

    @invariant()
    def stop_is_answered_once_at_most(self) -> None:
        assert self.answers <= self.stops

    @invariant()
    def what_was_not_sent_says_why(self) -> None:
        with self.database.read(self.here) as session:
            query = select(OutboxMessage.reason).where(OutboxMessage.status == Status.WITHHELD)
            assert all(session.scalars(query))


def test_nothing_is_sent_to_who_has_opted_out_but_the_answer_to_stop(sqlite_template: Path) -> None:
    machine: Any = type("World", (World,), {"template": sqlite_template})
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=20))


def test_what_waited_to_go_out_when_she_stopped_is_withheld_and_says_why(sqlite_template: Path) -> None:
    world = type("World", (World,), {"template": sqlite_template})()
    world.she_writes("Jeg vil ikke leve mere")
    world.she_stops()
    world.the_worker_delivers()
    with world.database.read(world.here) as session:
        fates = dict(session.execute(select(OutboxMessage.status, OutboxMessage.reason)).all())
    world.teardown()
    assert fates == {Status.WITHHELD: "opted_out", Status.SENT: None}
