"""Two of the staff in one thread: they see each other, and neither answers over the other's head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from database.engine import Database
from portal.runtime import Portal
from portal.store.thread import ThreadEntry
from tests import factories
from tests.conftest import NOW
from tests.web.conftest import sign_in_as

HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Two:
    app: Flask
    database: Database
    municipality_id: int
    lone: FlaskClient
    jonas: FlaskClient
    outsider: FlaskClient
    address: str

    def here(self, client: FlaskClient, **asked: str) -> TestResponse:
        return client.get(f"{self.address}/her", query_string=asked, headers=HTMX)

    def said(self, client: FlaskClient, **asked: str) -> str:
        return re.sub(r"<[^>]+>", "", unescape(self.here(client, **asked).get_data(as_text=True))).strip()

    def later(self, seconds: int) -> None:
        portal: Portal = self.app.extensions["taletid"]
        at = portal.clock() + timedelta(seconds=seconds)
        portal.clock = lambda: at

    def form(self, client: FlaskClient) -> dict[str, str]:
        page = client.get(self.address).get_data(as_text=True)
        found = re.search(r'name="vist" value="(\d*)"', page)
        assert found is not None
        return {"vist": found[1]}

    def bodies(self) -> list[str | None]:
        with self.database.read(self.municipality_id) as session:
            return list(session.scalars(select(ThreadEntry.body).order_by(ThreadEntry.id)))


@pytest.fixture
def two(app: Flask, database: Database, municipality: int) -> Two:
    with database.write(municipality) as session:
        team = factories.add_team(session)
        people = [
            factories.add_staff(session, NOW, team=team),
            factories.add_staff(session, NOW, team=team, name="Jonas Friis"),
            factories.add_staff(
                session, NOW, team=factories.add_team(session, "Team Bakken"), name="Per Ravn"
            ),
        ]
        citizen = factories.add_citizen(session, NOW, people[0])
    lone, jonas, outsider = clients = [app.test_client() for _ in people]
    for client, person in zip(clients, people, strict=True):
        sign_in_as(client, database, person)
    return Two(app, database, municipality, lone, jonas, outsider, f"/borgere/{citizen.id}/samtale")


def test_each_sees_that_the_other_has_the_thread_open(two: Two) -> None:
    assert two.said(two.lone) == ""
    assert two.said(two.jonas) == "Lone har tråden åben nu."
    assert two.said(two.lone) == "Jonas har tråden åben nu."


def test_who_writes_is_said_to_write(two: Two) -> None:
    two.here(two.lone, skriver="1")
    assert two.said(two.jonas) == "Lone skriver nu."
    two.here(two.lone)
    assert two.said(two.jonas) == "Lone har tråden åben nu."


def test_who_left_is_gone_within_a_minute(two: Two) -> None:
    two.here(two.lone, skriver="1")
    two.later(46)
    assert two.said(two.jonas) == ""


def test_nothing_is_sent_again_that_the_page_shows_already(two: Two) -> None:
    two.here(two.lone)
    shown = two.here(two.jonas).get_data(as_text=True)
    state = re.search(r'name="her" value="([^"]+)"', shown)
    assert state is not None
    assert two.here(two.jonas, her=state[1]).status_code == 204


def test_a_look_is_written_down_at_most_every_twenty_seconds(two: Two) -> None:
    def writes() -> int:
        found: list[str] = []
        listener = lambda _c, _cur, statement, *_: found.append(statement)  # noqa: E731
        event.listen(two.database.engine, "before_cursor_execute", listener)
        two.here(two.lone)
        event.remove(two.database.engine, "before_cursor_execute", listener)
        return len([each for each in found if each.startswith(("INSERT", "UPDATE"))])

    counts = [writes()]
    for seconds in (10, 9, 1):
        two.later(seconds)
        counts.append(writes())
    assert [bool(count) for count in counts] == [True, False, False, True]


def test_who_does_not_reach_the_citizen_sees_nobody_and_is_seen_by_nobody(two: Two) -> None:
    two.here(two.lone)
    assert two.here(two.outsider).status_code == 404
    assert two.said(two.lone) == ""


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without a script", "with htmx"])
def test_an_answer_over_a_colleagues_is_shown_back_with_hers_and_goes_when_it_is_meant(
    two: Two, headers: dict[str, str]
) -> None:
    opened = two.form(two.jonas)
    two.lone.post(two.address, data={"body": "Vi ses kl. 10", **two.form(two.lone)})
    answer = two.jonas.post(two.address, data={"body": "Kom kl. 9", **opened}, headers=headers)
    shown = re.sub(r"</?bdi[^>]*>", "", unescape(answer.get_data(as_text=True)))
    assert answer.status_code == 422 and two.bodies() == ["Vi ses kl. 10"]
    assert "Lone har lige svaret. Vil du stadig sende?" in shown
    assert "Kom kl. 9</textarea>" in shown and "Vi ses kl. 10</blockquote>" in shown
    meant = re.search(r'name="vist" value="(\d+)"', shown)
    assert meant is not None
    again = two.jonas.post(two.address, data={"body": "Kom kl. 9", "vist": meant[1]}, headers=headers)
    assert again.status_code in (200, 303) and two.bodies() == ["Vi ses kl. 10", "Kom kl. 9"]


def test_ones_own_answers_and_the_citizens_words_hold_nothing_up(two: Two) -> None:
    opened = two.form(two.lone)
    for body in ("Hej", "Vi ses kl. 10"):
        assert two.lone.post(two.address, data={"body": body, **opened}).status_code == 303


def test_an_older_piece_of_the_thread_compares_with_nothing(two: Two) -> None:
    two.jonas.post(two.address, data={"body": "Hej"})
    page = two.lone.get(f"{two.address}?foer=1").get_data(as_text=True)
    assert 'name="vist" value=""' in page
    assert two.lone.post(two.address, data={"body": "Hej igen", "vist": ""}).status_code == 303
