"""Twilio's callbacks over HTTP against the real application, signed by our own reckoning of its rule."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1
from hmac import digest
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from sqlalchemy import func, select
from structlog.testing import capture_logs

from database.encryption import blind_index
from database.engine import Database
from messaging.inbound import InboundMessage
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.app import create_app
from portal.config import TwilioAccount
from portal.runtime import Portal
from portal.services import background
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case, make_case
from tests.conftest import NOW, add_municipality
from tests.doubles.serving import served
from tests.doubles.twilio_server import SID, TOKEN, TwilioServer, twilio_server
from tests.web.conftest import settings_for

PUBLIC_URL = "https://svar.aakoebing.dk"
"""What Twilio calls, through a proxy; the test's own server listens elsewhere and without TLS."""
INBOUND = "/webhooks/twilio/inbound"
SMS = {
    "MessageSid": "SM0123",
    "AccountSid": SID,
    "From": "+4510111111",
    "To": "+4510900000",
    "Body": "Det gik godt – æøå 👍",
    "NumMedia": "0",
}


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    content_type: str


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    with twilio_server() as server:
        yield server


@pytest.fixture
def app(database_url: str, twilio: TwilioServer) -> Iterator[Flask]:
    account = TwilioAccount(SID, TOKEN, api_url=twilio.url)
    app = create_app(settings_for(database_url, gateway="twilio", twilio=account, public_url=PUBLIC_URL))
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    yield app
    portal.database.dispose()


@pytest.fixture
def portal(app: Flask) -> Portal:
    found: Portal = app.extensions["taletid"]
    return found


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application listens."""
    with served(app) as address:
        yield address


@pytest.fixture
def case(database: Database) -> Case:
    case = make_case(database, add_municipality(database), NOW)
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        citizen.phone, citizen.phone_index = SMS["From"], blind_index("phone", SMS["From"])
    return case


def signature(url: str, fields: dict[str, str], token: str = TOKEN) -> str:
    """https://www.twilio.com/docs/usage/security: the address, then each field's name and value by name."""
    said = url + "".join(name + fields[name] for name in sorted(fields))
    return b64encode(digest(token.encode(), said.encode(), sha1)).decode()


def call(address: str, path: str, fields: dict[str, str], token: str = TOKEN) -> Answer:
    return post(address, path, urlencode(fields).encode(), signature(PUBLIC_URL + path, fields, token))


def post(
    address: str,
    path: str,
    body: bytes,
    signed: str | None,
    content_type: str = "application/x-www-form-urlencoded; charset=UTF-8",
) -> Answer:
    headers = {"Content-Type": content_type} | ({"X-Twilio-Signature": signed} if signed is not None else {})
    try:
        with urlopen(Request(address + path, body, headers)) as response:
            return Answer(response.status, response.read().decode(), response.headers.get_content_type())
    except HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode(), error.headers.get_content_type())


def kept(database: Database, case: Case) -> list[InboundMessage]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(InboundMessage)))


def bodies(database: Database, case: Case) -> list[str | None]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(ThreadEntry.body)))


def test_a_signed_sms_is_kept_answered_with_nothing_and_handed_to_the_thread(
    address: str, portal: Portal, database: Database, case: Case
) -> None:
    answer = call(address, INBOUND, SMS)
    assert (answer.status, answer.content_type) == (200, "text/xml")
    assert answer.body.endswith("<Response></Response>")
    (message,) = kept(database, case)
    assert (message.provider, message.provider_id, message.text) == ("twilio", "SM0123", SMS["Body"])
    assert portal.queue is not None and portal.queue.pending_count() == 1
    portal.queue.execute(portal.queue.dequeue())
    assert bodies(database, case) == [SMS["Body"]]


def test_a_replayed_sms_is_kept_once(address: str, portal: Portal, database: Database, case: Case) -> None:
    assert [call(address, INBOUND, SMS).status for _ in range(3)] == [200] * 3
    background.receive(portal)
    call(address, INBOUND, SMS)
    background.receive(portal)
    assert (len(kept(database, case)), len(bodies(database, case))) == (1, 1)


