"""Two heavy letters to practise on."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient

from database.engine import Database
from portal.content.exercises import EXERCISES
from tests import factories
from tests.conftest import NOW
from tests.web.conftest import sign_in_as


@pytest.fixture
def translator(client: FlaskClient, database: Database, municipality: int) -> FlaskClient:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role="translator")
    sign_in_as(client, database, person)
    return client


def test_the_letters_are_listed_with_how_heavy_they_are(translator: FlaskClient) -> None:
    page = translator.get("/tekster/oevelser").text
    assert "LIX 54: svær" in page and "LIX 53: svær" in page
    assert 'href="/tekster/oevelser/sygdom"' in page


def test_one_writes_her_own_version_and_sees_it_beside_the_letter_and_ours(translator: FlaskClient) -> None:
    assert EXERCISES[0].letter.strip() in unescape(translator.get("/tekster/oevelser/samtale").text)
    mine = "Vi vil gerne tale med dig om job. Kom torsdag den 14. maj kl. 10. Tag dit CV med, og ring, hvis du er syg."
    page = unescape(translator.post("/tekster/oevelser/samtale", data={"tekst": mine}).text)
    assert f"{mine}</textarea>" in page
    assert "LIX 12: meget let" in page and "Før: LIX 54: svær" in page
    assert EXERCISES[0].ours.strip() in page and EXERCISES[0].changes[0].why in page


def test_there_are_two(translator: FlaskClient) -> None:
    assert translator.get("/tekster/oevelser/sygdom").status_code == 200
    assert translator.get("/tekster/oevelser/3").status_code == 404
