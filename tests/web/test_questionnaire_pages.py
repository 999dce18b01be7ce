"""The staff's pages about questionnaires: who sees them, a preview in each language, and an import by file."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from database.engine import Database
from portal.services.publishing import SHIPPED, newest_form, publish, ship
from portal.store.audit import AuditEvent
from portal.store.people import Staff
from portal.store.questionnaires import QuestionnaireVersion
from portal.store.staged import StagedUpload
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.measurements import ship_forms
from tests.web.conftest import sign_in_as

AGENDA = (SHIPPED / "own_agenda.md").read_text(encoding="utf-8")
UPLOAD = "/spoergeskemaer/indlaes"
DRAFT = f"{UPLOAD}/kladde"


@pytest.fixture
def municipality(database: Database) -> int:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        ship_forms(session, NOW)
    return municipality_id


def sign_in(client: FlaskClient, database: Database, municipality: int, role: str) -> Staff:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role=role)
    sign_in_as(client, database, person)
    return person


@pytest.fixture
def administrator(client: FlaskClient, database: Database, municipality: int) -> Staff:
    return sign_in(client, database, municipality, "administrator")


def upload(client: FlaskClient, content: str | bytes, name: str = "skema.md") -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, data={"file": (BytesIO(data), name)})


def kept(database: Database, municipality: int) -> tuple[int, int]:
    """How many drafts and how many versions there are."""
    with database.read(municipality) as session:
        drafts = session.scalar(select(func.count(StagedUpload.id))) or 0
        return drafts, session.scalar(select(func.count(QuestionnaireVersion.id))) or 0


@pytest.mark.parametrize("role", ["caseworker", "translator", "administrator"])
def test_the_list_shows_every_questionnaire(
    client: FlaskClient, database: Database, municipality: int, role: str
) -> None:
    with database.write(municipality) as session:
        ship(session, NOW)
    sign_in(client, database, municipality, role)
    page = client.get("/spoergeskemaer").text
    assert page.count("<code>screening_") == 3
    assert "Sagsbehandleren svarer" in page
    assert ("Indlæs et skema" in page) is (role == "administrator")


@pytest.mark.parametrize("role", ["caseworker", "translator", "manager"])
def test_only_an_administrator_imports(
    client: FlaskClient, database: Database, municipality: int, role: str
) -> None:
    sign_in(client, database, municipality, role)
    assert client.get(UPLOAD).status_code == 403
    assert upload(client, AGENDA).status_code == 403
    assert kept(database, municipality)[0] == 0


def test_a_version_is_shown_in_each_language(client: FlaskClient, administrator: Staff) -> None:
    danish = client.get("/spoergeskemaer/progression_citizen/1").text
    english = client.get("/spoergeskemaer/progression_citizen/1?vis=en").text
    assert '<span lang="da" dir="ltr">slet ikke</span>' in danish
    assert '<span lang="en" dir="ltr">not at all</span>' in english
    assert "job_search" in danish


def test_a_version_that_is_not_there_is_not_found(client: FlaskClient, administrator: Staff) -> None:
    assert client.get("/spoergeskemaer/progression_citizen/2").status_code == 404
    assert client.get("/spoergeskemaer/nothing/1").status_code == 404


def test_an_import_shows_what_changes_and_publishes_on_a_second_word(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    before = kept(database, municipality)
    changed = AGENDA.replace("Hvad vil du gerne tale om?", "Hvad skal vi tale om?")
    assert upload(client, changed).headers["Location"] == DRAFT
    page = client.get(DRAFT).text
    assert "1 spørgsmål er formuleret på en ny måde" in page
    assert "svar før og efter kan ikke sammenlignes på da" in page
    assert "2 spørgsmål er som før" in page
    assert kept(database, municipality) == (1, before[1])
    assert client.post(f"{UPLOAD}/udgiv").status_code == 303
    assert kept(database, municipality) == (0, before[1] + 1)
    with database.read(municipality) as session:
        form = newest_form(session, "own_agenda")
        assert form is not None
        assert form.questions["talk_about"].labels["da"] == "Hvad skal vi tale om?"
        actions = session.scalars(
            select(AuditEvent.action).where(AuditEvent.staff_id == administrator.id)
        ).all()
    assert sorted(actions) == ["questionnaire.published", "questionnaire.uploaded"]


def test_a_second_upload_takes_the_place_of_the_first(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    upload(client, AGENDA.replace("own_agenda", "first_form"))
    upload(client, AGENDA.replace("own_agenda", "second_form"))
    assert kept(database, municipality)[0] == 1
    client.post(f"{UPLOAD}/udgiv")
    with database.read(municipality) as session:
        assert newest_form(session, "first_form") is None
        assert newest_form(session, "second_form") is not None


def test_a_draft_can_be_given_up(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    upload(client, AGENDA.replace("own_agenda", "my_agenda"))
    client.post(f"{UPLOAD}/fortryd")
    assert kept(database, municipality)[0] == 0
    assert client.get(DRAFT).headers["Location"] == UPLOAD
    assert client.post(f"{UPLOAD}/udgiv").status_code == 404


def test_nobody_sees_or_publishes_the_draft_of_somebody_else(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    upload(client, AGENDA.replace("own_agenda", "my_agenda"))
    sign_in(client, database, municipality, "administrator")
    assert client.get(DRAFT).status_code == 302
    assert client.post(f"{UPLOAD}/udgiv").status_code == 404


def test_a_form_with_problems_is_refused_with_a_table_and_not_kept(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    before = kept(database, municipality)
    answer = upload(client, AGENDA.replace("| text ", "| video "))
    assert answer.status_code == 422
    assert answer.text.count("Arket survey, række") == 3
    assert kept(database, municipality) == before


def test_a_form_that_the_other_party_answers_is_refused(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    answer = upload(client, AGENDA.replace("| citizen ", "| caseworker "))
    assert answer.status_code == 422
    assert "af den anden part" in answer.text
    assert kept(database, municipality)[0] == 0


def zip_bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    return file.getvalue()


def with_formula() -> bytes:
    book = Workbook()
    sheet = book.create_sheet("survey", 0)
    for row in (["type", "name", "label"], ["text", "a", "=1+1"]):
        sheet.append(row)
    book.create_sheet("settings").append(["form_id"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"not a workbook", "form.xlsx"),
        (zip_bomb(), "form.xlsx"),
        (with_formula(), "form.xlsx"),
        (b"\xff\xfe\x00", "form.csv"),
        (b"MZ\x90", "form.exe"),
        (b"", "form.md"),
        (b"| survey |\n" + b"| | text | a | b |\n" * 10_000, "form.md"),
    ],
    ids=["no workbook", "zip bomb", "formula", "not utf-8", "wrong type", "empty", "10,000 rows"],
)
def test_a_hostile_file_gets_a_clear_page_and_leaves_nothing(
    client: FlaskClient,
    database: Database,
    municipality: int,
    administrator: Staff,
    content: bytes,
    name: str,
) -> None:
    before = kept(database, municipality)
    answer = upload(client, content, name)
    assert answer.status_code == 422
    assert "Intet er gemt" in answer.text
    assert kept(database, municipality) == before


def test_a_file_above_the_limit_is_refused_before_it_is_read(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    form = "multipart/form-data; boundary=x"
    assert client.post(UPLOAD, data=b"x" * 7_000_000, content_type=form).status_code == 413
    assert kept(database, municipality)[0] == 0


def test_no_file_at_all_is_said_so(client: FlaskClient, administrator: Staff) -> None:
    assert client.post(UPLOAD).status_code == 422


def test_markup_in_a_form_is_shown_as_text(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    upload(client, AGENDA.replace("Hvad vil du gerne tale om?", "<script>alert(1)</script>"))
    page = client.get(DRAFT).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_older_version_says_that_it_is_older(
    client: FlaskClient, database: Database, municipality: int, administrator: Staff
) -> None:
    with database.write(municipality) as session:
        agenda = newest_form(session, "own_agenda")
        assert agenda is not None
        publish(session, replace(agenda, titles={**agenda.titles, "da": "Mit møde"}), NOW)
    page = client.get("/spoergeskemaer/own_agenda/1").text
    assert "Nye svar bruger version 2" in page
    assert "<h1>Det vil jeg gerne tale om</h1>" in page
