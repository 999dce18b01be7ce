"""The numbers for the operators: few labels, and none that a visitor can make up."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from messaging.claims import OutboxLine
from messaging.message import Lane
from messaging.outbox import NewMessage, enqueue
from portal.runtime import Portal
from tests.conftest import NOW, add_municipality


def test_requests_are_counted_by_route_and_status(client: FlaskClient) -> None:
    client.get("/healthz")
    assert 'taletid_requests_total{method="GET",route="/healthz",status="200"}' in client.get("/metrics").text


def test_an_invented_method_makes_no_label_of_its_own(client: FlaskClient) -> None:
    assert client.open("/healthz", method="XYZZY").status_code == 405
    shown = client.get("/metrics").text
    assert "XYZZY" not in shown
    assert 'method="other"' in shown


def test_an_invented_path_makes_no_label_of_its_own(client: FlaskClient) -> None:
    client.get("/no-such-page-here")
    shown = client.get("/metrics").text
    assert "no-such-page" not in shown
    assert 'route="none",status="404"' in shown


def test_how_long_the_first_due_message_waits_is_told_of_each_lane(app: Flask, client: FlaskClient) -> None:
    portal: Portal = app.extensions["taletid"]
    with portal.database.write(add_municipality(portal.database)) as session:
        new = NewMessage("sms", 1, "sms:1", due_at=NOW - timedelta(seconds=90), lane=Lane.CONVERSATION)
        enqueue(session, new, NOW)
    shown = client.get("/metrics").text
    assert 'taletid_outbox_waiting_seconds{lane="conversation"} 90.0' in shown
    assert 'taletid_outbox_waiting_seconds{lane="bulk"} 0.0' in shown


def test_a_municipalitys_pace_is_set_by_command(app: Flask) -> None:
    portal: Portal = app.extensions["taletid"]
    municipality_id = add_municipality(portal.database)
    set_to = app.test_cli_runner().invoke(args=["pace", "7"])
    with portal.database.read(municipality_id) as session:
        assert (set_to.exit_code, session.scalars(select(OutboxLine.per_second)).all()) == (0, [7])
