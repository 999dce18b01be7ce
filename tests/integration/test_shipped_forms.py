"""The forms that come with the product, in a municipality that has them already and perhaps changed them."""

from __future__ import annotations

from dataclasses import replace

from database.engine import Database
from portal.services.publishing import newest_form, publish, ship, shipped_forms
from portal.store import questionnaires
from portal.store.questionnaires import Origin
from tests.conftest import NOW


def test_all_shipped_forms_are_published_once(database: Database, municipality: int) -> None:
    with database.write(municipality) as session:
        assert all(each.is_new for each in ship(session, NOW))
    with database.write(municipality) as session:
        assert not any(each.is_new for each in ship(session, NOW))
        keys = [version.questionnaire.key for version in questionnaires.newest_versions(session)]
    assert keys == sorted(form.key for form in shipped_forms())


def test_the_two_progression_forms_are_each_others_counterpart(database: Database, municipality: int) -> None:
    with database.write(municipality) as session:
        ship(session, NOW)
        rows = {
            version.questionnaire.key: version.questionnaire
            for version in questionnaires.newest_versions(session)
        }
    assert rows["progression_citizen"].counterpart_key == "progression_caseworker"
    assert rows["progression_caseworker"].counterpart_key == "progression_citizen"
    assert rows["own_agenda"].counterpart_key is None


def test_a_form_that_the_municipality_changed_is_not_shipped_over(
    database: Database, municipality: int
) -> None:
    with database.write(municipality) as session:
        ship(session, NOW)
        agenda = newest_form(session, "own_agenda")
        assert agenda is not None
        theirs = replace(agenda, titles={**agenda.titles, "da": "Mit møde"})
        publish(session, theirs, NOW, origin=Origin.EDITED)
        ship(session, NOW)
        assert newest_form(session, "own_agenda") == theirs


def test_an_upgrade_replaces_a_form_that_nobody_changed(database: Database, municipality: int) -> None:
    with database.write(municipality) as session:
        agenda = next(form for form in shipped_forms() if form.key == "own_agenda")
        older = replace(agenda, titles={**agenda.titles, "da": "En ældre titel"})
        publish(session, older, NOW, origin=Origin.SHIPPED)
        ship(session, NOW)
        assert newest_form(session, "own_agenda") == agenda
