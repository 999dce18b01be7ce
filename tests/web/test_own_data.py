"""Everything about her, for herself: read, taken home, and who has looked."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.domain.files import CleanFile, FileKind
from portal.services import attachments
from portal.services.own_data.sections import SECTIONS
from portal.store import audit, rights
from portal.store.audit import AuditEvent
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case
from tests.journeys import answer_whole_form, invite, sign_in_by_pin
from tests.web.test_citizen_queries import MOST, asked

PIN = "4711"
PAGES = ("/hjem/mine-data", "/hjem/mine-data/hvem", "/hjem/mine-data/anmodning")


@pytest.fixture
def signed_in(client: FlaskClient, database: Database, case: Case, now: datetime) -> FlaskClient:
    return sign_in_by_pin(client, database, case, now)


@pytest.fixture
def full(signed_in: FlaskClient, database: Database, case: Case, now: datetime) -> FlaskClient:
    """She has answered, and there are words and a picture in her thread."""
    answer_whole_form(signed_in, invite(database, case, now))
    with database.write(case.municipality_id) as session:
        entry = ThreadEntry(
            citizen_id=case.citizen_id, author="citizen", channel="portal", body="Kære Lone", created_at=now
        )
        session.add(entry)
        session.flush()
        picture = CleanFile("dør.jpg", FileKind.JPEG, b"a picture", width=2, height=1)
        attachments.attach(session, entry, (picture,))
    return signed_in


def let_pin_do(database: Database, case: Case) -> None:
    with database.write(case.municipality_id) as session:
        row = rights.settings(session)
        row.download_by_pin = True
        session.add(row)


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_about_her_data_ask_for_her_pin(client: FlaskClient, case: Case, address: str) -> None:
    assert client.get(address).location == f"/kode?til={address}"


def test_every_topic_with_something_in_it_can_be_opened_and_the_empty_ones_are_named(
    full: FlaskClient,
) -> None:
    page = full.get("/hjem/mine-data").text
    for each in SECTIONS:
        if f"/hjem/mine-data/emne/{each.name}" in page:
            assert full.get(f"/hjem/mine-data/emne/{each.name}").status_code == 200
    assert "/emne/answers" in page and "/emne/alarms" not in page
    assert "Beskeder, hvor du kan have haft brug for hjælp" in page.split("<details>")[1]


def test_her_answers_stand_in_the_words_they_were_given_in(full: FlaskClient) -> None:
    assert "Arbejde i en have" in full.get("/hjem/mine-data/emne/answers").text
    assert "Kære Lone" in full.get("/hjem/mine-data/emne/messages").text


def test_a_topic_that_is_none_is_not_found(signed_in: FlaskClient) -> None:
    assert signed_in.get("/hjem/mine-data/emne/others").status_code == 404


def test_hers_are_never_anothers(
    full: FlaskClient, database: Database, case: Case, now: datetime, client: FlaskClient
) -> None:
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Citizen, case.citizen_id).caseworker
        other = factories.add_citizen(session, now, caseworker, first_name="Vilhelmine")
        session.add(
            ThreadEntry(
                citizen_id=other.id, author="citizen", channel="portal", body="Hemmeligt", created_at=now
            )
        )
    let_pin_do(database, case)
    taken = full.post("/hjem/mine-data/kopi", data={"form": "json"}).text
    assert "Hemmeligt" not in taken and "Vilhelmine" not in taken
    assert "Hemmeligt" not in full.get("/hjem/mine-data/emne/messages").text


def test_without_leave_a_pin_takes_no_copy_and_she_is_told_whom_to_ask(full: FlaskClient) -> None:
    page = full.get("/hjem/mine-data").text
    assert "Ring til os, så giver vi dig en." in page and "/kopi" not in page
    assert full.post("/hjem/mine-data/kopi", data={"form": "json"}).status_code == 403


def test_the_copy_for_programs_holds_every_topic_and_her_files(
    full: FlaskClient, database: Database, case: Case
) -> None:
    let_pin_do(database, case)
    answer = full.post("/hjem/mine-data/kopi", data={"form": "json"})
    assert answer.headers["Content-Disposition"] == "attachment; filename=mine-data-2026-11-18.json"
    assert answer.headers["Cache-Control"] == "private, no-store"
    taken = json.loads(answer.text)
    assert list(taken["sections"]) == [each.name for each in SECTIONS]
    assert taken["sections"]["person"][0]["first_name"] == "Mette"
    assert {"question": "Hvad ønsker du dig?", "language": "da", "answer": ["Arbejde i en have"], "missing": None} in [
        each | {"question": "Hvad ønsker du dig?"} for each in taken["sections"]["answers"][0]["answers"]
    ]  # fmt: skip
    assert [each["name"] for each in taken["file_contents"]] == ["dør.jpg"]
    for secret in ("pin_hash", "short_code_hash", "index", "token"):
        assert secret not in answer.text


def test_the_copy_to_read_is_one_file_in_her_language_that_loads_nothing(
    full: FlaskClient, database: Database, case: Case
) -> None:
    let_pin_do(database, case)
    page = full.post("/hjem/mine-data/kopi?sprog=en", data={"form": "html"}).text
    assert '<html lang="en"' in page and "Arbejde i en have" in page and "Kære Lone" in page
    assert "data:image/jpeg;base64," in page
    for loaded in ("<script", "<link", 'src="/', 'href="/', "http"):
        assert loaded not in page


def test_each_copy_is_written_down_and_she_sees_that_herself(
    full: FlaskClient, database: Database, case: Case
) -> None:
    let_pin_do(database, case)
    full.post("/hjem/mine-data/kopi", data={"form": "html"})
    with database.read(case.municipality_id) as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "own_data.downloaded")).all()
    assert [each.citizen_id for each in events] == [case.citizen_id]
    assert "Hentede en kopi" in full.get("/hjem/mine-data/hvem").text


def test_a_copy_in_no_known_form_is_refused(full: FlaskClient, database: Database, case: Case) -> None:
    let_pin_do(database, case)
    assert full.post("/hjem/mine-data/kopi", data={"form": "pdf"}).status_code == 400


def test_who_looked_is_told_by_day_and_person_and_not_by_look(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        for minute in range(40):
            moment = now - timedelta(days=1, minutes=minute)
            audit.record(
                session,
                "thread.read",
                moment,
                staff_id=case.staff_id,
                citizen_id=case.citizen_id,
                subject="news",
            )
    page = signed_in.get("/hjem/mine-data/hvem").text
    assert page.count("Læste samtalen") == 1 and "Lone Kjær" in page
    assert "17. november 2026" in page and "Mellem kl. 10.21 og kl. 11.00" in page


def test_earlier_days_are_one_link_away(
    signed_in: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        for day in range(1, 40):
            audit.record(
                session,
                "citizen.read",
                now - timedelta(days=day),
                staff_id=case.staff_id,
                citizen_id=case.citizen_id,
            )
    first = signed_in.get("/hjem/mine-data/hvem").text
    assert "foer=2026-10-20" in first and "20. oktober 2026" in first and "19. oktober 2026" not in first
    second = signed_in.get("/hjem/mine-data/hvem?foer=2026-10-20").text
    assert "19. oktober 2026" in second and "20. oktober 2026" not in second and "foer=" not in second
    assert signed_in.get("/hjem/mine-data/hvem?foer=yesterday").status_code == 200


def test_her_pages_ask_no_more_when_there_is_more_to_show(
    full: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    sections = tuple(f"/hjem/mine-data/emne/{each.name}" for each in SECTIONS)
    before = {address: asked(full, database, address) for address in (*PAGES, *sections)}
    with database.write(case.municipality_id) as session:
        for minute in range(20):
            session.add(
                ThreadEntry(
                    citizen_id=case.citizen_id,
                    author="staff",
                    staff_id=case.staff_id,
                    channel="portal",
                    body="Hej",
                    created_at=now + timedelta(minutes=minute),
                )
            )
    after = {address: asked(full, database, address) for address in (*PAGES, *sections)}
    assert after == before
    assert max(after.values()) <= MOST
