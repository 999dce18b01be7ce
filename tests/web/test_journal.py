"""The conversation for the journal: who may take it out, of which period, and the trace it leaves."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from database.engine import Database
from portal.services import workshop
from portal.services.thread import write_as_citizen
from portal.store.audit import AuditEvent
from tests.conftest import NOW
from tests.web.conftest import sign_in_as
from tests.web.test_staff_thread import Desk, desk

assert desk  # a fixture that this module borrows
WAYS = ("journal", "journal.txt", "journal.pdf")


@pytest.fixture
def written(desk: Desk) -> Desk:
    with desk.database.write(desk.municipality_id) as session:
        for days, body in ((40, "Gammelt"), (1, "I går"), (0, "I dag\n<b>to linjer</b>")):
            write_as_citizen(session, desk.citizen_id, body, NOW - timedelta(days=days))
    return desk


def traces(desk: Desk) -> list[tuple[str, str | None]]:
    with desk.database.read(desk.municipality_id) as session:
        return [
            (each.action, each.subject)
            for each in session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        ]


def test_the_page_the_text_and_the_pdf_are_of_the_period_asked_for_and_leave_their_traces(
    written: Desk,
) -> None:
    period = "?fra=2026-11-01&til=2026-11-17"
    page, text, pdf = (written.client.get(f"{written.address}/{way}{period}") for way in WAYS)
    for answer in (page, text):
        shown = answer.get_data(as_text=True)
        assert (
            answer.status_code == 200
            and "I går" in shown
            and "Gammelt" not in shown
            and "to linjer" not in shown
        )
    assert pdf.data.startswith(b"%PDF-")
    assert traces(written)[-3:] == [
        ("thread.read", "journal"),
        ("thread.exported", "text 2026-11-01–2026-11-17"),
        ("thread.exported", "pdf 2026-11-01–2026-11-17"),
    ]


def test_what_is_saved_is_a_file_that_nobody_else_keeps(written: Desk) -> None:
    text = written.client.get(f"{written.address}/journal.txt")
    assert text.headers["Content-Disposition"] == f"attachment; filename=samtale-{written.citizen_id}.txt"
    assert text.headers["Cache-Control"] == "private, no-store"
    assert text.mimetype == "text/plain" and "    <b>to linjer</b>\n" in text.get_data(as_text=True)


def test_on_the_page_what_was_written_is_words(written: Desk) -> None:
    page = written.client.get(f"{written.address}/journal").get_data(as_text=True)
    assert "&lt;b&gt;to linjer" in page and "<b>to linjer" not in page


@pytest.mark.parametrize(
    ("period", "words"),
    [("fra=1.3.2026", "år-måned-dag"), ("fra=2026-03-02&til=2026-03-01", "før den sidste")],
)
def test_a_wrong_period_is_explained_and_nothing_is_taken_out(written: Desk, period: str, words: str) -> None:
    page = written.client.get(f"{written.address}/journal?{period}")
    assert page.status_code == 422 and words in page.get_data(as_text=True)
    for way in WAYS[1:]:
        answer = written.client.get(f"{written.address}/{way}?{period}")
        assert answer.status_code == 302 and "/journal?fra=" in answer.location
    assert "thread.exported" not in written.actions()


@pytest.mark.parametrize("way", WAYS)
def test_another_team_finds_nothing_and_leaves_no_trace(written: Desk, database: Database, way: str) -> None:
    sign_in_as(written.client, database, written.other_team)
    before = written.actions()
    assert written.client.get(f"{written.address}/{way}").status_code == 404
    assert written.actions() == before


def test_the_conversation_leads_to_it(written: Desk) -> None:
    assert re.search(rf'href="{written.address}/journal"', written.page())


def test_a_pdf_that_cannot_be_made_is_said_and_not_half_sent(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "START", "raise SystemExit(1)")
    assert written.client.get(f"{written.address}/journal.pdf").status_code == 503
