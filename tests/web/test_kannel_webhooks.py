"""Who may call as Kannel, and from where. (What it may say is the contract of all gateways.)"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.app import create_app
from portal.config import KannelAccount
from tests.doubles.kannel_server import CALLBACK_SECRET, PASSWORD, USERNAME
from tests.web.conftest import settings_for

STATUS = "/webhooks/kannel/status/ref?status=1"


@pytest.fixture
def client(sqlite_url: str) -> Iterator[FlaskClient]:
    networks = (ip_network("10.0.0.0/24"), ip_network("2001:db8::/32"))
    account = KannelAccount(
        "http://127.0.0.1:9", USERNAME, PASSWORD, CALLBACK_SECRET, "https://svar.by.dk", networks
    )
    app = create_app(settings_for(sqlite_url, gateway="kannel", kannel=account))
    yield app.test_client()
    app.extensions["taletid"].database.dispose()


def call(client: FlaskClient, address: str, secret: str = CALLBACK_SECRET) -> TestResponse:
    return client.get(STATUS, auth=("kannel", secret), environ_base={"REMOTE_ADDR": address})


@pytest.mark.parametrize("address", ["10.0.0.5", "2001:db8::5"])
def test_an_allowed_address_with_the_secret_is_let_in(client: FlaskClient, address: str) -> None:
    assert call(client, address).status_code == 204
    assert call(client, address, "a guess").status_code == 403


@pytest.mark.parametrize("address", ["10.0.1.5", "127.0.0.1", "::1", "unknown", ""])
def test_the_secret_alone_is_not_enough_where_addresses_are_set(client: FlaskClient, address: str) -> None:
    assert call(client, address).status_code == 403


def test_a_secret_in_another_form_is_none(client: FlaskClient) -> None:
    answer = client.get(STATUS, headers={"Authorization": f"Bearer {CALLBACK_SECRET}"})
    assert answer.status_code == 403
