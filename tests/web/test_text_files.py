"""/tekster/filer: out in every format, in after a look, and back as it was."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from database.engine import Database
from portal.store.people import Staff
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.measurements import ship_forms
from tests.web.conftest import sign_in_as

HOME = "/tekster/filer"
COMMON = f"{HOME}/hent?sprog=pl&omfang=common"


@pytest.fixture
def municipality(database: Database) -> int:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        ship_forms(session, NOW)
    return municipality_id


@pytest.fixture(autouse=True)
def translator(client: FlaskClient, database: Database, municipality: int) -> Staff:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role="translator")
    sign_in_as(client, database, person)
    return person


def sent(client: FlaskClient, format_: str = "po") -> bytes:
    data: bytes = client.get(f"{COMMON}&filtype={format_}").data
    return data


def upload(client: FlaskClient, data: bytes, language: str = "") -> TestResponse:
    return client.post(HOME, data={"file": (BytesIO(data), "pl.po"), "sprog": language})


def yes(client: FlaskClient) -> bytes:
    return sent(client).replace(b'msgid "Ja"\nmsgstr "Tak"', b'msgid "Ja"\nmsgstr "Owszem"')


def stamp(page: str) -> str:
    found = re.search(r'name="stamp" value="(\w+)"', page)
    assert found
    return found[1]


def test_every_format_is_a_file_to_save(client: FlaskClient) -> None:
    for format_, beginning in (("po", b"#"), ("pot", b"#"), ("xlf", b"<?xml"), ("xlsx", b"PK")):
        response = client.get(f"{COMMON}&filtype={format_}")
        assert response.headers["Content-Disposition"].endswith(f'common.{format_}"')
        assert response.data.startswith(beginning)


def test_a_questionnaires_sheet_is_for_questionnaires_and_the_choice_is_kept(client: FlaskClient) -> None:
    assert client.get(f"{HOME}/hent?sprog=ar&omfang=form.own_agenda&filtype=xlsform").data.startswith(b"PK")
    refused = client.get(f"{COMMON}&filtype=xlsform")
    assert refused.status_code == 422
    assert '<option value="common" selected>' in refused.text
    assert 'role="alert"' in refused.text


@pytest.mark.parametrize(
    "query", ["sprog=xx&omfang=alt&filtype=po", "sprog=pl&omfang=nothing&filtype=po", ""]
)
def test_what_there_is_not_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"{HOME}/hent?{query}").status_code == 404


def test_a_file_is_looked_at_saved_as_drafts_and_taken_back(client: FlaskClient) -> None:
    assert upload(client, yes(client)).headers["Location"] == f"{HOME}/se"
    page = client.get(f"{HOME}/se").text
    assert "1 tekst bliver til en kladde" in page
    assert re.search(r"<del>.*Tak</del><ins>.*Owszem</ins>", page)
    assert client.post(f"{HOME}/brug", data={"stamp": stamp(page)}).headers["Location"] == HOME
    after = client.get(HOME).text
    assert "1 tekst er gemt som kladde." in after
    assert "Du tog 1 tekst ind fra" in after
    assert "Owszem" in sent(client).decode()
    client.post(f"{HOME}/fortryd")
    assert "1 tekst er, som den var før filen." in client.get(HOME).text
    assert "Owszem" not in sent(client).decode()


def test_a_preview_that_is_not_the_newest_is_shown_again_and_nothing_is_saved(client: FlaskClient) -> None:
    upload(client, yes(client))
    response = client.post(f"{HOME}/brug", data={"stamp": "0" * 32})
    assert response.status_code == 409
    assert "Intet er gemt endnu" in response.text
    assert "Owszem" not in sent(client).decode()


def test_a_file_can_be_put_away(client: FlaskClient) -> None:
    upload(client, yes(client))
    client.post(f"{HOME}/laeg-vaek")
    assert client.get(f"{HOME}/se").headers["Location"] == HOME
    assert client.post(f"{HOME}/brug", data={"stamp": ""}).status_code == 404


def test_a_refused_file_says_where_why_and_what_to_do_and_keeps_nothing(client: FlaskClient) -> None:
    response = upload(client, yes(client).replace(b"Owszem", b"Owszem {navn} <script>"))
    assert response.status_code == 422
    assert "Intet er gemt" in response.text
    assert re.search(r"Linje \d+", response.text)
    assert "common.yes" in response.text
    assert "Kopiér dem derfra" in response.text
    assert "<script>" not in response.text.partition("<main")[2]
    assert client.get(f"{HOME}/se").headers["Location"] == HOME


def test_no_file_at_all_and_a_file_of_another_kind_are_refused(client: FlaskClient) -> None:
    assert "Filen er tom" in client.post(HOME).text
    assert "ikke en fil, vi kender" in upload(client, b"%PDF-1.7").text


def test_what_stays_open_is_told_by_its_reason(client: FlaskClient) -> None:
    data = yes(client).replace(b'msgid "Nej"\nmsgstr "Nie"', b'msgid "Nej"\nmsgstr ""')
    upload(client, data)
    assert "1 tekst: ikke oversat" in client.get(f"{HOME}/se").text


def test_a_sheet_comes_back_with_the_agencys_remark(client: FlaskClient) -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(sent(client, "xlsx")))
    row = next(row for row in book["Tekster"].iter_rows() if row[0].value == "common.yes")
    row[5].value, row[7].value = "Owszem", "Czy Pan?"
    written = BytesIO()
    book.save(written)
    upload(client, written.getvalue())
    page = client.get(f"{HOME}/se").text
    assert "<bdi>Tekster</bdi>: F" in page
    assert "1 bemærkning bliver til et spørgsmål ved teksten" in page
    client.post(f"{HOME}/brug", data={"stamp": stamp(page)})
    assert "Czy Pan?" in client.get("/tekster/pl/tekst/common.yes").text
