"""Readings of questions on both databases: one for each question and language, heard while its wording stands."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from database.engine import Database
from database.tenancy import EVERYONE
from portal.domain.recordings import SoundRefusal
from portal.runtime import Portal
from portal.services import question_texts, recordings
from portal.services.question_texts import QuestionText
from portal.services.recordings import Reading, Standing
from portal.services.texts.history import Author
from portal.services.texts.publishing import Published
from portal.store import recordings as store
from portal.store.audit import AuditEvent
from portal.store.recordings import Recording
from tests.cases import Case, make_case
from tests.conftest import NOW, add_municipality
from tests.portals import portal_on
from tests.sounds import silence
from tests.texts import go_live


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database)


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


@pytest.fixture
def author(case: Case) -> Author:
    return Author(case.municipality_id, case.staff_id)


def wish(portal: Portal, author: Author, locale: str = "en") -> QuestionText:
    with portal.database.read(author.municipality_id) as session:
        text = question_texts.find(session, "progression_citizen", "wish", locale)
    assert text is not None
    return text


def keep(portal: Portal, author: Author, content: bytes) -> SoundRefusal | None:
    text = wish(portal, author)
    return recordings.keep(portal, author, text, Reading(content, recordings.wording_of(text)), NOW)


def standing(portal: Portal, author: Author, locale: str = "en") -> Standing | None:
    return recordings.standing(portal, author.municipality_id, wish(portal, author, locale))


def reword(portal: Portal, author: Author, label: str, locale: str = "en") -> None:
    key = wish(portal, author, locale).key
    mended = locale == "da"  # the Danish is mended, and what was translated from it still fits
    assert isinstance(go_live(portal, author, locale, key, label, same_meaning=mended), Published)


def test_a_recording_is_heard_at_once_in_its_own_language_and_found_by_its_address(
    portal: Portal, author: Author
) -> None:
    assert standing(portal, author) is None
    assert keep(portal, author, silence()) is None
    found = standing(portal, author)
    assert found and not found.is_stale and standing(portal, author, "da") is None
    name, _, ending = found.address.rpartition("/")[2].partition(".")
    with portal.database.read(EVERYONE) as session:
        assert store.content(session, name, ending) == silence()
        assert store.content(session, name, "mp3") is None


def test_another_wording_makes_it_stale_and_the_old_one_makes_it_good_again(
    portal: Portal, author: Author
) -> None:
    keep(portal, author, silence())
    reword(portal, author, "Hvad ønsker du dig nu?", "da")
    assert standing(portal, author) == Standing(_address(portal, author), False)
    reword(portal, author, "What would you like?")
    assert standing(portal, author) == Standing(_address(portal, author), True)
    reword(portal, author, "What do you wish for?")
    assert standing(portal, author) == Standing(_address(portal, author), False)


def _address(portal: Portal, author: Author) -> str:
    (recorded,) = portal.overlays.recordings(author.municipality_id).values()
    return recorded.address


def test_a_new_recording_stands_in_the_place_of_the_old_at_an_address_of_its_own(
    portal: Portal, author: Author
) -> None:
    keep(portal, author, silence(80))
    before = _address(portal, author)
    keep(portal, author, silence(160))
    assert _address(portal, author) != before
    with portal.database.read(author.municipality_id) as session:
        assert session.scalars(select(Recording.content)).all() == [silence(160)]


def test_a_removed_recording_is_gone_with_its_bytes_and_both_are_written_down(
    portal: Portal, author: Author
) -> None:
    keep(portal, author, silence())
    recordings.remove(portal, author, wish(portal, author), NOW)
    assert standing(portal, author) is None
    with portal.database.read(author.municipality_id) as session:
        assert session.scalars(select(Recording.id)).all() == []
        events = session.scalars(select(AuditEvent).where(AuditEvent.subject.like("recording %"))).all()
    assert [each.action for each in events] == ["recording.saved", "recording.removed"]
    assert {each.subject for each in events} == {"recording en progression_citizen wish"}


def test_a_reading_of_a_wording_that_has_changed_meanwhile_is_not_kept(
    portal: Portal, author: Author
) -> None:
    read = recordings.wording_of(wish(portal, author))
    reword(portal, author, "What would you like?")
    refused = recordings.keep(portal, author, wish(portal, author), Reading(silence(), read), NOW)
    assert refused is SoundRefusal.TEXT_CHANGED
    assert standing(portal, author) is None


def test_another_process_is_told_by_the_revision(
    portal: Portal, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.store.overlays.LOOK_AGAIN_SECONDS", -1.0)
    other = portal_on(portal.database)
    assert standing(other, author) is None
    keep(portal, author, silence())
    assert standing(other, author) is not None


def test_a_recording_of_one_municipality_is_not_heard_in_another(portal: Portal, author: Author) -> None:
    keep(portal, author, silence())
    other = add_municipality(portal.database, "andenby", "+4520900001")
    assert portal.overlays.recordings(other) == {}