@pytest.mark.parametrize(
    "signed",
    [
        None,
        "",
        "c2lnbmVk",
        signature(PUBLIC_URL + INBOUND, SMS, "another account's token"),
        signature("http://127.0.0.1" + INBOUND, SMS),
        signature(PUBLIC_URL + INBOUND, SMS | {"Body": "noget andet"}),
    ],
    ids=["none", "empty", "nonsense", "another token", "another address", "another text"],
)
def test_what_twilio_has_not_signed_is_refused_and_not_kept(
    address: str, database: Database, case: Case, signed: str | None
) -> None:
    answer = post(address, INBOUND, urlencode(SMS).encode(), signed)
    assert answer.status == 403
    assert kept(database, case) == []


def test_the_query_of_the_address_is_part_of_what_is_signed(
    address: str, database: Database, case: Case
) -> None:
    assert call(address, INBOUND + "?from=twilio&a=%20b", SMS).status == 200
    signed = signature(PUBLIC_URL + INBOUND, SMS | {"MessageSid": "SM2"})
    assert post(address, INBOUND + "?x=1", urlencode(SMS).encode(), signed).status == 403


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"Body=%ff%fe&From=%2B4520111111", "application/x-www-form-urlencoded", 400),
        (b"Body=\xe6\xf8\xe5", "application/x-www-form-urlencoded", 400),
        (b'{"Body": "Hej"}', "application/json", 400),
        (b"a=1&" * 500, "application/x-www-form-urlencoded", 400),
        (b"Body=" + b"a" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
    ids=["no UTF-8", "no ASCII", "no form", "too many fields", "too large"],
)
def test_what_cannot_be_read_is_refused_and_not_kept(
    address: str, database: Database, case: Case, body: bytes, content_type: str, status: int
) -> None:
    assert post(address, INBOUND, body, "c2lnbmVk", content_type).status == status
    assert kept(database, case) == []


@pytest.mark.parametrize(
    "change",
    [{"MessageSid": ""}, {"From": ""}, {"To": "4" * 65}, {"NumMedia": "many"}, {"NumMedia": "9" * 60}],
    ids=["no id", "no sender", "a number too long", "no count", "endless"],
)
def test_a_signed_sms_that_lacks_what_it_must_say_is_refused(
    address: str, database: Database, case: Case, change: dict[str, str]
) -> None:
    with capture_logs() as logs:
        assert call(address, INBOUND, SMS | change).status == 400
    assert kept(database, case) == []
    assert "+4510111111" not in str(logs)


def test_an_sms_to_nobodys_number_is_told_twilio_in_its_own_words_and_logged(
    address: str, database: Database, case: Case
) -> None:
    with capture_logs() as logs:
        answer = call(address, INBOUND, SMS | {"To": "+4510900099"})
    assert (answer.status, answer.content_type) == (404, "text/xml")
    assert [line["event"] for line in logs if line["log_level"] == "warning"] == [
        "an SMS to a number that is no municipality's"
    ]
    assert kept(database, case) == []


@pytest.mark.parametrize(
    "body",
    ["x" * 1600, "👍👍🏽👨‍👩‍👧", "أصل في 10:30 إن شاء الله", "\u200f١٢٣ ABC", "  ja  ", "a\r\nb"],
    ids=["1600 signs", "emoji", "right to left with Latin digits", "two ways", "spaces", "lines"],
)
def test_whatever_signs_an_sms_is_made_of_it_is_kept_as_it_was_written(
    address: str, database: Database, case: Case, body: str
) -> None:
    assert call(address, INBOUND, SMS | {"Body": body}).status == 200
    assert [message.text for message in kept(database, case)] == [body]


def test_pictures_are_counted_and_never_fetched(
    address: str, portal: Portal, database: Database, case: Case, twilio: TwilioServer
) -> None:
    fields = SMS | {"NumMedia": "1", "MediaUrl0": f"{twilio.url}/media/1", "MediaContentType0": "image/jpeg"}
    assert call(address, INBOUND, fields).status == 200
    background.receive(portal)
    assert (kept(database, case)[0].media_count, bodies(database, case)) == (1, [SMS["Body"]])
    assert "/media/1" not in str(kept(database, case)[0].__dict__)


def test_digits_like_a_cpr_number_never_reach_the_database(
    address: str, database: Database, case: Case
) -> None:
    call(address, INBOUND, SMS | {"Body": "Jeg er 010190-1234"})
    assert kept(database, case)[0].text == "Jeg er ******-****"


