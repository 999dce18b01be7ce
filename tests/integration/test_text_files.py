"""Files of texts on both databases: drafts after a look, whole or not at all, and back as it was."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, select

from database.engine import Database
from i18n.exchange.units import Reason, Rejected
from i18n.texts import shipped_catalogs
from portal.domain.texts import Standing, Step
from portal.runtime import Portal
from portal.services import publishing as forms
from portal.services.text_files import importing
from portal.services.text_files.exporting import export
from portal.services.text_files.importing import ChangedSince, Taken, Upload
from portal.services.text_files.reading import Preview
from portal.services.text_files.units import Scope
from portal.services.texts.bench import open_bench
from portal.services.texts.history import Author
from portal.store import texts as store
from portal.store.audit import AuditEvent
from tests.cases import make_case
from tests.conftest import NOW
from tests.portals import portal_on
from tests.texts import go_live, row_of, type_in

CATALOGS = shipped_catalogs()
YES, NO = "common.yes", "common.no"
QUESTION = "form.own_agenda.talk_about.label"


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database)


@pytest.fixture
def author(database: Database, municipality: int) -> Author:
    case = make_case(database, municipality, NOW)
    return Author(case.municipality_id, case.staff_id)


def sent(
    portal: Portal, author: Author, extent: str = "common", format_: str = "po", locale: str = "pl"
) -> bytes:
    with portal.database.read(author.municipality_id) as session:
        file = export(open_bench(session, CATALOGS), Scope(locale, extent), format_)
    assert file is not None
    return file.data


def yes(portal: Portal, author: Author, text: str = "Owszem") -> bytes:
    """The file of short words with another one for yes."""
    return sent(portal, author).replace(b'msgid "Ja"\nmsgstr "Tak"', f'msgid "Ja"\nmsgstr "{text}"'.encode())


def staged(portal: Portal, author: Author, data: bytes, wanted: str = "") -> Preview | Rejected:
    upload = Upload(data, "pl.po", wanted)
    with portal.database.write(author.municipality_id) as session:
        found = importing.read(session, portal, upload)
        importing.stage(session, upload, author.staff_id, NOW)
    return found


def taken(portal: Portal, author: Author, data: bytes) -> Taken:
    preview = staged(portal, author, data)
    assert isinstance(preview, Preview)
    found = importing.apply(portal, author, preview.stamp, NOW)
    assert isinstance(found, Taken)
    return found


def test_a_file_becomes_drafts_that_citizens_do_not_see(portal: Portal, author: Author) -> None:
    assert taken(portal, author, yes(portal, author)).count == 1
    row = row_of(portal, author, "pl", YES)
    assert (row.forms, row.live, row.standing) == (("Owszem",), ("Tak",), Standing.DRAFT)
    with portal.database.read(author.municipality_id) as session:
        steps = [each.step for each in store.revisions(session, "pl", YES, 5)]
        actions = set(session.scalars(select(AuditEvent.action)))
    assert steps == [Step.IMPORTED]
    assert actions >= {"texts.imported", "text.imported"}


def test_a_file_with_one_thing_wrong_stores_nothing(portal: Portal, author: Author) -> None:
    found = staged(portal, author, yes(portal, author) + b'msgctxt "common.nothing"\nmsgid "x"\nmsgstr "y"\n')
    assert isinstance(found, Rejected)
    assert [each.code for each in found.problems] == [Reason.UNKNOWN_KEY]
    assert isinstance(importing.apply(portal, author, "", NOW), Rejected)
    assert not row_of(portal, author, "pl", YES).has_draft


def test_a_file_is_taken_once(portal: Portal, author: Author) -> None:
    taken(portal, author, yes(portal, author))
    assert importing.apply(portal, author, "", NOW) is None


def test_a_text_that_somebody_has_changed_since_the_preview_is_shown_again_first(
    portal: Portal, author: Author
) -> None:
    preview = staged(portal, author, yes(portal, author))
    assert isinstance(preview, Preview)
    type_in(portal, author, "pl", YES, "Jasne")
    found = importing.apply(portal, author, preview.stamp, NOW)
    assert isinstance(found, ChangedSince)
    assert row_of(portal, author, "pl", YES).forms == ("Jasne",)
    assert isinstance(importing.apply(portal, author, found.preview.stamp, NOW), Taken)
    assert row_of(portal, author, "pl", YES).forms == ("Owszem",)


def test_a_staged_file_is_judged_by_the_danish_of_the_moment_it_is_used(
    portal: Portal, author: Author
) -> None:
    preview = staged(portal, author, yes(portal, author))
    assert isinstance(preview, Preview)
    go_live(portal, author, "da", YES, "Ja tak")
    found = importing.apply(portal, author, preview.stamp, NOW)
    assert isinstance(found, ChangedSince)
    assert found.preview.count == 0
    assert Reason.SOURCE_CHANGED in {each.code for each in found.preview.parts[0].left_out}


def test_a_file_is_taken_back_to_what_was_there_before(portal: Portal, author: Author) -> None:
    type_in(portal, author, "pl", NO, "Wcale")
    data = yes(portal, author).replace(b'msgstr "Wcale"', b'msgstr "Bynajmniej"')
    assert taken(portal, author, data).count == 2
    with portal.database.read(author.municipality_id) as session:
        last = importing.last_taken(session, author.staff_id)
    assert last is not None
    assert (last.filename, last.count) == ("pl.po", 2)
    assert importing.take_back(portal, author, NOW) == 2
    assert row_of(portal, author, "pl", NO).forms == ("Wcale",)
    before = row_of(portal, author, "pl", YES)
    assert (before.forms, before.has_draft, before.standing) == (("Tak",), False, Standing.MACHINE_DRAFT)
    assert importing.take_back(portal, author, NOW) == 0


def test_a_text_that_somebody_has_worked_on_since_is_not_taken_back(portal: Portal, author: Author) -> None:
    taken(portal, author, yes(portal, author))
    type_in(portal, author, "pl", YES, "Jasne")
    assert importing.take_back(portal, author, NOW) == 0
    assert row_of(portal, author, "pl", YES).forms == ("Jasne",)


def test_a_questionnaires_own_sheet_becomes_drafts_of_its_texts(portal: Portal, author: Author) -> None:
    with portal.database.write(author.municipality_id) as session:
        forms.ship(session, NOW)
    asked = row_of(portal, author, "en", QUESTION).forms[0]
    book = load_workbook(BytesIO(sent(portal, author, "form.own_agenda", "xlsform", "en")))
    cell = next(cell for row in book["survey"].iter_rows() for cell in row if cell.value == asked)
    cell.value = "What is on your mind?"
    written = BytesIO()
    book.save(written)
    assert taken(portal, author, written.getvalue()).count == 1
    assert row_of(portal, author, "en", QUESTION).forms == ("What is on your mind?",)


def test_the_number_of_queries_does_not_grow_with_the_texts_of_a_file(portal: Portal, author: Author) -> None:
    asked: list[str] = []
    event.listen(portal.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def queries(data: bytes, least: int) -> int:
        asked.clear()
        assert taken(portal, author, data).count >= least
        assert importing.take_back(portal, author, NOW) >= least
        return len([each for each in asked if each.lstrip().upper().startswith("SELECT")])

    every = re.sub(rb'msgstr "([^"\n]+)"\n', rb'msgstr "\1 x"\n', sent(portal, author))
    assert queries(yes(portal, author), 1) == queries(every, 15)
