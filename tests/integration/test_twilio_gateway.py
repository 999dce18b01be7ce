"""Twilio over HTTP, against a local server that speaks its wire format; signatures; callbacks."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from messaging.gateway import (
    Accepted,
    BadCallback,
    Busy,
    InboundSms,
    OutgoingSms,
    Receipt,
    Refused,
    Trouble,
    Unsure,
)
from messaging.message import Status
from messaging.twilio_gateway import TwilioGateway, parse_inbound, parse_receipt, verify_signature
from tests.doubles.provider_server import Answer
from tests.doubles.twilio_server import SID, TOKEN, TwilioServer, twilio_server

SMS = OutgoingSms("+4510123456", "Aakoebing", "Hej Ane – æøå 👋", "ref-1")
URL = "https://taletid.example/webhooks/twilio/status/ref-1?a=1"
FIELDS = {"MessageSid": "SM1", "MessageStatus": "delivered", "To": "+4510123456"}


@pytest.fixture
def server() -> Iterator[TwilioServer]:
    with twilio_server() as server:
        yield server


def gateway(url: str, token: str = TOKEN, timeout: float = 5.0) -> TwilioGateway:
    return TwilioGateway(SID, token, lambda ref: f"https://taletid.example/status/{ref}", url, timeout)


def test_an_accepted_message_gives_twilios_id(server: TwilioServer) -> None:
    assert gateway(server.url).send(SMS) == Accepted("SM" + "1".rjust(32, "0"))
    assert server.requests == [
        {
            "To": SMS.to,
            "From": SMS.sender,
            "Body": SMS.text,
            "StatusCallback": "https://taletid.example/status/ref-1",
        }
    ]


def test_one_gateway_sends_many_messages(server: TwilioServer) -> None:
    sender = gateway(server.url)
    assert len({sender.send(SMS) for _ in range(3)}) == 3


def test_wrong_credentials_lose_no_message_and_call_for_a_person(server: TwilioServer) -> None:
    assert gateway(server.url, "wrong").send(SMS) == Busy(Trouble.CREDENTIALS, code="20003", alarm=True)


@pytest.mark.parametrize(
    ("status", "code"), [(400, 21212), (400, 21606), (403, 20005), (400, 21408), (404, 20404)]
)
def test_a_wrong_setup_loses_no_message_and_calls_for_a_person(
    server: TwilioServer, status: int, code: int
) -> None:
    server.answers = [Answer(status, code, "no")]
    others = code == 21408  # another country has a permission of its own
    expected = Busy(Trouble.SENDER_SETUP, code=str(code), alarm=True, others_may_go=others)
    assert gateway(server.url).send(SMS) == expected


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (21211, Trouble.NUMBER_INVALID),
        (21614, Trouble.NUMBER_CANNOT_RECEIVE),
        (21635, Trouble.NUMBER_CANNOT_RECEIVE),
    ],
)
def test_a_number_that_cannot_be_reached_is_refused_for_good(
    server: TwilioServer, code: int, trouble: Trouble
) -> None:
    server.answers = [Answer(400, code, "Invalid 'To' Phone Number")]
    assert gateway(server.url).send(SMS) == Refused(str(code), trouble, permanent=True)


def test_a_stop_known_to_twilio_is_told(server: TwilioServer) -> None:
    server.answers = [Answer(400, 21610, "Attempt to send to unsubscribed recipient")]
    outcome = gateway(server.url).send(SMS)
    assert outcome == Refused("21610", Trouble.OPTED_OUT, permanent=True, opted_out=True)


def test_any_other_refusal_is_about_the_message_and_not_the_number(server: TwilioServer) -> None:
    server.answers = [Answer(400, 21617, "The concatenated message body exceeds the 1600 character limit")]
    assert gateway(server.url).send(SMS) == Refused("21617", Trouble.REFUSED)


@pytest.mark.parametrize(
    ("status", "trouble"), [(429, Trouble.TOO_MANY_REQUESTS), (503, Trouble.PROVIDER_DOWN)]
)
def test_a_request_that_was_turned_away_is_tried_again_when_twilio_says(
    server: TwilioServer, status: int, trouble: Trouble
) -> None:
    server.answers = [Answer(status, 20429, "later", headers={"Retry-After": "17"}), Answer(status)]
    sender = gateway(server.url)
    assert sender.send(SMS) == Busy(trouble, timedelta(seconds=17), code=str(status))
    assert sender.send(SMS) == Busy(trouble, None, code=str(status))


def test_retry_after_may_be_a_date(server: TwilioServer) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    server.answers = [Answer(429, headers={"Retry-After": date})]
    outcome = gateway(server.url).send(SMS)
    assert isinstance(outcome, Busy)
    assert outcome.retry_after is not None
    assert timedelta(minutes=4) < outcome.retry_after <= timedelta(minutes=5)


@pytest.mark.parametrize("nonsense", ["soon", "-1", "٣"])
def test_a_retry_after_that_says_nothing_is_passed_over(server: TwilioServer, nonsense: str) -> None:
    server.answers = [Answer(429, headers={"Retry-After": nonsense.encode().decode("latin-1")})]
    assert gateway(server.url).send(SMS) == Busy(Trouble.TOO_MANY_REQUESTS, None, code="429")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, 20500, "Internal Server Error"),
        Answer(502, body="<html>Bad Gateway</html>"),
        Answer(504, body=""),
    ],
)
def test_a_server_error_leaves_open_whether_the_message_was_taken(
    server: TwilioServer, answer: Answer
) -> None:
    server.answers = [answer]
    assert gateway(server.url).send(SMS) == Unsure(Trouble.PROVIDER_DOWN)


@pytest.mark.parametrize(
    "answer",
    [Answer(drop=True), Answer(silent=True), Answer(body="{"), Answer(body="<html>"), Answer(body="[]")],
)
def test_an_answer_that_does_not_come_whole_leaves_it_open_too(server: TwilioServer, answer: Answer) -> None:
    server.answers = [answer]
    assert gateway(server.url, timeout=0.3).send(SMS) == Unsure(Trouble.NO_ANSWER)
    assert len(server.requests) == 1


def test_a_server_that_is_not_there_has_certainly_taken_nothing() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
        assert gateway(f"http://127.0.0.1:{port}").send(SMS) == Busy(Trouble.NO_CONNECTION)


def test_a_signature_of_twilio_is_accepted() -> None:
    signature = RequestValidator(TOKEN).compute_signature(URL, FIELDS)
    assert verify_signature(TOKEN, URL, FIELDS, signature)


def test_the_published_example_of_a_signature_holds() -> None:
    """https://www.twilio.com/docs/usage/security#validating-requests"""
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+12349013030",
        "Digits": "1234",
        "From": "+12349013030",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert verify_signature("12345", url, fields, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")


@pytest.mark.parametrize(
    ("url", "fields", "token"),
    [
        (URL, FIELDS | {"MessageStatus": "failed"}, TOKEN),
        (URL, FIELDS | {"Extra": "x"}, TOKEN),
        (URL.replace("ref-1", "ref-2"), FIELDS, TOKEN),
        (URL.replace("a=1", "a=2"), FIELDS, TOKEN),
        (URL, FIELDS, "another token"),
    ],
)
def test_a_signature_for_something_else_is_refused(url: str, fields: dict[str, str], token: str) -> None:
    signature = RequestValidator(token).compute_signature(URL, FIELDS)
    assert not verify_signature(TOKEN, url, fields, signature)


@pytest.mark.parametrize("signature", ["", "æøå", "x" * 28])
def test_no_signature_is_no_signature(signature: str) -> None:
    assert not verify_signature(TOKEN, URL, FIELDS, signature)


def test_behind_a_proxy_the_public_address_counts_and_not_the_inner_one() -> None:
    signature = RequestValidator(TOKEN).compute_signature(URL, FIELDS)
    inner = URL.replace("https://taletid.example", "http://127.0.0.1:8001")
    assert not verify_signature(TOKEN, inner, FIELDS, signature)
    assert verify_signature(TOKEN, URL.replace(".example/", ".example:443/"), FIELDS, signature)


def test_repeated_fields_of_a_form_are_all_signed() -> None:
    fields = MultiDict([("MessageSid", "SM1"), ("Tag", "a"), ("Tag", "b")])
    signature = RequestValidator(TOKEN).compute_signature(URL, fields)
    assert verify_signature(TOKEN, URL, fields, signature)
    assert not verify_signature(TOKEN, URL, MultiDict([("MessageSid", "SM1"), ("Tag", "a")]), signature)


def test_an_incoming_sms_is_read() -> None:
    fields = {
        "MessageSid": "SM1",
        "From": "+4510123456",
        "To": "+4510900000",
        "Body": "Ja 👍",
        "NumMedia": "1",
    }
    assert parse_inbound(fields) == InboundSms("twilio", "SM1", "+4510123456", "+4510900000", "Ja 👍", 1)


def test_an_incoming_picture_without_words_is_read() -> None:
    fields = {"MessageSid": "MM1", "From": "+4510123456", "To": "+4510900000"}
    assert parse_inbound(fields).text == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("MessageSid", ""),
        ("From", ""),
        ("To", ""),
        ("NumMedia", "many"),
        ("NumMedia", "²"),
        ("From", "1" * 65),
        ("MessageSid", "SM\0"),
    ],
)
def test_an_incoming_sms_without_what_it_needs_is_refused(field: str, value: str) -> None:
    fields = {"MessageSid": "SM1", "From": "+4510123456", "To": "+4510900000", "NumMedia": "0"} | {
        field: value
    }
    with pytest.raises(BadCallback, match=field):
        parse_inbound(fields)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("queued", Status.SENT),
        ("sent", Status.SENT),
        ("delivered", Status.DELIVERED),
        ("read", Status.DELIVERED),
        ("undelivered", Status.UNDELIVERED),
        ("failed", Status.FAILED),
    ],
)
def test_a_receipt_speaks_our_statuses(word: str, status: Status) -> None:
    assert parse_receipt({"MessageSid": "SM1", "MessageStatus": word}, "ref-1").status is status


@pytest.mark.parametrize(
    ("code", "trouble", "permanent"),
    [
        ("30003", Trouble.PHONE_UNREACHABLE, False),
        ("30005", Trouble.NUMBER_NOT_IN_USE, True),
        ("30006", Trouble.NUMBER_CANNOT_RECEIVE, True),
        ("30007", Trouble.FILTERED, False),
        ("39999", Trouble.REFUSED, False),
        ("", Trouble.REFUSED, False),
    ],
)
def test_an_undelivered_receipt_says_why_in_our_words(code: str, trouble: Trouble, permanent: bool) -> None:
    fields = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": code}
    expected = Receipt("twilio", "SM1", Status.UNDELIVERED, code, trouble, permanent, "ref-1")
    assert parse_receipt(fields, "ref-1") == expected


@pytest.mark.parametrize("fields", [{"MessageSid": "SM1"}, {"MessageStatus": "sent"},
                                    {"MessageSid": "SM1", "MessageStatus": "exploded"}])  # fmt: skip
def test_a_receipt_without_what_it_needs_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(BadCallback):
        parse_receipt(fields)
