"""The citizen's own conversation, behind her PIN."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.services import pins
from portal.services.thread import Channel, StaffWriting, write_as_staff
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case, make_case
from tests.conftest import NOW
from tests.factories import HASHER

ADDRESS = "/hjem/samtale"
HTMX = {"HX-Request": "true"}
PIN = "4826"


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


@pytest.fixture
def her(client: FlaskClient, database: Database, case: Case) -> FlaskClient:
    """Her browser, signed in."""
    with database.write(case.municipality_id) as session:
        pins.choose_pin(session, case.citizen_id, HASHER.hash(PIN), NOW)
        code = session.get_one(Citizen, case.citizen_id).short_code
    assert client.post("/kode", data={"code": code, "pin": PIN}).status_code == 303
    return client


def staff_writes(database: Database, case: Case, body: str, channel: Channel = Channel.PORTAL) -> None:
    with database.write(case.municipality_id) as session:
        write_as_staff(session, case.citizen_id, StaffWriting(case.staff_id, body, channel), NOW)


def page(her: FlaskClient) -> str:
    answer = her.get(ADDRESS)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def entries(database: Database, case: Case) -> list[ThreadEntry]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(ThreadEntry).order_by(ThreadEntry.id)))


def poll_address(html: str) -> str:
    found = re.search(r'id="thread-poll" hx-get="([^"]+)"', html)
    assert found
    return found[1]


def test_the_thread_is_reached_from_her_front_page_and_by_nobody_without_the_pin(
    client: FlaskClient, her: FlaskClient, app: Flask
) -> None:
    assert f'href="{ADDRESS}#slut"' in page_of_home(her), "at what is new, also without a script"
    assert app.test_client().get(ADDRESS).status_code == 302
    assert app.test_client().post(ADDRESS, data={"body": "Hej"}).status_code == 401


def page_of_home(her: FlaskClient) -> str:
    return her.get("/hjem").get_data(as_text=True)


def test_what_she_writes_stands_there_and_waits_to_be_read(
    her: FlaskClient, database: Database, case: Case
) -> None:
    answer = her.post(ADDRESS, data={"body": "Det gik godt 010190-1234"})
    assert (answer.status_code, answer.location) == (303, f"{ADDRESS}#slut")
    html = page(her)
    assert "Det gik godt ******-****" in html and "Ikke læst endnu" in html and "Dig" in html
    assert [(entry.author, entry.channel) for entry in entries(database, case)] == [("citizen", "portal")]


def test_what_staff_wrote_is_shown_with_the_name_and_counts_as_read(
    her: FlaskClient, database: Database, case: Case
) -> None:
    staff_writes(database, case, "Hvordan gik det?")
    html = page(her)
    assert "Hvordan gik det?" in html and "Lone Kjær" in html
    assert entries(database, case)[0].read_at == NOW
    assert "SMS om beskeden" not in html


def test_an_sms_to_her_shows_how_far_it_came(her: FlaskClient, database: Database, case: Case) -> None:
    staff_writes(database, case, "Vi ses kl. 10", Channel.SMS)
    html = page(her)
    assert "på SMS" in html and "Venter på at blive sendt" in html


@pytest.mark.parametrize(("body", "words"), [("  ", "Skriv din besked"), ("x" * 5001, "for lang")])
def test_what_cannot_be_kept_is_said_beside_the_field_with_the_text_in_it(
    her: FlaskClient, body: str, words: str
) -> None:
    for headers in ({}, HTMX):
        answer = her.post(ADDRESS, data={"body": body, "efter": "0"}, headers=headers)
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert words in html and body.strip() in html and 'aria-invalid="true"' in html


def test_her_words_are_words_and_no_markup(her: FlaskClient) -> None:
    her.post(ADDRESS, data={"body": "<script>alert(1)</script>"})
    assert "<script>alert" not in her.get(ADDRESS).get_data(as_text=True)


def test_an_answer_comes_to_an_open_page_and_what_she_wrote_is_read(
    her: FlaskClient, database: Database, case: Case
) -> None:
    her.post(ADDRESS, data={"body": "Hej Lone"})
    html = page(her)
    staff_writes(database, case, "Hej Mette")
    with database.write(case.municipality_id) as session:
        session.get_one(ThreadEntry, entries(database, case)[0].id).read_at = NOW
    answer = her.get(poll_address(html), headers=HTMX)
    news = unescape(answer.get_data(as_text=True))
    assert "Hej Mette" in news and "Hej Lone" not in news and "Læst kl. 11.00" in news
    assert entries(database, case)[1].read_at == NOW
    assert her.get(poll_address(news), headers=HTMX).status_code == 204


def test_a_page_that_nobody_looks_at_reads_nothing(her: FlaskClient, database: Database, case: Case) -> None:
    address = poll_address(page(her))
    staff_writes(database, case, "Hej")
    assert her.get(f"{address}&skjult=1", headers=HTMX).status_code == 200
    assert entries(database, case)[0].read_at is None


def test_writing_with_htmx_gives_an_empty_form_and_the_new_entry(her: FlaskClient) -> None:
    answer = her.post(ADDRESS, data={"body": "Hej Lone", "efter": "0"}, headers=HTMX)
    html = answer.get_data(as_text=True)
    assert html.lstrip().startswith("<form") and "Hej Lone</p>" in html and "Hej Lone</textarea>" not in html


def test_a_page_left_open_does_not_keep_her_signed_in(her: FlaskClient, app: Flask) -> None:
    address = poll_address(page(her))
    for minutes in range(2, 22, 2):
        app.extensions["taletid"].clock = lambda minutes=minutes: NOW + timedelta(minutes=minutes)
        last = her.get(address, headers=HTMX)
    assert last.status_code == 204
    app.extensions["taletid"].clock = lambda: NOW + timedelta(minutes=21)
    assert her.get(address, headers=HTMX).status_code == 401
    assert her.get(ADDRESS).status_code == 302


def test_the_page_stands_in_her_language_with_the_other_sides_words_as_they_are(
    her: FlaskClient, database: Database, case: Case
) -> None:
    staff_writes(database, case, "Vi ses torsdag")
    html = her.get(f"{ADDRESS}?sprog=ar").get_data(as_text=True)
    assert 'dir="rtl"' in html and '<p class="said-body" dir="auto">Vi ses torsdag</p>' in html


def test_earlier_messages_are_one_link_away(her: FlaskClient, database: Database, case: Case) -> None:
    with database.write(case.municipality_id) as session:
        for number in range(60):
            session.add(
                ThreadEntry(
                    citizen_id=case.citizen_id, author="citizen", channel="portal", body=f"Nr. {number}.",
                    created_at=NOW,
                )
            )  # fmt: skip
    html = page(her)
    assert "Nr. 59." in html and "Nr. 10." in html and "Nr. 9." not in html
    link = re.search(r'href="(/hjem/samtale\?foer=\d+)"', html)
    assert link and "Nr. 9." in her.get(link[1]).get_data(as_text=True)


def test_who_has_said_no_to_sms_is_promised_none(her: FlaskClient, database: Database, case: Case) -> None:
    assert "Du får en SMS, når der er svar." in page(her)
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).opted_out_at = NOW
    assert "Svaret kommer også her." in page(her) and "Du får en SMS" not in page(her)
