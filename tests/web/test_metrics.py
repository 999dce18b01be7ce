"""The numbers for the operators: few labels, and none that a visitor can make up."""

from __future__ import annotations

from flask.testing import FlaskClient


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
