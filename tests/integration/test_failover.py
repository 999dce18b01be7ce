"""Twilio first and GatewayAPI second, from the outbox over HTTP and back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.app import create_app
from portal.runtime import Portal
from portal.services import background
from portal.services.thread import Channel, StaffWriting, write_as_staff
from tests.cases import Case, make_case
from tests.conftest import NOW, add_municipality
from tests.doubles.provider_server import Answer, running
from tests.doubles.providers import PUBLIC_URL, Call, GatewayApi, Twilio
from tests.web.conftest import settings_for

THE_NUMBER = "+4510900000"


@dataclass
class Two:
    twilio: Twilio = field(default_factory=Twilio)
    gatewayapi: GatewayApi = field(default_factory=GatewayApi)


@pytest.fixture
def two() -> Iterator[Two]:
    two = Two()
    with running(two.twilio.server), running(two.gatewayapi.server):
        yield two


@pytest.fixture
def app(two: Two, sqlite_url: str) -> Iterator[Flask]:
    settings = two.gatewayapi.settings() | two.twilio.settings() | {"failover": "gatewayapi"}
    app = create_app(settings_for(sqlite_url, public_url=PUBLIC_URL, **settings))
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
    return make_case(portal.database, add_municipality(portal.database), NOW)


def send(portal: Portal, case: Case, channel: Channel) -> OutboxMessage:
    """In the portal: a neutral SMS under the name; by SMS: from the number."""
    with portal.write(case.municipality_id) as session:
        write_as_staff(session, case.citizen_id, StaffWriting(case.staff_id, "Vi ses", channel), NOW)
    background.deliver(portal)
    return message(portal, case)


def message(portal: Portal, case: Case) -> OutboxMessage:
    with portal.database.read(case.municipality_id) as session:
        return session.scalars(select(OutboxMessage)).one()


def make(client: FlaskClient, call: Call) -> int:
    return client.post(call.path, data=call.body, headers=call.headers).status_code


def test_the_row_says_who_carried_it_and_the_receipts_of_both_are_heard(
    two: Two, app: Flask, portal: Portal, case: Case
) -> None:
    two.twilio.server.answers = [Answer(503)]
    sent = send(portal, case, Channel.PORTAL)
    assert (sent.status, sent.gateway, sent.provider_id) == (
        Status.SENT,
        "gatewayapi",
        two.gatewayapi.id_of(1, sent.reference),
    )
    client = app.test_client()
    assert make(client, two.twilio.receipt("nobodys", "delivered")) == 204
    assert make(client, two.gatewayapi.receipt(sent.reference, "DELIVERED")) == 204
    assert message(portal, case).status is Status.DELIVERED


def test_a_message_whose_answer_was_lost_waits_for_a_receipt_and_is_not_given_to_the_other(
    two: Two, portal: Portal, case: Case
) -> None:
    two.twilio.server.answers = [Answer(drop=True), Answer(503)]
    assert send(portal, case, Channel.PORTAL).status is Status.SENDING
    background.deliver(portal)
    portal.clock = lambda: NOW.replace(hour=NOW.hour + 1)
    background.deliver(portal)
    assert (len(two.twilio.server.requests), two.gatewayapi.server.requests) == (2, [])
    waiting = message(portal, case)
    assert (waiting.gateway, waiting.possible_duplicates) == ("twilio", 1)


def test_a_conversation_on_a_number_waits_for_the_gateway_that_has_it(
    two: Two, portal: Portal, case: Case
) -> None:
    two.twilio.server.answers = [Answer(503)]
    assert send(portal, case, Channel.SMS).status is Status.QUEUED
    assert two.gatewayapi.server.requests == []


def test_a_number_that_both_can_send_from_fails_over_too(two: Two, sqlite_url: str) -> None:
    settings = two.gatewayapi.settings() | two.twilio.settings()
    numbers = frozenset({THE_NUMBER})
    app = create_app(settings_for(sqlite_url, **settings, failover="gatewayapi", failover_numbers=numbers))
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    case = make_case(portal.database, add_municipality(portal.database), NOW)
    two.twilio.server.answers = [Answer(503)]
    assert send(portal, case, Channel.SMS).gateway == "gatewayapi"
    assert two.gatewayapi.server.requests[0]["sender"] == THE_NUMBER.removeprefix("+")
    portal.database.dispose()


def test_wrong_credentials_are_told_though_the_message_went_out(
    two: Two, portal: Portal, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    two.twilio.server.answers = [Answer(401, 20003, "Authenticate")]
    with caplog.at_level(logging.ERROR, logger="messaging"):
        assert send(portal, case, Channel.PORTAL).status is Status.SENT
    assert caplog.messages == ["gateway twilio needs a person: credentials 20003"]