def written(portal: Portal, case: Case) -> None:
    with portal.write(case.municipality_id) as session:
        writing = StaffWriting(case.staff_id, "Vi ses kl. 10", Channel.SMS)
        write_as_staff(session, case.citizen_id, writing, NOW)


def status_of(database: Database, case: Case) -> tuple[Status, str | None]:
    with database.read(case.municipality_id) as session:
        message = session.scalars(select(OutboxMessage)).one()
        return message.status, message.reason


def receipt(twilio: TwilioServer, status: str, **more: str) -> tuple[str, dict[str, str]]:
    """The address Twilio was told to call, and what it posts there."""
    callback = twilio.requests[0]["StatusCallback"]
    assert callback.startswith(PUBLIC_URL)
    sid = f"SM{1:032x}"
    return urlsplit(callback).path, {"MessageSid": sid, "MessageStatus": status, "AccountSid": SID} | more


def test_a_message_goes_out_over_http_and_its_receipts_come_back_in_any_order(
    address: str, portal: Portal, database: Database, case: Case, twilio: TwilioServer
) -> None:
    written(portal, case)
    background.deliver(portal)
    (request,) = twilio.requests
    assert (request["To"], request["From"], request["Body"]) == (
        SMS["From"],
        SMS["To"],
        "Vi ses kl. 10",
    )
    assert status_of(database, case) == (Status.SENT, None)
    for step in ("delivered", "sent", "queued", "delivered"):
        path, fields = receipt(twilio, step)
        assert call(address, path, fields).status == 204
        assert status_of(database, case) == (Status.DELIVERED, None)


def test_a_receipt_of_a_dead_number_marks_the_citizens_number(
    address: str, portal: Portal, database: Database, case: Case, twilio: TwilioServer
) -> None:
    written(portal, case)
    background.deliver(portal)
    path, fields = receipt(twilio, "undelivered", ErrorCode="30005")
    assert call(address, path, fields).status == 204
    assert status_of(database, case) == (Status.UNDELIVERED, "number_not_in_use")
    with database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).number_failed_at == NOW


def test_a_forged_receipt_changes_nothing(
    address: str, portal: Portal, database: Database, case: Case, twilio: TwilioServer
) -> None:
    written(portal, case)
    background.deliver(portal)
    path, fields = receipt(twilio, "failed")
    assert call(address, path, fields, token="a guess").status == 403
    # Signed for one message, sent to the address of another.
    signed = signature(PUBLIC_URL + path, fields)
    assert post(address, path[:-1] + "x", urlencode(fields).encode(), signed).status == 403
    assert status_of(database, case) == (Status.SENT, None)


def test_a_receipt_for_nothing_we_know_does_no_harm(address: str, database: Database, case: Case) -> None:
    fields = {"MessageSid": "SM9", "MessageStatus": "delivered"}
    assert call(address, "/webhooks/twilio/status/nobodys", fields).status == 204


def test_a_receipt_in_words_that_are_not_twilios_is_refused(address: str, case: Case) -> None:
    fields = {"MessageSid": "SM9", "MessageStatus": "teleported"}
    assert call(address, "/webhooks/twilio/status/nobodys", fields).status == 400


def test_stop_by_sms_is_confirmed_by_sms_through_twilio(
    address: str, portal: Portal, database: Database, case: Case, twilio: TwilioServer
) -> None:
    assert call(address, INBOUND, SMS | {"Body": "STOP"}).status == 200
    background.receive(portal)
    background.deliver(portal)
    assert [(sent["To"], sent["Body"][:19]) for sent in twilio.requests] == [
        (SMS["From"], "Du har skrevet STOP")
    ]


def test_without_twilio_its_addresses_do_not_exist(database_url: str) -> None:
    app = create_app(settings_for(database_url))
    answer = app.test_client().post(INBOUND, data=SMS)
    app.extensions["taletid"].database.dispose()
    assert answer.status_code == 404


def test_a_get_stores_nothing(address: str, database: Database, case: Case) -> None:
    with pytest.raises(HTTPError) as error:
        urlopen(address + INBOUND)
    assert error.value.code == 405
    error.value.close()
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count()).select_from(InboundMessage)) == 0
