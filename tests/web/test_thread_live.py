"""The bell of an open thread: it rings when there is news, has so many seats, and keeps nobody signed in."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from portal.cli import serving
from portal.web import live
from tests.cases import Case
from tests.conftest import NOW
from tests.web.conftest import sign_in_as
from tests.web.test_citizen_thread import ADDRESS, case, her, page, poll_address, staff_writes
from tests.web.test_staff_thread import Desk, desk

assert all((case, her, desk))  # fixtures that this module borrows
RING = "event: news\ndata:\n\n"


@pytest.fixture(autouse=True)
def room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> live.Seats:
    """One seat, and no waiting between two looks."""
    monkeypatch.setattr(live, "LOOK_EVERY", 0.001)
    monkeypatch.setattr(live, "LONGEST", 0.05)
    seats = live.seats(app)
    seats.limit = 1
    return seats


def bell(html: str) -> str:
    return poll_address(html).replace("?", "/lyt?")


def test_it_rings_when_something_was_written_and_tells_nothing_of_it(
    her: FlaskClient, database: Database, case: Case
) -> None:
    address = bell(page(her))
    staff_writes(database, case, "Hemmeligt")
    answer = her.get(address)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in answer.headers
    assert answer.get_data(as_text=True) == f"retry: 2000\n\n{RING}"


def test_it_is_silent_while_nothing_happens_and_ends_after_a_while(her: FlaskClient) -> None:
    assert RING not in her.get(bell(page(her))).get_data(as_text=True)


def test_who_finds_every_seat_taken_is_told_to_look_by_herself(her: FlaskClient, room: live.Seats) -> None:
    address = bell(page(her))
    assert room.take()
    answer = her.get(address)
    assert (answer.status_code, answer.data) == (204, b"")
    room.leave()
    with her.get(address) as stream:
        assert stream.status_code == 200


def test_a_seat_is_free_again_when_the_reader_has_left(her: FlaskClient, room: live.Seats) -> None:
    answer = her.get(bell(page(her)), buffered=False)
    assert room.taken == 1
    answer.close()
    assert room.taken == 0


def test_under_a_server_that_does_not_say_how_many_threads_it_has_there_is_no_seat(app: Flask) -> None:
    assert live.Seats().limit == 0
    assert not live.Seats().take()


def test_it_ends_when_the_reader_leaves_or_the_server_closes() -> None:
    closing = Event()
    assert len(list(live._events(lambda: False, lambda: True, closing))) == 1
    closing.set()
    assert len(list(live._events(lambda: False, lambda: False, closing))) == 1


def test_an_open_stream_says_now_and_then_that_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SAY_SOMETHING_EVERY", 0.0)
    assert ": here\n\n" in list(live._events(lambda: False, lambda: False, Event()))


def test_a_bell_does_not_keep_her_signed_in(her: FlaskClient, app: Flask) -> None:
    address = bell(page(her))
    for minutes in (10, 19):
        app.extensions["taletid"].clock = lambda minutes=minutes: NOW + timedelta(minutes=minutes)
        with her.get(address) as answer:
            assert answer.status_code == 200
    app.extensions["taletid"].clock = lambda: NOW + timedelta(minutes=21)
    assert her.get(address).status_code in (302, 401)
    assert her.get(ADDRESS).status_code == 302


def test_staff_hear_of_their_own_teams_threads_and_leave_no_trace(desk: Desk, database: Database) -> None:
    address = bell(desk.page())
    desk.hear("Hemmeligt")
    before = desk.actions()
    assert desk.client.get(address).get_data(as_text=True).endswith(RING)
    assert desk.actions() == before
    sign_in_as(desk.client, database, desk.other_team)
    assert desk.client.get(address).status_code == 404


def test_who_does_not_say_what_is_shown_is_refused(her: FlaskClient) -> None:
    assert her.get(f"{ADDRESS}/lyt").status_code == 400


def test_each_stream_brings_the_server_a_thread_so_that_none_wait_for_nothing(app: Flask) -> None:
    server = serving.listen(app, 0)
    try:
        seats, threads = live.seats(app), server.task_dispatcher.threads
        assert seats.limit == serving.STREAMS and len(threads) == serving.THREADS
        assert seats.take() and len(threads) == serving.THREADS + 1
    finally:
        server.close()
