"""The log and the metrics: what happened and when, and nothing about anyone."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from portal.web import request_log
from portal.web.guards import public
from portal.web.staff.sessions import COOKIE
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.web.conftest import sign_in_as

TOKEN = "Zm9yZ2VkLXRva2VuLTIy-x"
PERSONAL = ("Lone", "Kjær", "example.org", "hemmelig-kode", "127.0.0.1", "+4520", TOKEN)


@pytest.fixture(autouse=True)
def as_configured() -> Iterator[None]:
    before = structlog.get_config()
    request_log.configure()
    structlog.configure(cache_logger_on_first_use=False)
    yield
    structlog.configure(**before)


@pytest.fixture
def faulty(app: Flask) -> Flask:
    """The application with a page that fails while it holds somebody's words."""

    @app.get("/fejl/<token>")
    @public("for this test")
    def fail(token: str) -> str:
        raise ValueError(f"Lone Kjær wrote hemmelig-kode with {token}")

    return app


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def walk(client: FlaskClient, database: Database) -> None:
    """A day at the portal, with everything that must not be logged."""
    with database.write(add_municipality(database)) as session:
        person = factories.add_staff(session, NOW, role="administrator")
    client.post("/log-ind", data={"email": person.email, "password": "hemmelig-kode", "code": "123456"})
    sign_in_as(client, database, person)
    client.get("/administration")
    client.get(f"/administration/{person.id}?q=hemmelig-kode")
    client.post("/administration/ny", data={"name": "Lone Kjær", "email": "lone@example.org"})
    client.get(f"/{TOKEN}")
    client.get(f"/fejl/{TOKEN}")
    client.get("/konto", headers={"User-Agent": TOKEN, "Referer": f"http://127.0.0.1/{TOKEN}"})


def test_no_line_holds_anything_about_anyone(
    faulty: Flask, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    client = faulty.test_client()
    walk(client, database)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    captured = capsys.readouterr()
    written = captured.out + captured.err
    assert '"event"' in written
    assert [word for word in (*PERSONAL, cookie.value) if word in written] == []


def test_each_request_is_one_json_line_with_its_id_route_and_time(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = client.get("/healthz")
    [line] = lines(capsys)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert (line["event"], line["method"], line["route"], line["status"]) == (
        "request",
        "GET",
        "/healthz",
        200,
    )
    assert isinstance(line["ms"], float)
    assert {"timestamp", "level"} <= set(line)


def test_a_request_id_from_outside_is_not_taken_over(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get("/healthz", headers={"X-Request-ID": TOKEN})
    assert lines(capsys)[0]["request_id"] != TOKEN


def test_a_fault_tells_its_place_and_kind_and_the_page_its_id(
    faulty: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = faulty.test_client().get(f"/fejl/{TOKEN}")
    fault, request = lines(capsys)
    assert answer.status_code == 500
    assert fault["error"] == "ValueError"
    assert "test_request_log.py" in str(fault["trace"])
    assert fault["request_id"] == request["request_id"]
    assert str(fault["request_id"]) in answer.text


def test_metrics_name_the_rule_never_the_address(faulty: Flask, database: Database) -> None:
    client = faulty.test_client()
    walk(client, database)
    metrics = client.get("/metrics").text
    assert 'route="/administration/<int:staff_id>"' in metrics
    assert 'route="none"' in metrics
    assert [word for word in PERSONAL if word in metrics] == []
