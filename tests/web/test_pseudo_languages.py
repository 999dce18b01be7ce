"""The languages that nobody speaks: reached by their code where they are on, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from i18n.pseudo import lengthened
from portal.app import create_app
from portal.domain.questionnaires import Respondent
from portal.runtime import Portal
from portal.services.definitions import language_of, questionnaire_of
from portal.store.questionnaires import newest_versions
from tests.conftest import NOW
from tests.measurements import ship_forms
from tests.web.conftest import settings_for


@pytest.fixture
def developed(database_url: str) -> Iterator[FlaskClient]:
    app: Flask = create_app(settings_for(database_url, pseudo_languages=True))
    portal: Portal = app.extensions["taletid"]
    yield app.test_client()
    portal.database.dispose()


def test_its_texts_are_the_danish_with_marks(developed: FlaskClient) -> None:
    assert f"<h1>{lengthened('Er SMS’en ægte?')}</h1>" in developed.get("/aegte?sprog=da-XA").text


def test_it_is_reached_by_its_code_and_stays_until_another_is_chosen(developed: FlaskClient) -> None:
    assert '<html lang="da-XA" dir="ltr"' in developed.get("/aegte?sprog=da-XA").text
    assert '<html lang="da-XA" dir="ltr"' in developed.get("/aegte").text
    assert '<html lang="pl" dir="ltr"' in developed.get("/aegte?sprog=pl").text
    assert '<html lang="pl" dir="ltr"' in developed.get("/aegte").text


def test_the_mirrored_one_runs_from_right_to_left(developed: FlaskClient) -> None:
    assert '<html lang="da-XB" dir="rtl"' in developed.get("/aegte?sprog=da-XB").text


def test_the_switch_does_not_offer_it(developed: FlaskClient) -> None:
    assert 'value="da-X' not in developed.get("/aegte").text


def test_a_form_is_asked_in_it_too(developed: FlaskClient, database: Database, municipality: int) -> None:
    with database.write(municipality) as session:
        ship_forms(session, NOW)
        version = newest_versions(session)[0]
    portal: Portal = developed.application.extensions["taletid"]
    with portal.database.read(municipality) as session:
        form = questionnaire_of(session, version.id, Respondent.CITIZEN)
    assert language_of(form, "da-XA") == "da-XA"
    assert form.titles["da-XA"] == lengthened(form.titles["da"])


def test_where_it_is_off_its_code_is_unknown(client: FlaskClient) -> None:
    assert '<html lang="da" dir="ltr"' in client.get("/aegte?sprog=da-XA").text
