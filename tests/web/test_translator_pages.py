"""The translator's pages: a text is changed in the browser, and the next page shows it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from database.engine import Database
from portal.store import questionnaires
from portal.store.people import Staff
from portal.store.staged import StagedUpload
from portal.store.texts import TextOverride
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.measurements import ship_forms
from tests.web.conftest import sign_in_as

NOT_FOUND = "errors.not_found.title"
EDIT = f"/tekster/da/tekst/{NOT_FOUND}"
QUESTION = "/tekster/da/tekst/form.progression_citizen.health_coping.label"


@pytest.fixture
def municipality(database: Database) -> int:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        ship_forms(session, NOW)
    return municipality_id


@pytest.fixture
def translator(client: FlaskClient, database: Database, municipality: int) -> Staff:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role="translator")
    sign_in_as(client, database, person)
    return person


def stored(database: Database, municipality: int) -> tuple[int, int]:
    """How many texts of its own the municipality has, and how many files wait."""
    with database.read(municipality) as session:
        texts = session.scalar(select(func.count(TextOverride.id))) or 0
        return texts, session.scalar(select(func.count(StagedUpload.id))) or 0


@pytest.mark.parametrize("role", ["caseworker", "manager"])
def test_others_have_no_way_to_the_texts(
    client: FlaskClient, database: Database, municipality: int, role: str
) -> None:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role=role)
    sign_in_as(client, database, person)
    for path in ("/tekster", EDIT, QUESTION):
        assert client.get(path).status_code == 403
    assert client.post(EDIT, data={"form0": "Nyt"}).status_code == 403
    assert stored(database, municipality) == (0, 0)


@pytest.mark.parametrize(
    "path",
    [
        "/tekster",
        "/tekster?til=da&slags=staff",
        EDIT,
        QUESTION,
        "/spoergeskemaer",
        "/spoergeskemaer/progression_citizen/1",
    ],
)
def test_a_page_asks_the_database_few_questions_even_the_first_time(
    client: FlaskClient, database: Database, translator: Staff, path: str
) -> None:
    questionnaires._read.clear()
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    assert client.get(path).status_code == 200
    assert len(statements) <= 12, statements


@pytest.mark.parametrize(
    "path",
    ["/tekster/xx/sms/po", "/tekster/da/nothing/po", "/tekster/da/tekst/sms.nothing", "/tekster/xx/tekst/sms.stop",
     "/tekster/da/tekst/form.nothing.title", "/tekster/da/tekst/form.own_agenda.nothing.label",
     "/tekster/da/tekst/sms.nothing/her", "/tekster/xx/tekst/sms.stop/her"],
)  # fmt: skip
def test_a_text_that_is_not_there_is_not_found(client: FlaskClient, translator: Staff, path: str) -> None:
    assert client.get(path).status_code == 404
