"""What we send to Twilio, and what our double answers, held against Twilio's own description of its API."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from messaging.gateway import Accepted, OutgoingSms, Unsure
from messaging.twilio_gateway import TwilioGateway
from messaging.whatsapp import address
from tests.doubles.prism import prism
from tests.doubles.provider_server import Answer
from tests.doubles.twilio_server import SID, TOKEN, TwilioServer, twilio_server

MESSAGES = f"/2010-04-01/Accounts/{SID}/Messages.json"
PHONE = "+4510111111"
SENDINGS = [
    OutgoingSms(PHONE, "Aakoebing", "Hej Ane, æøå", "ref-1"),
    OutgoingSms(PHONE, "+4510900000", "Hej 👋 مرحبا", "ref-2"),
    OutgoingSms(address(PHONE), address("+4510900009"), "Ja, kl. 10", "ref-3"),
]


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    with prism() as url:
        yield url


@pytest.fixture(scope="module")
def double() -> Iterator[TwilioServer]:
    with twilio_server() as server:
        yield server


@pytest.fixture(scope="module")
def between(double: TwilioServer) -> Iterator[str]:
    with prism(double.url) as url:
        yield url


def gateway(url: str) -> TwilioGateway:
    return TwilioGateway(SID, TOKEN, lambda ref: f"https://svar.by.dk/{ref}", url, timeout=30)


@pytest.mark.parametrize("sms", SENDINGS, ids=["name", "number", "whatsapp"])
def test_what_we_send_is_what_twilio_describes_and_its_example_of_an_answer_is_understood(
    mock: str, sms: OutgoingSms
) -> None:
    assert gateway(mock).send(sms) == Accepted("SM" + "a" * 32)


@pytest.mark.parametrize("sms", SENDINGS, ids=["name", "number", "whatsapp"])
def test_our_double_answers_as_twilio_describes(between: str, double: TwilioServer, sms: OutgoingSms) -> None:
    assert gateway(between).send(sms) == Accepted(f"SM{len(double.requests):032x}")


def test_the_description_is_kept_to_on_both_sides(mock: str, between: str, double: TwilioServer) -> None:
    """Or the tests above would prove nothing."""
    request = Request(mock + MESSAGES, b"From=Aakoebing", {"Authorization": "Basic QUM6eA=="})
    with pytest.raises(HTTPError) as error:
        urlopen(request)
    error.value.close()
    assert 400 <= error.value.code < 500
    double.answers = [Answer(body='{"sid": 7, "status": "teleported"}')]
    assert isinstance(gateway(between).send(SENDINGS[0]), Unsure)
