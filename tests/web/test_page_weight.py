"""Bytes over the wire, headers included, counted on a raw socket against the real server."""

from __future__ import annotations

import re
import socket
from datetime import datetime
from urllib.parse import urlencode, urlsplit

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from portal.services import publishing
from portal.store import questionnaires
from portal.store.people import Citizen
from tests.cases import Case, make_case
from tests.doubles.serving import served
from tests.journeys import invite

ONE_ROUND_TRIP = 14_000
ONE_STEP = 1_500


class Phone:
    """Speaks HTTP by itself, and keeps every byte that came."""

    def __init__(self, url: str) -> None:
        self.address = urlsplit(url).hostname or "", urlsplit(url).port or 0
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[bytes, str, str]:
        """(all that came, its head, its body as text)"""
        body = urlencode(form or {}).encode()
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            f"Host: {self.address[0]}",
            "Accept-Encoding: br",
            "Accept: text/html",
            "Connection: close",
            f"Content-Length: {len(body)}",
            "Content-Type: application/x-www-form-urlencoded",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        ]
        with socket.create_connection(self.address) as connection:
            connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            came = b"".join(iter(lambda: connection.recv(65_536), b""))
        head, _, content = came.partition(b"\r\n\r\n")
        for name, value in re.findall(r"(?im)^set-cookie: ([^=]+)=([^;]*)", head.decode()):
            self.cookies[name] = value
        if b"content-encoding: br" in head.lower():
            content = brotli.decompress(content)
        return came, head.decode(), content.decode()


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    """Asked to answer the form that ships with the product."""
    case = make_case(database, municipality, now, key="small")
    with database.write(municipality) as session:
        publishing.ship(session, now)
        form = questionnaires.by_key(session, "progression_citizen")
        assert form is not None
        return Case(municipality, case.citizen_id, case.staff_id, form.id, case.counterpart_id)


def csrf(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_the_first_page_comes_whole_in_one_round_trip(
    app: Flask, database: Database, case: Case, now: datetime, language: str
) -> None:
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).language = language
    token = invite(database, case, now)
    with served(app) as url:
        phone = Phone(url)
        came, _, page = phone.ask(f"/{token}")
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        assert len(sheets) == 1
        assert all(" defer" in script for script in re.findall(r"<script[^>]*>", page))
        total = len(came) + sum(len(phone.ask(sheet)[0]) for sheet in sheets)
    assert total <= ONE_ROUND_TRIP, total


@pytest.mark.parametrize("language", ["da", "ar"])
def test_each_step_is_small(app: Flask, database: Database, case: Case, now: datetime, language: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).language = language
    token = invite(database, case, now)
    weights: dict[str, int] = {}
    with served(app) as url:
        phone = Phone(url)
        _, _, welcome = phone.ask(f"/{token}")
        _, head, _ = phone.ask(f"/{token}", {"csrf_token": csrf(welcome)})
        path = re.search(r"(?im)^location: (\S+)", head)[1]  # type: ignore[index]
        _, _, page = phone.ask(path)
        while True:
            question = re.search(r'name="([a-z_]+)" value="(?!_)([^"]+)"(?! checked)><span>', page)
            assert question, page
            answer = {question[1]: question[2]}
            came, head, page = phone.ask(path, answer, HX_Request="true")
            weights[path] = len(came)
            pushed = re.search(r"(?im)^hx-push-url: (\S+)", head)
            if not pushed:
                break
            path = pushed[1]
    assert "hx-redirect" in head.lower()
    assert len(weights) == 11
    assert max(weights.values()) <= ONE_STEP, weights


def test_a_step_carries_no_header_that_only_a_page_needs(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    form = client.post(f"/{invite(database, case, now)}").location.rpartition("/")[0]
    client.get(f"{form}/1")
    answer = client.post(f"{form}/1", data={"health_coping": "3"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Content-Security-Policy" not in answer.headers and "Set-Cookie" not in answer.headers
