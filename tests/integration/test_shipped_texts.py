"""What an upgrade brings is told, and leaves what is the municipality's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from database.engine import Database
from database.tenancy import EVERYONE
from i18n.texts import Catalogs, shipped_catalogs
from portal.runtime import Portal
from portal.services.publishing import newest_form, publish, shipped_forms
from portal.services.texts import shipped
from portal.services.texts.bench import open_bench
from portal.services.texts.history import Author
from portal.store import shipped as store
from portal.store.questionnaires import Origin
from tests import factories
from tests.conftest import NOW
from tests.portals import portal_on
from tests.texts import go_live

LATER = NOW + timedelta(days=30)


@pytest.fixture
def portal(database: Database) -> Portal:
    portal = portal_on(database)
    assert shipped.take_in(portal, NOW) == 0
    return portal


@pytest.fixture
def author(database: Database, municipality: int) -> Author:
    with database.write(municipality) as session:
        person = factories.add_staff(session, NOW, role="translator")
        session.flush()
        return Author(municipality, person.id)


def upgraded() -> Catalogs:
    """Yes reads otherwise, no is gone, and maybe is new."""
    entries = {locale: dict(found) for locale, found in shipped_catalogs().entries.items()}
    danish = entries["da"]
    danish["common.maybe"] = replace(danish["common.no"], key="common.maybe", forms=("Måske",))
    danish["common.yes"] = replace(danish["common.yes"], forms=("Jo",))
    del danish["common.no"]
    return Catalogs(entries)


def test_the_first_look_has_nothing_to_differ_from_and_the_next_finds_nothing(portal: Portal) -> None:
    assert shipped.take_in(portal, LATER) == 0


def test_an_upgrade_tells_what_is_new_changed_and_gone(portal: Portal) -> None:
    portal.catalogs = upgraded()
    assert shipped.take_in(portal, LATER) == 3
    with portal.database.read(EVERYONE) as session:
        assert [*store.upgrades(session)] == [LATER]
        assert store.counts(session, LATER) == {"da": 3}
        found = {each.key: (each.before, each.after) for each in store.changes(session, LATER, "da")}
    assert found == {
        "common.maybe": ([], ["Måske"]),
        "common.no": (["Nej"], []),
        "common.yes": (["Ja"], ["Jo"]),
    }


def test_what_is_their_own_stands_and_is_told_first(portal: Portal, author: Author) -> None:
    go_live(portal, author, "da", "common.yes", "Ja tak")
    portal.catalogs = upgraded()
    shipped.take_in(portal, LATER)
    found = shipped.upgrade(portal, 0, "da")
    assert found is not None
    with portal.database.read(author.municipality_id) as session:
        first, *others = shipped.news(open_bench(session, portal.catalogs), found.changes, "da")
    assert first.row is not None
    assert (first.change.key, first.row.live, first.row.upstream) == ("common.yes", ("Ja tak",), ("Jo",))
    assert {each.change.key: each.row is None for each in others} == {
        "common.maybe": False,
        "common.no": True,
    }


def forms_as_they_shipped_before(portal: Portal, municipality_id: int, origin: Origin) -> str:
    """One of the questionnaires has stood with another title."""
    form = next(each for each in shipped_forms() if each.key == "own_agenda")
    title = form.titles["da"]
    with portal.database.write(municipality_id) as session:
        publish(session, replace(form, titles={**form.titles, "da": "Før"}), NOW, origin=origin)
    with portal.database.write(EVERYONE) as session:
        known = session.get_one(store.ShippedTexts, shipped.FORMS)
        known.texts = {**known.texts, "da form.own_agenda.title": ["Før"]}
        known.digest = "another"
    return title


def title_of(portal: Portal, municipality_id: int) -> str:
    with portal.database.read(municipality_id) as session:
        form = newest_form(session, "own_agenda")
    assert form is not None
    return form.titles["da"]


def test_a_questionnaire_that_stands_as_it_shipped_gets_the_newer_wording(
    portal: Portal, municipality: int
) -> None:
    newer = forms_as_they_shipped_before(portal, municipality, Origin.SHIPPED)
    assert shipped.take_in(portal, LATER) == 1
    assert title_of(portal, municipality) == newer
    found = shipped.upgrade(portal, 0, "da")
    assert found is not None
    assert [each.key for each in found.changes] == ["form.own_agenda.title"]


def test_a_questionnaire_that_they_have_changed_stays_theirs(portal: Portal, municipality: int) -> None:
    forms_as_they_shipped_before(portal, municipality, Origin.EDITED)
    shipped.take_in(portal, LATER)
    assert title_of(portal, municipality) == "Før"
