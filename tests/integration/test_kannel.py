"""The gateway to Kannel against Debian's own Kannel, from the outbox to a phone and back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from database.encryption import blind_index
from database.tenancy import EVERYONE
from messaging.gateway import Accepted, Busy, OutgoingSms, Trouble
from messaging.inbound import InboundMessage
from messaging.kannel_gateway import KannelGateway
from messaging.message import Status
from messaging.outbox import OutboxMessage
from messaging.segments import measure
from portal.app import create_app
from portal.config import KannelAccount
from portal.runtime import Portal
from portal.services import background
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case, make_case
from tests.conftest import NOW, add_municipality
from tests.doubles.kannel import A_MOMENT, PATIENCE, Kannel, Phone
from tests.doubles.kannel import kannel as running_kannel
from tests.doubles.kannel_server import CALLBACK_SECRET, PASSWORD, USERNAME
from tests.doubles.serving import served
from tests.web.conftest import settings_for

PHONE, NUMBER = "+4510111111", "+4510900000"


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    with running_kannel(tmp_path_factory.mktemp("kannel")) as kannel:
        yield kannel


@pytest.fixture
def app(kannel: Kannel, sqlite_url: str) -> Iterator[Flask]:
    address = f"http://127.0.0.1:{kannel.portal_port}"
    account = KannelAccount(kannel.url, USERNAME, PASSWORD, CALLBACK_SECRET, address)
    app = create_app(settings_for(sqlite_url, gateway="kannel", kannel=account))
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    yield app
    portal.database.dispose()


@pytest.fixture
def portal(app: Flask) -> Portal:
    found: Portal = app.extensions["taletid"]
    return found


@pytest.fixture
def case(portal: Portal) -> Case:
    case = make_case(portal.database, add_municipality(portal.database), NOW)
    with portal.database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        citizen.phone, citizen.phone_index = PHONE, blind_index("phone", PHONE)
    return case


def comes_true(condition: Callable[[], bool]) -> bool:
    for _ in range(int(PATIENCE / A_MOMENT)):
        if condition():
            return True
        threading.Event().wait(A_MOMENT)
    return False


def status(portal: Portal) -> Status:
    with portal.database.read(EVERYONE) as session:
        return session.scalars(select(OutboxMessage.status)).one()


def texts(portal: Portal) -> list[str]:
    with portal.database.read(EVERYONE) as session:
        return list(session.scalars(select(InboundMessage.text)))


def gateway(kannel: Kannel, password: str = PASSWORD) -> KannelGateway:
    return KannelGateway(kannel.url, USERNAME, password, "http://127.0.0.1:9/none")


def test_a_message_reaches_the_phone_and_its_receipt_comes_back(
    kannel: Kannel, app: Flask, portal: Portal, case: Case
) -> None:
    with portal.write(case.municipality_id) as session:
        writing = StaffWriting(case.staff_id, "Vi ses kl. 10 på Rådhuset", Channel.SMS)
        write_as_staff(session, case.citizen_id, writing, NOW)
    with served(app, kannel.portal_port):
        background.deliver(portal)
        assert kannel.next_sms() == Phone(NUMBER, PHONE, "Vi ses kl. 10 på Rådhuset")
        assert comes_true(lambda: status(portal) is Status.DELIVERED)


@pytest.mark.parametrize(
    "text", ["Hej æøå ÆØÅ é £ @ {kort} [1] ~ €", "100% a+b=c&d?e#f/g", "Hej 👋🏽 – “ja”", "مرحبا ٤", "ሰላም"]
)
def test_every_sign_arrives_as_it_was_written(kannel: Kannel, text: str) -> None:
    assert gateway(kannel).send(OutgoingSms(PHONE, "Aakoebing", text, "ref")) == Accepted("ref")
    assert kannel.next_sms() == Phone("Aakoebing", PHONE, text)


def test_a_long_message_arrives_in_the_parts_that_were_counted(kannel: Kannel) -> None:
    text = "Hej Ane. Vi ses på Rådhuset kl. 10. " * 8
    assert measure(text).parts == 2
    gateway(kannel).send(OutgoingSms(PHONE, NUMBER, text, "ref"))
    assert kannel.next_sms().text + kannel.next_sms().text == text


def test_wrong_credentials_lose_no_message_and_call_for_a_person(kannel: Kannel) -> None:
    outcome = gateway(kannel, "a guess").send(OutgoingSms(PHONE, "Aakoebing", "Hej", "ref"))
    assert outcome == Busy(Trouble.CREDENTIALS, code="403", alarm=True)


@pytest.mark.parametrize("text", ["Ja tak   det gik 100% + godt", "Det gik godt – æøå 👍", "نعم"])
def test_a_reply_reaches_the_thread_and_kannel_answers_the_phone_with_nothing(
    kannel: Kannel, app: Flask, portal: Portal, case: Case, text: str
) -> None:
    with served(app, kannel.portal_port):
        kannel.write_sms(PHONE, NUMBER, text)
        assert comes_true(lambda: texts(portal) == [text])
    background.receive(portal)
    with portal.database.read(EVERYONE) as session:
        assert session.scalars(select(ThreadEntry.body)).all() == [text]
    assert kannel.screen.empty()


def test_a_reply_that_comes_while_the_portal_is_down_is_handed_over_when_it_is_up_and_kept_once(
    kannel: Kannel, app: Flask, portal: Portal, case: Case
) -> None:
    kannel.write_sms(PHONE, NUMBER, "Jeg kommer lidt senere")
    gateway(kannel).send(OutgoingSms(PHONE, "Aakoebing", "Hej", "ref"))
    kannel.next_sms()  # what came before it is on its way by now
    with served(app, kannel.portal_port):
        assert comes_true(lambda: texts(portal) == ["Jeg kommer lidt senere"])
