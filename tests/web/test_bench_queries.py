"""The bench asks for the texts of a language once a view, however many there are."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from database.engine import Database
from i18n.texts import shipped_catalogs
from portal.store.people import Staff
from portal.store.texts import TextOverride, bump_revision
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.measurements import ship_forms
from tests.web.conftest import sign_in_as
from tests.web.test_citizen_queries import MOST, counted

VIEWS = (
    "/tekster?til=pl",
    "/tekster/pl/tekst/goals.title",
    "/tekster/daekning",
    "/tekster/udgiv",
)


@pytest.fixture
def translator(client: FlaskClient, database: Database) -> Staff:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        ship_forms(session, NOW)
        staff = factories.add_staff(session, NOW, role="translator", name="Nadia Osman")
    sign_in_as(client, database, staff)
    return staff


def write_drafts(database: Database, translator: Staff) -> None:
    """Of every Polish text that ships."""
    catalogs = shipped_catalogs().entries
    with database.write(translator.municipality_id) as session:
        for key, entry in catalogs["pl"].items():
            row = TextOverride(locale="pl", key=key, forms=[], source=[], changed_at=NOW)
            row.draft_forms, row.draft_source = [*entry.forms], [*catalogs["da"][key].forms]
            session.add(row)
        bump_revision(session)


@pytest.mark.parametrize("path", VIEWS)
def test_a_view_of_the_bench_asks_once_for_all_its_texts(
    path: str, client: FlaskClient, database: Database, translator: Staff
) -> None:
    def asked() -> tuple[int, int]:
        assert client.get(path).status_code == 200  # what is held in memory is there from now on
        with counted(database) as statements:
            client.get(path)
        return sum("FROM text_overrides" in each for each in statements), len(statements)

    few = asked()
    write_drafts(database, translator)
    many = asked()
    assert few == many
    assert many[0] == 1
    assert many[1] <= MOST
