"""The conversation with a citizen on the caseworker's pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from database.engine import Database
from messaging.message import Status
from portal.runtime import Portal
from portal.services import background
from portal.services.thread import write_as_citizen
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Staff
from portal.store.thread import ThreadEntry
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.web.conftest import sign_in_as

HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Desk:
    database: Database
    client: FlaskClient
    municipality_id: int
    citizen_id: int
    colleague: Staff
    other_team: Staff

    @property
    def address(self) -> str:
        return f"/borgere/{self.citizen_id}/samtale"

    def page(self) -> str:
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        return unescape(answer.get_data(as_text=True))

    def write(self, body: str, channel: str = "portal", **more: str) -> TestResponse:
        return self.client.post(self.address, data={"body": body, "channel": channel, **more})

    def hear(self, body: str) -> None:
        with self.database.write(self.municipality_id) as session:
            write_as_citizen(session, self.citizen_id, body, NOW)

    def entries(self) -> list[ThreadEntry]:
        with self.database.read(self.municipality_id) as session:
            return list(session.scalars(select(ThreadEntry).order_by(ThreadEntry.id)))

    def actions(self) -> list[str]:
        with self.database.read(self.municipality_id) as session:
            return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))

    def change(self, **values: object) -> None:
        with self.database.write(self.municipality_id) as session:
            citizen = session.get_one(Citizen, self.citizen_id)
            for name, value in values.items():
                setattr(citizen, name, value)


@pytest.fixture
def desk(client: FlaskClient, database: Database) -> Desk:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        team = factories.add_team(session)
        lone = factories.add_staff(session, NOW, team=team)
        colleague = factories.add_staff(session, NOW, team=team, name="Per Ravn")
        other_team = factories.add_staff(session, NOW, team=factories.add_team(session, "Team Bakken"))
        citizen = factories.add_citizen(session, NOW, lone)
    sign_in_as(client, database, lone)
    return Desk(database, client, municipality_id, citizen.id, colleague, other_team)


def poll_address(page: str) -> str:
    found = re.search(r'id="thread-poll" hx-get="([^"]+)"', page)
    assert found
    return found[1]


def test_a_message_is_written_read_and_answered(desk: Desk, app: Flask) -> None:
    assert desk.write("Hvordan gik det i dag?").status_code == 303
    page = desk.page()
    assert "Hvordan gik det i dag?" in page and "Lone Kjær" in page
    assert "SMS om beskeden: Venter på at blive sendt" in page and "Ikke læst endnu" in page
    background.deliver(app.extensions["taletid"])
    assert "SMS om beskeden: Kommet frem" in desk.page()


def test_what_the_citizen_wrote_is_shown_and_counts_as_read(desk: Desk) -> None:
    desk.hear("Det gik godt")
    assert "Det gik godt" in desk.page()
    assert desk.entries()[0].read_at == NOW


def test_every_look_at_the_thread_leaves_a_trace_and_so_does_writing(desk: Desk) -> None:
    desk.page()
    desk.write("Hej")
    assert desk.actions()[-2:] == ["thread.read", "thread.write"]


def test_a_writing_that_was_refused_is_no_writing_in_the_log(desk: Desk) -> None:
    assert desk.write("  ").status_code == 422
    assert "thread.write" not in desk.actions()


@pytest.mark.parametrize("who", ["other team", "nobody"])
def test_a_thread_out_of_reach_is_not_there(desk: Desk, database: Database, who: str) -> None:
    desk.hear("Hemmeligt")
    if who == "other team":
        sign_in_as(desk.client, database, desk.other_team)
        answers = [desk.client.get(desk.address), desk.write("Hej")]
        answers.append(desk.client.get(f"{desk.address}?efter=0&stand=x", headers=HTMX))
        answers.append(desk.client.post(f"{desk.address}/tjek", data={"body": "Hej", "channel": "sms"}))
        assert [answer.status_code for answer in answers] == [404] * 4
    else:
        desk.client.delete_cookie("taletid_staff")
        assert desk.client.get(desk.address).status_code == 302
    assert len(desk.entries()) == 1


def test_the_text_typed_is_kept_with_what_is_wrong_beside_it(desk: Desk) -> None:
    answer = desk.write("Se <b>https://example.org</b>", "sms")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Se &lt;b&gt;https://example.org&lt;/b&gt;</textarea>" in page
    assert "Dette kan ikke sendes som SMS" in page and "Et link kan ikke sendes" in page
    assert 'aria-invalid="true"' in page and 'aria-describedby="body-error"' in page
    assert re.search(r'value="sms"[^>]* checked', page)


def test_private_words_are_asked_about_once_and_then_sent(desk: Desk) -> None:
    private = "Har du fået sygedagpenge?"
    refused = desk.write(private, "sms")
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Måske for privat" in page and 'name="confirmed"' in page and "Fylder 1 SMS" in page
    assert desk.write(private, "sms", confirmed="1").status_code == 303
    assert [(entry.channel, entry.body) for entry in desk.entries()] == [("sms", private)]


def test_the_same_text_can_be_sent_on_the_page_instead(desk: Desk) -> None:
    assert desk.write("Har du fået sygedagpenge?", "portal").status_code == 303


@pytest.mark.parametrize(
    ("column", "words"),
    [("opted_out_at", "har skrevet STOP"), ("frozen_at", "Nummeret er sat på pause")],
)
def test_who_gets_no_sms_is_told_of_before_anything_is_written(desk: Desk, column: str, words: str) -> None:
    desk.change(**{column: NOW})
    page = desk.page()
    assert words in page
    assert re.search(r'value="sms"[^>]* disabled', page)
    assert desk.write("Hej", "sms").status_code == 422


def test_a_dead_number_is_said_above_the_thread(desk: Desk) -> None:
    desk.change(number_failed_at=NOW)
    assert "SMS har ikke kunnet nå nummeret siden" in desk.page()


def test_while_she_writes_the_parts_are_counted_and_nothing_is_kept(desk: Desk) -> None:
    long = "Vi ses kl. 10 på biblioteket. " * 8
    answer = desk.client.post(f"{desk.address}/tjek", data={"body": long, "channel": "sms"}, headers=HTMX)
    assert "Fylder 2 SMS" in answer.get_data(as_text=True)
    silent = desk.client.post(f"{desk.address}/tjek", data={"body": long, "channel": "portal"}, headers=HTMX)
    assert silent.get_data(as_text=True).strip() == ""
    assert (desk.entries(), desk.actions()) == (
        [],
        ["citizen.read"] if "citizen.read" in desk.actions() else [],
    )


def test_a_page_that_asks_when_nothing_is_new_gets_nothing_and_leaves_no_trace(desk: Desk) -> None:
    desk.hear("Hej")
    address = poll_address(desk.page())
    before = desk.actions()
    assert desk.client.get(address, headers=HTMX).status_code == 204
    assert desk.actions() == before


def test_a_page_that_asks_gets_what_is_new_in_its_place(desk: Desk, app: Flask) -> None:
    desk.write("Hvordan går det?")
    page = desk.page()
    first = desk.entries()[0].id
    desk.hear("Fint")
    portal: Portal = app.extensions["taletid"]
    background.deliver(portal)
    answer = desk.client.get(poll_address(page), headers=HTMX)
    news = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "Fint" in news and "Hvordan går det?" not in news
    assert '<ol hx-swap-oob="beforeend:#thread-log">' in news
    assert re.search(
        rf'id="state-{first}"[^>]* hx-swap-oob="true"[^>]*>\s*<span>SMS om beskeden: Kommet frem', news
    )
    assert desk.entries()[1].read_at == NOW
    assert desk.client.get(poll_address(news), headers=HTMX).status_code == 204


def test_a_page_that_nobody_looks_at_reads_nothing(desk: Desk) -> None:
    address = poll_address(desk.page())
    desk.hear("Hej")
    assert desk.client.get(f"{address}&skjult=1", headers=HTMX).status_code == 200
    assert desk.entries()[0].read_at is None


@pytest.mark.parametrize("wrong", ["-1", "abc", "", "9" * 30, "٣"])
def test_an_address_with_nonsense_in_it_shows_the_thread(desk: Desk, wrong: str) -> None:
    desk.hear("Hej")
    for name in ("efter", "foer"):
        answer = desk.client.get(desk.address, query_string={name: wrong, "stand": "x" * 500})
        assert answer.status_code == 200


def test_writing_with_htmx_gives_an_empty_form_and_the_new_entry(desk: Desk) -> None:
    desk.page()
    data = {"body": "Hej Mette", "channel": "sms", "efter": "0"}
    answer = desk.client.post(desk.address, data=data, headers=HTMX)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert html.lstrip().startswith("<form") and "<html" not in html
    assert "Hej Mette</p>" in html and "Hej Mette</textarea>" not in html
    assert re.search(r'value="sms"[^>]* checked', html)


def test_a_refused_writing_with_htmx_keeps_the_text_in_the_form(desk: Desk) -> None:
    answer = desk.client.post(desk.address, data={"body": "x" * 6000, "efter": "0"}, headers=HTMX)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "x" * 6000 in html and "for lang" in html


def test_events_stand_in_the_thread_in_words(desk: Desk) -> None:
    kinds = ("invitation", "answered", "opted_out", "opted_in", "not_me", "number_dead")
    with desk.database.write(desk.municipality_id) as session:
        for kind in kinds:
            session.add(
                ThreadEntry(
                    citizen_id=desk.citizen_id, kind=kind, author="system", channel="sms", created_at=NOW
                )
            )
    page = desk.page()
    for words in (
        "Spørgsmål sendt til",
        "har svaret på",
        "STOP:",
        "START:",
        "Det er ikke mig",
        "kan ikke nå",
    ):
        assert words in page


def test_every_reason_a_message_can_have_is_said_in_words(app: Flask) -> None:
    from messaging.delivery import NO_RECEIPT, RENDER_FAILED
    from messaging.gateway import Trouble
    from messaging.policy import StopReason, WaitReason
    from portal.services.sms import compose

    own = (
        NO_RECEIPT,
        RENDER_FAILED,
        compose.CANCELLED,
        compose.NO_REPLY_NUMBER,
        compose.NOTHING_TO_SAY,
    )
    texts = app.extensions["taletid"].catalogs.texts("da")
    reasons = [*map(str, (*Trouble, *StopReason, *WaitReason)), *own, "exempt", "dropped_out"]
    assert [reason for reason in reasons if not texts.has(f"thread.reason.{reason}")] == []
    assert [each for each in Status if not texts.has(f"thread.state.{each}")] == []


def test_the_page_costs_the_same_number_of_queries_however_long_the_thread(
    desk: Desk, app: Flask, database: Database
) -> None:
    from sqlalchemy import event

    def cost() -> int:
        asked: list[str] = []
        listener = lambda _c, _cur, statement, *_: asked.append(statement)  # noqa: E731
        event.listen(database.engine, "before_cursor_execute", listener)
        desk.page()
        event.remove(database.engine, "before_cursor_execute", listener)
        return len([each for each in asked if not each.startswith(("PRAGMA", "BEGIN"))])

    desk.write("Hej")
    desk.page()  # what a process holds in memory, it asks for once
    few = cost()
    for number in range(20):
        desk.write(f"Besked {number}", "sms")
    assert cost() == few
    assert few <= 12


def test_outside_the_hours_it_is_said_before_when_an_sms_goes(desk: Desk, app: Flask) -> None:
    assert "Der sendes ikke SMS lige nu" not in desk.page()
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW + timedelta(hours=9)
    sign_in_as(desk.client, desk.database, desk.colleague, portal.clock())
    assert "Der sendes ikke SMS lige nu. Den bliver sendt 19. nov. 2026 09.00." in desk.page()
