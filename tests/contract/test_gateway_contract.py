"""What every gateway promises, over HTTP: to a server that speaks as the provider does, and from it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from sqlalchemy import func, select

from database.encryption import blind_index
from database.engine import Database
from messaging.gateway import Accepted, Busy, OutgoingSms, Trouble, Unsure
from messaging.inbound import InboundMessage
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.app import create_app
from portal.runtime import Portal
from portal.services import background
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case, make_case
from tests.conftest import NOW, add_municipality
from tests.doubles.provider_server import Answer, running
from tests.doubles.providers import A_GUESS, PROVIDERS, PUBLIC_URL, Call, Provider, Sms
from tests.doubles.serving import served
from tests.web.conftest import settings_for

SMS = OutgoingSms("+4510111111", "Aakoebing", "Hej Ane", "a-reference-of-22-sign")
TEXTS = {
    "GSM-7": "Hej Ane, æøå ÆØÅ é £ @\nVi ses kl. 10 & husk {kort} [1] ~ €",
    "emoji": "Hej 👋🏽",
    "Arabic": "مرحبا ٤",
    "Tigrinya": "ሰላም",
    "typographic": "Vi ses – “kl. 10” …",
    "long": "Ja, det går fint. " * 40,
    "long and dear": "Дякую! " * 100,
    "signs that HTTP knows": "100% a+b=c&d?e#f/g\\h ;:\"'<>",
}


@pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.name)
def provider(request: pytest.FixtureRequest) -> Iterator[Provider]:
    provider: Provider = request.param()
    with running(provider.server):
        yield provider


# --- sending


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_accepted_has_the_providers_id_and_arrives_as_it_was_written(
    provider: Provider, text: str
) -> None:
    sms = OutgoingSms(SMS.to, SMS.sender, text, SMS.callback_reference)
    assert provider.gateway(provider.server.url).send(sms) == Accepted(
        provider.id_of(1, SMS.callback_reference)
    )
    (request,) = provider.server.requests
    assert provider.understood(request) == (sms.to, sms.sender, text)
    assert SMS.callback_reference in str(request)


def test_a_conversation_runs_on_a_number(provider: Provider) -> None:
    sms = OutgoingSms(SMS.to, "+4510900000", "Hej", "ref")
    provider.gateway(provider.server.url).send(sms)
    assert provider.understood(provider.server.requests[0])[1] == "+4510900000"


def test_one_gateway_sends_many_messages(provider: Provider) -> None:
    gateway = provider.gateway(provider.server.url)
    ids = [provider.id_of(count, SMS.callback_reference) for count in (1, 2, 3)]
    assert [gateway.send(SMS) for _ in range(3)] == [Accepted(each) for each in ids]


def test_a_sender_that_is_too_long_loses_no_message_and_calls_for_a_person(provider: Provider) -> None:
    sms = OutgoingSms(SMS.to, "Aakoebing K.", "Hej", "ref")
    outcome = provider.gateway(provider.server.url).send(sms)
    assert isinstance(outcome, Busy)
    assert (outcome.reason, outcome.alarm) == (Trouble.SENDER_SETUP, True)


def test_wrong_credentials_lose_no_message_and_call_for_a_person(provider: Provider) -> None:
    outcome = provider.gateway(provider.server.url, secret=A_GUESS).send(SMS)
    assert isinstance(outcome, Busy)
    assert (outcome.reason, outcome.alarm) == (Trouble.CREDENTIALS, True)


def test_each_refusal_says_whether_the_number_or_the_citizen_will_have_none(provider: Provider) -> None:
    for answer, expected in provider.refusals():
        provider.server.answers = [answer]
        assert provider.gateway(provider.server.url).send(SMS) == expected


@pytest.mark.parametrize(
    ("status", "trouble"), [(429, Trouble.TOO_MANY_REQUESTS), (503, Trouble.PROVIDER_DOWN)]
)
def test_what_was_turned_away_is_tried_again_when_the_provider_says(
    provider: Provider, status: int, trouble: Trouble
) -> None:
    provider.server.answers = [Answer(status, headers={"Retry-After": "17"}), Answer(status)]
    gateway = provider.gateway(provider.server.url)
    assert gateway.send(SMS) == Busy(trouble, timedelta(seconds=17), code=str(status))
    assert gateway.send(SMS) == Busy(trouble, None, code=str(status))


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_server_error_leaves_open_whether_the_message_was_taken(provider: Provider, status: int) -> None:
    provider.server.answers = [Answer(status, body="<html>Bad Gateway</html>")]
    assert provider.gateway(provider.server.url).send(SMS) == Unsure(Trouble.PROVIDER_DOWN)


@pytest.mark.parametrize(
    "answer",
    [Answer(drop=True), Answer(silent=True), *(Answer(body=body) for body in ("", "{", "<html>", "[]", "7"))],
    ids=["cut", "silence", "nothing", "half", "a page", "a list", "a number"],
)
def test_an_answer_that_is_none_leaves_it_open_and_is_asked_for_once(
    provider: Provider, answer: Answer
) -> None:
    provider.server.answers = [answer]
    gateway = provider.gateway(provider.server.url, timeout=0.3)
    assert gateway.send(SMS) == Unsure(Trouble.NO_ANSWER)
    assert len(provider.server.requests) == 1


def test_an_answer_that_takes_its_time_is_an_answer(provider: Provider) -> None:
    provider.server.answers = [Answer(slow=0.3)]
    assert provider.gateway(provider.server.url).send(SMS) == Accepted(
        provider.id_of(1, SMS.callback_reference)
    )


def test_a_message_is_not_carried_on_to_where_the_answer_points(provider: Provider) -> None:
    provider.server.answers = [Answer(307, headers={"Location": provider.server.url})]
    assert isinstance(provider.gateway(provider.server.url).send(SMS), Unsure)
    assert len(provider.server.requests) == 1


def test_a_server_that_is_not_there_has_certainly_taken_nothing(provider: Provider) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
        assert provider.gateway(url).send(SMS) == Busy(Trouble.NO_CONNECTION)


# --- receipts and replies, to the whole application behind its server


@pytest.fixture
def app(provider: Provider, sqlite_url: str) -> Iterator[Flask]:
    app = create_app(settings_for(sqlite_url, public_url=PUBLIC_URL, **provider.settings()))
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    yield app
    portal.database.dispose()


@pytest.fixture
def portal(app: Flask) -> Portal:
    found: Portal = app.extensions["taletid"]
    return found


@pytest.fixture
def database(portal: Portal) -> Database:
    return portal.database


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def case(database: Database) -> Case:
    case = make_case(database, add_municipality(database), NOW)
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        citizen.phone, citizen.phone_index = SMS.to, blind_index("phone", SMS.to)
    return case


def make(address: str, call: Call) -> int:
    """Calls as the provider does; the status that we answered with."""
    try:
        with urlopen(Request(address + call.path, call.body, call.headers)) as response:
            return int(response.status)
    except HTTPError as error:
        with error:
            return error.code


def kept(database: Database) -> int:
    with database.read(1) as session:
        return session.scalar(select(func.count()).select_from(InboundMessage)) or 0


def bodies(database: Database, case: Case) -> list[str | None]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(ThreadEntry.body)))


def written(portal: Portal, case: Case) -> str:
    """The reference of a message that went out."""
    with portal.write(case.municipality_id) as session:
        writing = StaffWriting(case.staff_id, "Vi ses kl. 10", Channel.SMS)
        write_as_staff(session, case.citizen_id, writing, NOW)
    background.deliver(portal)
    return message(portal.database, case).reference


def message(database: Database, case: Case) -> OutboxMessage:
    with database.read(case.municipality_id) as session:
        return session.scalars(select(OutboxMessage)).one()


def test_receipts_late_doubled_and_out_of_order_never_move_a_message_back(
    provider: Provider, address: str, portal: Portal, case: Case
) -> None:
    reference = written(portal, case)
    sent = message(portal.database, case)
    assert (sent.status, sent.gateway) == (Status.SENT, provider.name)
    assert sent.provider_id == provider.id_of(1, reference)
    taken, delivered, _ = provider.words
    for word in (delivered, taken, delivered):
        assert 200 <= make(address, provider.receipt(reference, word)) < 300
        assert message(portal.database, case).status is Status.DELIVERED


def test_a_receipt_of_a_dead_number_marks_the_citizens_number(
    provider: Provider, address: str, portal: Portal, case: Case
) -> None:
    make(address, provider.receipt(written(portal, case), *provider.dead))
    failed = message(portal.database, case)
    assert (failed.status, failed.reason) == provider.dead_means
    with portal.database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).number_failed_at == NOW


def test_a_receipt_that_nobody_signed_changes_nothing(
    provider: Provider, address: str, portal: Portal, case: Case
) -> None:
    reference = written(portal, case)
    for secret in (None, A_GUESS):
        call = provider.receipt(reference, provider.words[1], secret=secret)
        assert make(address, call) == 403
    assert message(portal.database, case).status is Status.SENT


def test_a_receipt_for_nothing_we_know_does_no_harm_and_one_in_strange_words_is_refused(
    provider: Provider, address: str, case: Case
) -> None:
    assert 200 <= make(address, provider.receipt("nobodys", provider.words[1])) < 300
    assert make(address, provider.receipt("nobodys", provider.words[2])) == 400


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_reply_reaches_the_thread_as_it_was_written(
    provider: Provider, address: str, portal: Portal, database: Database, case: Case, text: str
) -> None:
    assert make(address, provider.inbound(Sms(1, text))) == 200
    background.receive(portal)
    assert bodies(database, case) == [text]


def test_a_reply_that_is_handed_over_again_is_kept_once_and_the_same_words_later_are_another(
    provider: Provider, address: str, portal: Portal, database: Database, case: Case
) -> None:
    for number in (1, 1, 2, 1):
        assert make(address, provider.inbound(Sms(number, "Ja"))) == 200
        background.receive(portal)
    assert (kept(database), bodies(database, case)) == (2, ["Ja", "Ja"])


@pytest.mark.parametrize("secret", [None, A_GUESS], ids=["no signature", "another secret"])
def test_a_reply_that_the_provider_has_not_signed_is_refused_and_not_kept(
    provider: Provider, address: str, database: Database, case: Case, secret: str | None
) -> None:
    assert make(address, provider.inbound(Sms(1, "Hej"), secret=secret)) == 403
    assert kept(database) == 0


def test_what_cannot_be_read_is_refused_and_not_kept(
    provider: Provider, address: str, database: Database, case: Case
) -> None:
    for call in provider.malformed():
        assert make(address, call) == 400
    for call, status in provider.wrongly_encoded():
        assert make(address, call) == status
    large = provider.inbound(Sms(1, "Hej"))
    assert make(address, Call(large.path, b"Body=" + b"a" * 70_000, large.headers)) == 413
    assert kept(database) == 0


def test_an_sms_to_nobodys_number_is_told_to_the_provider(
    provider: Provider, address: str, database: Database, case: Case
) -> None:
    assert make(address, provider.inbound(Sms(1, "Hej", to="+4510900099"))) == 404
    assert kept(database) == 0


def test_stop_is_taken_at_once_and_confirmed_through_the_same_gateway(
    provider: Provider, address: str, portal: Portal, case: Case
) -> None:
    make(address, provider.inbound(Sms(1, "STOP")))
    background.receive(portal)
    background.deliver(portal)
    (request,) = provider.server.requests
    to, sender, text = provider.understood(request)
    assert (to, sender, text[:19]) == (SMS.to, "+4510900000", "Du har skrevet STOP")
