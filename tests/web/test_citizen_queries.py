"""No page of the citizen's asks the database more than twelve things, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from database.engine import Database
from portal.runtime import Portal
from tests.cases import Case
from tests.journeys import PIN, answer_whole_form, give_pin, invite

MOST = 12


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def test_each_step_of_the_journey_asks_little(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    token = invite(database, case, now)
    counts: dict[str, int] = {}

    def ask(name: str, method: str, address: str, **data: str) -> str:
        with counted(database) as statements:
            answer = client.open(address, method=method, data=data, headers={"Sec-Fetch-Mode": "navigate"})
        counts[name] = len(statements)
        return str(answer.headers.get("Location", ""))

    ask("welcome", "GET", f"/{token}")
    first = ask("start", "POST", f"/{token}")
    form = first.rpartition("/")[0]
    ask("question", "GET", first)
    ask("answer", "POST", first, belief_in_work="4")
    ask("answer again", "POST", f"{form}/2", job_search="1")
    ask("last answer", "POST", f"{form}/4", wish="Ro")
    ask("receipt", "GET", f"{form}/tak")
    ask("used link", "GET", f"/{token}")
    assert {name: number for name, number in counts.items() if number > MOST} == {}, counts
    assert counts["answer again"] <= 4


def test_her_own_pages_ask_no_more_when_there_is_more_to_show(
    app: Flask,
    client: FlaskClient,
    database: Database,
    case: Case,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    portal: Portal = app.extensions["taletid"]
    short_code = give_pin(database, case, now)
    seen: list[dict[str, int]] = []
    for measurement in range(3):
        moment = now + timedelta(days=40 * measurement)
        portal.clock = lambda moment=moment: moment  # type: ignore[misc]
        answer_whole_form(client, invite(database, case, moment))
        client.post("/kode", data={"code": short_code, "pin": PIN})
        seen.append({address: asked(client, database, address) for address in PAGES})
    assert seen[1] == seen[2]
    assert max(seen[2].values()) <= MOST, seen[2]


PAGES = ("/hjem", "/hjem/svar", "/hjem/udvikling", "/hjem/dagbog", "/hjem/maal")


def asked(client: FlaskClient, database: Database, address: str) -> int:
    client.get(address)
    with counted(database) as statements:
        assert client.get(address).status_code == 200
    return len(statements)
