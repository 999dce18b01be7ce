"""The pages on a text's way: what waits is seen before it goes live, and a wording can be got back."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from database.engine import Database
from database.tenancy import EVERYONE
from i18n.catalogs import Status
from portal.domain.texts import Step
from portal.store import texts as store
from portal.store.people import Staff
from portal.store.shipped import ShippedChange
from portal.store.texts import TextOverride
from tests import factories
from tests.cases import make_case
from tests.conftest import NOW, add_municipality
from tests.measurements import ship_forms
from tests.web.conftest import sign_in_as

TEXT = "/tekster/pl/tekst/common.yes"


@pytest.fixture
def municipality(database: Database) -> int:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        ship_forms(session, NOW)
    return municipality_id


def staff(database: Database, municipality: int, role: str) -> Staff:
    with database.write(municipality) as session:
        return factories.add_staff(session, NOW, role=role)


def drafted(database: Database, municipality: int, locale: str, *forms: str) -> None:
    danish = {"da": ["Ja"], "pl": ["Ja"]}[locale]
    with database.write(municipality) as session:
        row = TextOverride(locale=locale, key="common.yes", forms=[], source=[], version=1, changed_at=NOW)
        row.draft_forms, row.draft_source = [*forms], danish
        session.add(row)


def test_what_waits_is_shown_word_by_word_and_goes_live_when_it_is_chosen(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    sign_in_as(client, database, staff(database, municipality, "translator"))
    assert "Intet venter" in client.get("/tekster/udgiv").text
    drafted(database, municipality, "da", "Ja tak")
    page = client.get("/tekster/udgiv").text
    assert "<ins>" in page and "9 sprog viser dansk" in page
    for nothing in ("", "da", "da\tcommon.yes", "da\tcommon.yes\tx"):
        assert client.post("/tekster/udgiv", data={"text": nothing}).status_code == 422
    assert "Nogen har rettet" in client.post("/tekster/udgiv", data={"text": "da\tcommon.yes\t0"}).text
    assert client.post("/tekster/udgiv", data={"text": "da\tcommon.yes\t1"}).status_code == 303
    assert "Intet venter" in client.get("/tekster/udgiv").text
    with database.read(municipality) as session:
        row = store.find(session, "da", "common.yes")
        assert row is not None and row.forms == ["Ja tak"]


def test_a_draft_that_is_faulty_cannot_be_chosen(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    sign_in_as(client, database, staff(database, municipality, "translator"))
    drafted(database, municipality, "pl", "Tak {imie}")
    page = client.get("/tekster/udgiv").text
    assert "disabled" in page and "passer ikke med dansk: imie" in page
    answer = client.post("/tekster/udgiv", data={"text": "pl\tcommon.yes\t1"})
    assert answer.status_code == 422
    assert "1 tekst kan ikke udgives" in answer.text


def test_only_an_approver_may_approve(client: FlaskClient, database: Database, municipality: int) -> None:
    sign_in_as(client, database, staff(database, municipality, "translator"))
    assert client.post(f"{TEXT}/godkend", data={"version": "0"}).status_code == 403


def test_an_approved_text_tells_who_stands_for_it(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    person = staff(database, municipality, "approver")
    sign_in_as(client, database, person)
    assert client.post(f"{TEXT}/godkend", data={"version": "0"}).status_code == 303
    page = client.get(TEXT).text
    assert f"Godkendt af {person.name}" in page


def test_an_approval_without_the_version_that_was_read_is_none(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    sign_in_as(client, database, staff(database, municipality, "approver"))
    for version in ("", "-1", "1", "x" * 50):
        client.post(f"{TEXT}/godkend", data={"version": version})
    assert "Godkendt af" not in client.get(TEXT).text


def test_a_question_and_its_answer_stand_beside_the_text(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    sign_in_as(client, database, staff(database, municipality, "approver"))
    client.post(f"{TEXT}/spoerg", data={"body": "Til <b>en</b>?"})
    page = client.get(TEXT).text
    assert "Til &lt;b&gt;en&lt;/b&gt;?" in page
    client.post("/tekster/spoergsmaal/1/svar", data={"body": "Ja, til en."})
    assert "Ja, til en." in client.get(TEXT).text
    assert client.post("/tekster/spoergsmaal/99/svar", data={"body": "Nej"}).status_code == 404


def test_an_older_wording_comes_back_as_a_draft(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    person = staff(database, municipality, "translator")
    sign_in_as(client, database, person)
    drafted(database, municipality, "pl", "Nowe")
    with database.write(municipality) as session:
        session.add(
            store.TextRevision(
                locale="pl",
                key="common.yes",
                step=Step.SAVED,
                forms=["Stare"],
                source=["Ja"],
                status=Status.DRAFT,
                staff_id=person.id,
                at=NOW,
            )
        )
    assert "Ingen har rettet teksten" in client.get("/tekster/ar/tekst/common.yes/historie").text
    page = client.get(f"{TEXT}/historie").text
    assert "Stare" in page and f"{TEXT}/historie/1" in page
    assert client.post(f"{TEXT}/historie/1", data={"version": "1"}).status_code == 303
    assert "Stare</textarea>" in client.get(TEXT).text
    assert client.post("/tekster/da/tekst/common.yes/historie/1", data={"version": "0"}).status_code == 404
    client.post(f"{TEXT}/opgiv")
    assert "Stare</textarea>" not in client.get(TEXT).text


@pytest.mark.parametrize("path", ["/tekster/udgiv", f"{TEXT}/historie"])
def test_a_caseworker_has_no_way_to_the_texts(
    client: FlaskClient, database: Database, municipality: int, path: str
) -> None:
    sign_in_as(client, database, staff(database, municipality, "caseworker"))
    assert client.get(path).status_code == 403


def test_the_coverage_counts_what_is_translated_and_approved_and_whom_it_reaches(
    client: FlaskClient, database: Database
) -> None:
    municipality = add_municipality(database)
    person = staff(database, municipality, "approver")
    make_case(database, municipality, NOW)
    sign_in_as(client, database, person)
    client.post(f"{TEXT}/godkend", data={"version": "0"})
    page = client.get("/tekster/daekning").text
    assert "1 af 1 borgere (100\N{NO-BREAK SPACE}%) har et sprog, hvor alle tekster er oversat" in page
    assert f"{person.name}: 1" in page
    given = {"locale": "pl", "area": "common", "day": NOW.date().isoformat(), "citizens": "6"}
    assert client.post("/tekster/afproevet", data=given).status_code == 303
    assert "med 6 borgere" in client.get("/tekster/daekning").text
    table = client.get("/tekster/daekning.csv").get_data().decode("utf-8-sig").splitlines()
    assert next(line for line in table if line.startswith("pl;common;")).endswith(f"{NOW.date()};6")


def test_what_an_upgrade_brought_is_shown_word_by_word(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    sign_in_as(client, database, staff(database, municipality, "translator"))
    assert "Ingen opgradering har" in client.get("/tekster/nyt").text
    with database.write(EVERYONE) as session:
        session.add(ShippedChange(at=NOW, locale="da", key="common.yes", before=["Jo"], after=["Ja"]))
    page = client.get("/tekster/nyt").text
    assert "<del>" in page and "De nye ord er i brug." in page
    assert client.get("/tekster/nyt?nr=7").status_code == 404
    assert client.get("/tekster/nyt?paa=xx").status_code == 404


def test_a_step_that_changed_no_word_shows_the_words_as_they_stood(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    sign_in_as(client, database, staff(database, municipality, "approver"))
    assert client.post(f"{TEXT}/godkend", data={"version": "0"}).status_code == 303
    page = client.get(f"{TEXT}/historie").text
    assert "Godkendt" in page
    assert "<ins>" not in page


def test_a_standing_has_one_name_on_every_page(
    client: FlaskClient, database: Database, municipality: int
) -> None:
    sign_in_as(client, database, staff(database, municipality, "translator"))
    drafted(database, municipality, "pl", "Tak tak")
    for address in ("/tekster?til=pl&status=draft", TEXT, "/tekster/udgiv"):
        assert ">Udkast</span>" in client.get(address).text


def test_a_form_is_called_by_its_title(client: FlaskClient, database: Database, municipality: int) -> None:
    sign_in_as(client, database, staff(database, municipality, "translator"))
    key = "form.progression_citizen.health_coping.label"
    for address in ("/tekster", f"/tekster/pl/tekst/{key}", "/tekster/daekning"):
        page = client.get(address).text
        assert "Skema: Sådan går det" in page
        assert "Skema: progression_citizen" not in page
