"""The simulated phones: messages, receipts and replies go the way a real provider's go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from database.engine import Database
from database.tenancy import EVERYONE
from messaging import simulator
from messaging.crew import Crew
from messaging.delivery import Courier
from messaging.inbound import InboundMessage, store
from messaging.message import Status
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from messaging.simulator import CannotReplyError, PhoneState, SimulatorGateway
from tests.conftest import NOW
from tests.doubles.gateway import PHONE, Clock, ScriptedHooks

LATER = NOW + timedelta(minutes=1)


@dataclass
class Network:
    database: Database
    municipality: int

    def send(self) -> int:
        with self.database.write(self.municipality) as session:
            message_id = enqueue(session, NewMessage("invitation", 7, "invitation:7"), NOW).message.id
        clock = Clock(NOW)
        gateway = SimulatorGateway(self.database, clock)
        Crew(1).deliver(Courier(self.database, gateway, ScriptedHooks(), clock, "worker"))
        return message_id

    def switch(self, state: PhoneState) -> None:
        with self.database.write(EVERYONE) as session:
            simulator.set_phone_state(session, PHONE, state)

    def on_screen(self) -> list[str]:
        with self.database.read(EVERYONE) as session:
            return [message.text for message in simulator.messages_of(session, PHONE)]

    def status(self, message_id: int) -> Status:
        with self.database.read(EVERYONE) as session:
            return session.get_one(OutboxMessage, message_id).status


@pytest.fixture
def network(database: Database, municipality: int) -> Network:
    return Network(database, municipality)


def test_a_message_shows_on_the_phone_and_its_receipt_comes_afterwards(network: Network) -> None:
    message_id = network.send()
    assert (network.on_screen(), network.status(message_id)) == (["Hej Ane"], Status.SENT)
    assert simulator.deliver_receipts(network.database, LATER) == 1
    assert network.status(message_id) is Status.DELIVERED


def test_a_receipt_is_sent_once(network: Network) -> None:
    network.send()
    simulator.deliver_receipts(network.database, LATER)
    assert simulator.deliver_receipts(network.database, LATER) == 0


def test_a_phone_that_is_off_gets_its_messages_when_it_is_on_again(network: Network) -> None:
    network.switch(PhoneState.OFF)
    message_id = network.send()
    assert simulator.deliver_receipts(network.database, LATER) == 0
    assert (network.on_screen(), network.status(message_id)) == ([], Status.SENT)
    network.switch(PhoneState.ON)
    assert simulator.deliver_receipts(network.database, LATER) == 1
    assert (network.on_screen(), network.status(message_id)) == (["Hej Ane"], Status.DELIVERED)


def test_a_number_not_in_use_gives_an_undelivered_receipt_with_its_code(network: Network) -> None:
    network.switch(PhoneState.NOT_IN_USE)
    message_id = network.send()
    simulator.deliver_receipts(network.database, LATER)
    with network.database.read(EVERYONE) as session:
        message = session.get_one(OutboxMessage, message_id)
    assert (message.status, message.error_code, message.reason) == (
        Status.UNDELIVERED,
        "30005",
        "number_not_in_use",
    )
    assert network.on_screen() == []


def test_a_reply_is_handed_over_as_a_webhook_would_and_shows_on_the_phone(network: Network) -> None:
    with network.database.write(EVERYONE) as session:
        sms = simulator.reply(session, PHONE, "+4510900000", "Det gik godt", NOW)
    with network.database.write(network.municipality) as session:
        stored = session.get_one(InboundMessage, store(session, sms, NOW).message_id)
    assert (stored.sender, stored.text, stored.provider) == (PHONE, "Det gik godt", "simulator")
    assert network.on_screen() == ["Det gik godt"]


def test_a_name_cannot_be_answered(network: Network) -> None:
    with network.database.write(EVERYONE) as session, pytest.raises(CannotReplyError):
        simulator.reply(session, PHONE, "Aakoebing", "Hej", NOW)
    assert network.on_screen() == []


def test_phones_are_listed_the_last_written_to_first(network: Network) -> None:
    with network.database.write(EVERYONE) as session:
        simulator.set_phone_state(session, "+4510000001", PhoneState.OFF)
    network.send()
    with network.database.read(EVERYONE) as session:
        listed = simulator.phones(session)
    assert [(phone.number, phone.state, phone.last_message_at) for phone in listed] == [
        (PHONE, PhoneState.ON, NOW),
        ("+4510000001", PhoneState.OFF, None),
    ]


def test_numbers_and_texts_are_not_readable_in_the_database(network: Network) -> None:
    network.send()
    with network.database.engine.connect() as connection:
        rows = str(connection.execute(text('SELECT "to", sender, text FROM simulated_messages')).all())
        rows += str(connection.execute(text("SELECT number FROM simulated_phones")).all())
    assert "Ane" not in rows
    assert "20123456" not in rows
