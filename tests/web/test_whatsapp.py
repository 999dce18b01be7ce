"""WhatsApp through Twilio, from a citizen's message to the answer, and what happens when its day is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.encryption import blind_index
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.app import create_app
from portal.runtime import Portal
from portal.services import background
from portal.services.thread import Channel, NotWritten, StaffWriting, Written, write_as_staff
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests.cases import Case, make_case
from tests.conftest import NOW, add_municipality
from tests.doubles.gateway import Clock
from tests.doubles.provider_server import running
from tests.doubles.providers import PUBLIC_URL, Sms, Twilio
from tests.web.conftest import settings_for, sign_in_as

HERS, OURS = "+4510111111", "+4510900009"
ADDRESS = f"whatsapp:{OURS}"
A_DAY = timedelta(hours=24)
HTTPS = "https://localhost"


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    twilio = Twilio()
    with running(twilio.server):
        yield twilio


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def app(twilio: Twilio, sqlite_url: str, clock: Clock) -> Iterator[Flask]:
    app = create_app(settings_for(sqlite_url, public_url=PUBLIC_URL, **twilio.settings()))
    app.config["WTF_CSRF_ENABLED"] = False
    portal: Portal = app.extensions["taletid"]
    portal.clock = clock
    yield app
    portal.database.dispose()


@pytest.fixture
def portal(app: Flask) -> Portal:
    found: Portal = app.extensions["taletid"]
    return found


@pytest.fixture
def case(app: Flask, portal: Portal) -> Case:
    case = make_case(portal.database, add_municipality(portal.database), NOW)
    with portal.database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        citizen.phone, citizen.phone_index = HERS, blind_index("phone", HERS)
    switched = app.test_cli_runner().invoke(args=["whatsapp", "on", OURS])
    assert switched.exit_code == 0, switched.output
    return case


def hear(client: FlaskClient, portal: Portal, twilio: Twilio, text: str = "Hej", number: int = 1) -> int:
    call = twilio.inbound(Sms(number, text, from_=f"whatsapp:{HERS}", to=ADDRESS))
    answer = client.post(call.path, data=call.body, headers=call.headers)
    background.receive(portal)
    return answer.status_code


def write(portal: Portal, case: Case, body: str = "Vi ses kl. 10") -> Written | NotWritten:
    with portal.write(case.municipality_id) as session:
        writing = StaffWriting(case.staff_id, body, Channel.WHATSAPP)
        return write_as_staff(session, case.citizen_id, writing, portal.clock())


def refused(result: Written | NotWritten) -> str:
    assert isinstance(result, NotWritten)
    return result.reason.value


def entries(portal: Portal, case: Case) -> list[tuple[str, str, str, str | None]]:
    with portal.database.read(case.municipality_id) as session:
        rows = session.scalars(select(ThreadEntry).order_by(ThreadEntry.id))
        return [(row.kind, row.author, row.channel, row.body) for row in rows]


def messages(portal: Portal, case: Case) -> list[tuple[str, Status]]:
    with portal.database.read(case.municipality_id) as session:
        return [(row.kind, row.status) for row in session.scalars(select(OutboxMessage))]


def test_a_message_on_whatsapp_stands_in_the_same_thread_and_is_answered_there(
    app: Flask, portal: Portal, twilio: Twilio, case: Case
) -> None:
    assert hear(app.test_client(), portal, twilio, "Kan jeg komme kl. 10? 👍") == 200
    assert entries(portal, case) == [("message", "citizen", "whatsapp", "Kan jeg komme kl. 10? 👍")]
    assert isinstance(write(portal, case, "Ja, kl. 10"), Written)
    background.deliver(portal)
    (request,) = twilio.server.requests
    assert (request["To"], request["From"], request["Body"]) == (f"whatsapp:{HERS}", ADDRESS, "Ja, kl. 10")
    assert messages(portal, case) == [("whatsapp", Status.SENT)]


def test_a_number_that_is_no_municipalitys_on_whatsapp_is_told_to_twilio(
    app: Flask, portal: Portal, twilio: Twilio, case: Case
) -> None:
    app.test_cli_runner().invoke(args=["whatsapp", "off"])
    assert hear(app.test_client(), portal, twilio) == 404
    assert refused(write(portal, case)) == "no_whatsapp"


@pytest.mark.parametrize(("after", "closed"), [(A_DAY - timedelta(seconds=1), False), (A_DAY, True)])
def test_she_can_be_written_to_there_for_a_day_after_her_own_message(
    app: Flask, portal: Portal, twilio: Twilio, case: Case, clock: Clock, after: timedelta, closed: bool
) -> None:
    assert refused(write(portal, case)) == "whatsapp_closed"
    hear(app.test_client(), portal, twilio)
    clock.now = NOW + after
    result = write(portal, case)
    assert isinstance(result, NotWritten) is closed


def test_what_waited_past_the_day_is_read_on_the_page_told_of_by_sms_and_the_thread_says_why(
    app: Flask, portal: Portal, twilio: Twilio, case: Case, clock: Clock
) -> None:
    hear(app.test_client(), portal, twilio)
    write(portal, case, "Vi ses kl. 10")
    clock.now = NOW + A_DAY
    background.deliver(portal)
    assert entries(portal, case)[1:] == [
        ("message", "staff", "portal", "Vi ses kl. 10"),
        ("whatsapp_closed", "system", "portal", None),
    ]
    (request,) = twilio.server.requests
    assert (request["To"], request["From"]) == (HERS, "Aakoebing")
    assert "Vi ses" not in request["Body"]


def test_stop_holds_on_whatsapp_too(
    app: Flask, portal: Portal, twilio: Twilio, case: Case, clock: Clock
) -> None:
    hear(app.test_client(), portal, twilio)
    write(portal, case)
    hear(app.test_client(), portal, twilio, "STOP", number=2)
    background.deliver(portal)
    assert refused(write(portal, case, "Hallo?")) == "opted_out"
    assert sorted(messages(portal, case)) == [("confirmation", Status.SENT), ("whatsapp", Status.WITHHELD)]


@pytest.mark.parametrize("body", ["Se https://example.dk", "Dit CPR er 010190-1234"])
def test_the_rules_of_an_sms_hold_there(
    app: Flask, portal: Portal, twilio: Twilio, case: Case, body: str
) -> None:
    hear(app.test_client(), portal, twilio)
    assert refused(write(portal, case, body)) == "not_by_sms"


def test_a_message_that_whatsapp_would_not_take_says_why_and_nothing_of_the_number(
    app: Flask, portal: Portal, twilio: Twilio, case: Case
) -> None:
    client = app.test_client()
    hear(client, portal, twilio)
    write(portal, case)
    background.deliver(portal)
    with portal.database.read(case.municipality_id) as session:
        reference = session.scalars(select(OutboxMessage.reference)).one()
    call = twilio.receipt(reference, "failed", "63016")
    assert client.post(call.path, data=call.body, headers=call.headers).status_code == 204
    with portal.database.read(case.municipality_id) as session:
        assert session.scalars(select(OutboxMessage.reason)).one() == "window_closed"
        assert session.get_one(Citizen, case.citizen_id).number_failed_at is None


def signed_in(app: Flask, portal: Portal, case: Case, now: datetime = NOW) -> FlaskClient:
    client = app.test_client()
    with portal.database.read(case.municipality_id) as session:
        caseworker = session.get_one(Staff, case.staff_id)
    sign_in_as(client, portal.database, caseworker, now)
    return client


def test_the_form_offers_whatsapp_while_it_is_open_says_why_when_it_is_not_and_names_meta(
    app: Flask, portal: Portal, twilio: Twilio, case: Case
) -> None:
    client, address = signed_in(app, portal, case), f"/borgere/{case.citizen_id}/samtale"
    closed = client.get(address, base_url=HTTPS).text
    assert "har ikke skrevet på WhatsApp det sidste døgn" in closed
    assert 'value="whatsapp" aria-describedby="way-whatsapp-hint" disabled' in closed
    hear(app.test_client(), portal, twilio)
    open_ = client.get(address, base_url=HTTPS).text
    assert "går gennem Meta" in open_
    assert "på WhatsApp" in open_
    fields = {"channel": "whatsapp", "body": "Ja, kl. 10"}
    assert client.post(address, data=fields, base_url=HTTPS).status_code == 303
    assert messages(portal, case) == [("whatsapp", Status.QUEUED)]


def test_where_it_is_off_nobody_sees_that_it_exists(app: Flask, portal: Portal, case: Case) -> None:
    app.test_cli_runner().invoke(args=["whatsapp", "off"])
    client, address = signed_in(app, portal, case), f"/borgere/{case.citizen_id}/samtale"
    assert "WhatsApp" not in client.get(address, base_url=HTTPS).text
    fields = {"channel": "whatsapp", "body": "Hej"}
    assert client.post(address, data=fields, base_url=HTTPS).status_code == 422


@pytest.mark.parametrize("number", ["10900009", "whatsapp:+4510900009", "Aakoebing"])
def test_only_a_whole_number_can_be_switched_on(app: Flask, case: Case, number: str) -> None:
    result = app.test_cli_runner().invoke(args=["whatsapp", "on", number])
    assert result.exit_code == 1
    assert "+4510900009" in result.output


def test_without_twilio_there_is_no_whatsapp(sqlite_url: str) -> None:
    app = create_app(settings_for(sqlite_url))
    result = app.test_cli_runner().invoke(args=["whatsapp", "on", OURS])
    app.extensions["taletid"].database.dispose()
    assert "GATEWAY=twilio" in result.output
