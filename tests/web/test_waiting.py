"""An answer that waited on a phone for the net: kept once, and never over a newer one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from database.engine import Database
from portal.store.answering import Answer
from portal.store.thread import ThreadEntry
from tests.cases import Case
from tests.web.test_citizen_journey import HTMX, answers, at, begun, finish, token

__all__ = ["begun", "token"]
MINUTE = timedelta(minutes=1)


def mark(page: str) -> str:
    found = re.search(r'data-stand="([0-9a-f]+)"', page)
    return found[1] if found else ""


def send_waiting(client: FlaskClient, form: str, choice: str, seen: str) -> int:
    address = f"{form}/1?paa=da&ventede={seen}"
    return client.post(address, data={"belief_in_work": choice}, headers=HTMX).status_code


def when(database: Database, case: Case) -> list[datetime]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(Answer.answered_at)))


def test_a_page_that_is_met_for_the_first_time_has_no_mark_and_one_that_is_answered_has(
    client: FlaskClient, begun: str
) -> None:
    assert mark(client.get(f"{begun}/1").text) == ""
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    assert mark(client.get(f"{begun}/1").text) != ""
    assert mark(client.get(f"{begun}/2").text) == ""


def test_what_waited_and_is_kept_already_changes_nothing(
    app: Flask, client: FlaskClient, database: Database, case: Case, begun: str, now: datetime
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    first = when(database, case)
    at(app, now + MINUTE)
    assert [send_waiting(client, begun, "4", "") for _ in range(3)] == [200, 200, 200]
    assert when(database, case) == first


def test_what_waited_is_kept_while_nobody_has_answered_since(
    app: Flask, client: FlaskClient, database: Database, case: Case, begun: str, now: datetime
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    seen = mark(client.get(f"{begun}/1").text)
    at(app, now + MINUTE)
    assert send_waiting(client, begun, "2", seen) == 200
    assert answers(database, case) == {"belief_in_work": "2"}


def test_what_waited_gives_way_to_a_newer_answer_even_one_that_was_changed_back(
    app: Flask, client: FlaskClient, database: Database, case: Case, begun: str, now: datetime
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    seen = mark(client.get(f"{begun}/1").text)
    for minutes, choice in ((1, "5"), (2, "4")):
        at(app, now + minutes * MINUTE)
        client.post(f"{begun}/1", data={"belief_in_work": choice})
    assert send_waiting(client, begun, "1", seen) == 409
    assert answers(database, case) == {"belief_in_work": "4"}


def test_what_waited_is_shown_beside_the_newer_answer(
    app: Flask, client: FlaskClient, begun: str, now: datetime
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    answer = client.post(f"{begun}/1?paa=da&ventede=", data={"belief_in_work": "1"}, headers=HTMX)
    assert answer.status_code == 409
    assert "Det ventede på telefonen:" in answer.text
    assert re.search(r'value="4" checked', answer.text)


def test_what_waited_for_a_form_that_is_sent_in_leads_to_its_receipt(
    client: FlaskClient, database: Database, case: Case, begun: str
) -> None:
    finish(client, begun)
    before = answers(database, case)
    answer = client.post(f"{begun}/1?paa=da&ventede=", data={"belief_in_work": "1"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"{begun}/tak"
    assert answers(database, case) == before
    with database.read(case.municipality_id) as session:
        assert len(session.scalars(select(ThreadEntry).where(ThreadEntry.kind == "answered")).all()) == 1


def test_an_answer_that_was_not_taken_says_so_to_the_script_that_keeps_it(app: Flask, begun: str) -> None:
    stranger = app.test_client().post(f"{begun}/1", data={"belief_in_work": "1"}, headers=HTMX)
    assert (stranger.status_code, stranger.headers["HX-Redirect"]) == (401, "/svar")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    waits=st.lists(st.tuples(st.integers(0, 4), st.sampled_from("12345")), max_size=3),
    later=st.lists(st.sampled_from("12345"), max_size=4),
)
def test_whatever_waited_the_newest_answer_by_our_clock_is_the_one_that_stands(
    app: Flask,
    client: FlaskClient,
    database: Database,
    case: Case,
    begun: str,
    now: datetime,
    waits: list[tuple[int, str]],
    later: list[str],
) -> None:
    """Two phones: one answers now and then, the other's answers arrive late, as often as it likes to send them."""
    with database.write(case.municipality_id) as session:
        session.execute(delete(Answer))
    seen, last = [""], None
    for minute, choice in enumerate(later):
        at(app, now + minute * MINUTE)
        if choice != last:
            client.post(f"{begun}/1", data={"belief_in_work": choice})
            last = choice
        seen.append(mark(client.get(f"{begun}/1").text))
    at(app, now + timedelta(hours=1))
    for shown, choice in waits:
        status = send_waiting(client, begun, choice, seen[min(shown, len(seen) - 1)])
        is_newest = seen[min(shown, len(seen) - 1)] == seen[-1]
        if status == 200 and choice != last:
            assert is_newest
            last = choice
            break
    assert answers(database, case) == ({} if last is None else {"belief_in_work": last})
