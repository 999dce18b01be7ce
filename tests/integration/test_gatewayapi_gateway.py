"""GatewayAPI's own words: the request as its documentation shows it, its codes, its signed tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jwt
import pytest

from messaging.gateway import BadCallback, Busy, OutgoingSms, Receipt, Refused, Trouble, Unsure
from messaging.gatewayapi_gateway import GatewayApiGateway, parse_inbound, parse_receipt, signed_claims
from messaging.message import Status
from tests.doubles.gatewayapi_server import CALLBACK_SECRET, TOKEN, GatewayApiServer
from tests.doubles.provider_server import Answer, running

SMS = OutgoingSms("+4510123456", "+4510900000", "Hej Ane – æøå", "ref-1")
RECEIPT: dict[str, Any] = {"id": 1000001, "msisdn": 4587654321, "status": "DELIVERED", "userref": "foobar"}
PUBLISHED = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpZCI6MjM4MTcwMywibXNpc2RuIjo0NTQyNjA5MDQ1LCJ0aW1lIjoxNTIyNzY0MDYyLC"
    "JzdGF0dXMiOiJERUxJVkVSRUQiLCJlcnJvciI6bnVsbCwiY29kZSI6bnVsbCwidXNlcnJlZiI6bnVsbCwiY2FsbGJhY2tfdXJsIjoiaHR0"
    "cDovL2JiYWY3MTQyLm5ncm9rLmlvIiwiYXBpIjo0fQ.KdfDH65bnQtgxEkFnpAQodOciAJedZFB13r9wEo8t3Y"
)
"""The example in their documentation; its secret is the word secret."""


@pytest.fixture
def server() -> Iterator[GatewayApiServer]:
    with running(GatewayApiServer()) as server:
        yield server


def test_the_request_has_the_documented_fields_and_no_other(server: GatewayApiServer) -> None:
    GatewayApiGateway(TOKEN, server.url).send(SMS)
    assert server.requests == [
        {
            "to": "+4510123456",
            "sender": "4510900000",
            "message": "Hej Ane – æøå",
            "encoding": "UCS2",
            "userref": "ref-1",
        }
    ]


@pytest.mark.parametrize(("text", "encoding"), [("Hej æøå €", "UTF8"), ("Hej 👋", "UCS2"), ("“Hej”", "UCS2")])
def test_only_what_gsm_7_cannot_hold_is_sent_as_ucs_2(
    server: GatewayApiServer, text: str, encoding: str
) -> None:
    GatewayApiGateway(TOKEN, server.url).send(OutgoingSms("+4510123456", "Aakoebing", text, "ref"))
    assert server.requests[0]["encoding"] == encoding


@pytest.mark.parametrize(
    ("status", "code"), [(403, "0x0213"), (400, "0x0216"), (403, "0x0217"), (403, None), (404, None)]
)
def test_a_wrong_setup_loses_no_message_and_calls_for_a_person(
    server: GatewayApiServer, status: int, code: str | None
) -> None:
    server.answers = [Answer(status, code)]
    outcome = GatewayApiGateway(TOKEN, server.url).send(SMS)
    others = code == "0x0217"  # another country has a permission of its own
    assert outcome == Busy(Trouble.SENDER_SETUP, code=code or str(status), alarm=True, others_may_go=others)


def test_the_same_text_so_soon_again_waits(server: GatewayApiServer) -> None:
    server.answers = [Answer(403, "0x0214", "Temporary blacklist for MSISDN %1 with hash %2")]
    outcome = GatewayApiGateway(TOKEN, server.url).send(SMS)
    assert outcome == Busy(Trouble.TOO_MANY_REQUESTS, code="0x0214", others_may_go=True)


@pytest.mark.parametrize("body", ['{"ids": []}', '{"ids": [1, 2]}', '{"ids": ["1"]}', '{"ids": 1}', "{}"])
def test_a_yes_without_one_id_leaves_it_open(server: GatewayApiServer, body: str) -> None:
    server.answers = [Answer(200, body=body)]
    assert GatewayApiGateway(TOKEN, server.url).send(SMS) == Unsure(Trouble.NO_ANSWER)


def test_a_refusal_that_is_a_proxys_page_is_a_refusal_all_the_same(server: GatewayApiServer) -> None:
    server.answers = [Answer(400, body="<html>Bad Request</html>")]
    assert GatewayApiGateway(TOKEN, server.url).send(SMS) == Refused("400", Trouble.REFUSED)


@pytest.mark.parametrize("answer", [Answer(endless=True), Answer(body=" " * 70_000)], ids=["endless", "huge"])
def test_an_answer_without_end_does_not_hold_a_worker(server: GatewayApiServer, answer: Answer) -> None:
    server.answers = [answer]
    assert GatewayApiGateway(TOKEN, server.url, timeout=0.5).send(SMS) == Unsure(Trouble.NO_ANSWER)


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
def test_the_published_example_of_a_signed_token_holds() -> None:
    claims = signed_claims("secret", PUBLISHED)
    assert claims is not None
    assert parse_receipt(claims) == Receipt("gatewayapi", "2381703", Status.DELIVERED)
    assert signed_claims("another", PUBLISHED) is None


@pytest.mark.parametrize("algorithm", ["HS384", "HS512", "none"])
def test_a_token_signed_in_another_way_than_agreed_is_not_signed(algorithm: str) -> None:
    key = "" if algorithm == "none" else CALLBACK_SECRET.ljust(64, "x")
    assert signed_claims(key, jwt.encode(RECEIPT, key, algorithm=algorithm)) is None


@pytest.mark.parametrize("token", ["", "a.b.c", "æøå", "x" * 200])
def test_no_token_is_no_token(token: str) -> None:
    assert signed_claims(CALLBACK_SECRET, token) is None


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("BUFFERED", Status.SENT),
        ("ENROUTE", Status.SENT),
        ("ACCEPTED", Status.SENT),
        ("DELIVERED", Status.DELIVERED),
        ("EXPIRED", Status.UNDELIVERED),
        ("REJECTED", Status.UNDELIVERED),
        ("SKIPPED", Status.UNDELIVERED),
        ("DELETED", Status.FAILED),
    ],
)
def test_a_receipt_speaks_our_statuses(word: str, status: Status) -> None:
    assert parse_receipt(RECEIPT | {"status": word}).status is status


@pytest.mark.parametrize(
    ("word", "code", "trouble", "permanent"),
    [
        ("UNDELIVERABLE", "0x1010", Trouble.NUMBER_NOT_IN_USE, True),
        ("UNDELIVERABLE", "1060", Trouble.NUMBER_INVALID, True),
        ("UNDELIVERABLE", None, Trouble.NUMBER_CANNOT_RECEIVE, True),
        ("EXPIRED", "0x1013", Trouble.PHONE_UNREACHABLE, False),
        ("EXPIRED", None, Trouble.PHONE_UNREACHABLE, False),
        ("REJECTED", "0x1034", Trouble.BLOCKED, False),
        ("SKIPPED", "nonsense", Trouble.FILTERED, False),
        ("DELETED", None, Trouble.REFUSED, False),
    ],
)
def test_an_undelivered_receipt_says_why_in_our_words(
    word: str, code: str | None, trouble: Trouble, permanent: bool
) -> None:
    receipt = parse_receipt(RECEIPT | {"status": word, "code": code})
    assert (receipt.reason, receipt.permanent, receipt.error_code) == (trouble, permanent, code or "")


@pytest.mark.parametrize(
    "change", [{"id": None}, {"id": "1"}, {"status": None}, {"status": 4}, {"status": "READ"}, {"userref": 7}]
)
def test_a_receipt_without_what_it_needs_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadCallback, match=next(iter(change))):
        parse_receipt(RECEIPT | change)


def test_the_published_example_of_an_incoming_sms_is_read() -> None:
    said = {
        "id": 1000001,
        "msisdn": 4587654321,
        "receiver": 451204,
        "message": "foo Hello World",
        "senttime": 1450000000,
        "webhook_label": "test",
        "country_code": "DK",
        "country_prefix": 45,
    }
    sms = parse_inbound(said)
    assert (sms.provider_id, sms.from_, sms.to, sms.text) == (
        "1000001",
        "+4587654321",
        "+451204",
        "foo Hello World",
    )


def test_an_incoming_message_without_words_is_read() -> None:
    assert parse_inbound({"id": 1, "msisdn": 4587654321, "receiver": 451204, "payload": "AAE="}).text == ""
