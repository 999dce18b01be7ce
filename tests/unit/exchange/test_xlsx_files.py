"""The agency's workbook: locked where it is ours, text in every cell, and refused by cell."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from i18n.catalogs import Status
from i18n.exchange import xlsx, xlsx_reading
from i18n.exchange.judging import Accepted
from i18n.exchange.units import FileRead, Place, Reason, Rejected, Unit
from i18n.exchange.xlsx_columns import code_in
from i18n.form_checks import Fault
from i18n.locales import LOCALES
from i18n.texts import load_catalogs
from tests.unit.exchange.texts import POLISH, UNITS, codes, judged

WORDS = load_catalogs(locales=("da",)).texts("da")
TRANSLATION, STATUS, REMARK = "G", "H", "I"


def sent(units: tuple[Unit, ...] = UNITS, code: str = "pl") -> Any:
    return load_workbook(BytesIO(xlsx.write(units, LOCALES[code], WORDS)))


def texts(book: Any) -> Any:
    return book["Tekster"]


def back(change: Callable[[Any], object], units: tuple[Unit, ...] = UNITS) -> FileRead | Rejected:
    """The workbook as it was sent, with what somebody did to the sheet of texts."""
    book = sent(units)
    change(texts(book))
    return saved(book)


def saved(book: Any) -> FileRead | Rejected:
    written = BytesIO()
    book.save(written)
    return xlsx_reading.read(written.getvalue())


def put(cell: str, text: str) -> Callable[[Any], None]:
    return lambda sheet: sheet.__setitem__(cell, text)


def test_the_first_sheet_says_what_to_do_and_the_second_is_open() -> None:
    book = sent()
    assert book.sheetnames == ["Læs først", "Tekster"]
    assert book["Læs først"]["A1"].value == "Tekster fra dansk til polski"
    assert book.active.title == "Tekster"


def test_there_is_a_row_for_each_text_and_each_of_its_forms() -> None:
    rows = [[cell.value or "" for cell in row] for row in texts(sent()).iter_rows()]
    assert [code_in(heading) for heading in rows[0]] == [
        *("key", "form", "context", "place", "former", "source", "pl", "status", "remark")
    ]
    assert [row[1] for row in rows[1:]] == [
        "",
        "1 (one)",
        "2, 3, 4, 22, 23 … (few)",
        "0, 5, 6, 7, 8 … (many)",
        "",
    ]
    assert rows[1][5:8] == ["Hej {name}", "Witaj {name}", "Kladde (draft)"]
    assert [row[5] for row in rows[2:5]] == ["{n} dag", "{n} dage", "{n} dage"]
    assert rows[5][4:8] == [
        *(
            "Svar <strong>snart</strong>",
            "Svar <strong>nu</strong>",
            "Stary <strong>tekst</strong>",
            "Forældet (stale)",
        )
    ]


def test_only_translation_status_and_remark_can_be_written_in() -> None:
    sheet = texts(sent())
    assert sheet.protection.sheet
    unlocked = {cell.column_letter for cell in sheet[2] if not cell.protection.locked}
    assert unlocked == {TRANSLATION, STATUS, REMARK}


def test_every_cell_is_text_and_the_headings_stay_in_sight() -> None:
    sheet = texts(sent((Unit("a.b", ("=1+1",), ("+45 12",)),)))
    assert sheet.freeze_panes == "A2"
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2] if cell.value][1:3] == [
        ("=1+1", "s", "@"),
        ("+45 12", "s", "@"),
    ]


def test_a_sheet_for_a_language_from_right_to_left_begins_at_the_right_and_its_danish_at_the_left() -> None:
    sheet = texts(sent((Unit("a.b", ("Ja",), ("نعم",)),), "ar"))
    assert sheet.sheet_view.rightToLeft
    reading = {cell.value: cell.alignment.readingOrder for cell in sheet[2] if cell.value}
    assert (reading["Ja"], reading["نعم"]) == (1, 2)
    assert not texts(sent()).sheet_view.rightToLeft


def test_the_statuses_are_offered_in_a_list_that_excel_can_hold() -> None:
    offered = texts(sent()).data_validations.dataValidation[0].formula1
    assert offered.count("(") == 6
    assert len(offered) <= 257  # Excel takes 255 characters between the quotes


def test_a_changed_cell_is_a_change_with_its_cell_status_and_remark() -> None:
    def change(sheet: Any) -> None:
        sheet["G2"], sheet["H2"], sheet["I2"] = "Dzień dobry {name}", "Kontrolleret (back-checked)", "Pan?"

    found = judged(back(change))
    assert isinstance(found, Accepted)
    taken = found.changes[0]
    assert (taken.place, taken.status) == (Place(sheet="Tekster", cell="G2"), Status.BACK_CHECKED)
    assert [each.body for each in found.remarks] == ["Pan?"]


def test_a_stale_text_is_fresh_when_its_words_or_its_status_are_changed() -> None:
    untouched = judged(back(lambda sheet: None))
    assert isinstance(untouched, Accepted)
    assert Reason.STILL_STALE in {each.code for each in untouched.left_out}
    for change in (put("G6", "Nowy <strong>tekst</strong>"), put("H6", "Kladde (draft)")):
        found = judged(back(change))
        assert isinstance(found, Accepted)
        assert [(each.key, each.status) for each in found.changes] == [("citizen.loud", Status.DRAFT)]


def test_rows_may_be_sorted_and_columns_moved_or_renamed() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["whatever (status)", "polski (pl)", "key", "form", "extra"],
        ["draft", "{n} dni", "citizen.days", "many", "x"],
        ["draft", "{n} dzień", "citizen.days", "1 (one)", ""],
        ["draft", "{n} dni", "citizen.days", "FEW", ""],
    ):
        sheet.append(row)
    found = judged(saved(book))
    assert isinstance(found, Accepted)
    assert [each.forms for each in found.changes] == [("{n} dzień", "{n} dni", "{n} dni")]


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (put("G2", "=1+1"), Reason.FORMULA, "G2"),
        (put("I3", '=HYPERLINK("http://x")'), Reason.FORMULA, "I3"),
        (put("G2", "#REF!"), Reason.CELL_ERROR, "G2"),
        (lambda sheet: sheet.merge_cells("G3:G4"), Reason.MERGED_CELLS, "G3"),
        (put("A2", "citizen.nothing"), Reason.UNKNOWN_KEY, "G2"),
        (put("A6", "citizen.hello"), Reason.DUPLICATE, "G6"),
        (put("A2", ""), Reason.WITHOUT_KEY, "A2"),
        (put("B4", "2 (two)"), Reason.UNKNOWN_FORM, "G4"),
        (put("B4", "1 (one)"), Reason.DUPLICATE, "G4"),
        (put("G3", "{n} dzień"), Fault.PLURAL_COUNT, "G3"),
        (put("G2", "Witaj"), Fault.PLACEHOLDERS, "G2"),
        (put("G2", "Witaj {name}<script>"), Fault.MARKUP, "G2"),
        (put("G2", "Witaj {name}_x001B_"), Reason.CONTROL_CHARACTER, "G2"),
        (put("D1", "Dansk (key)"), Reason.COLUMN_TWICE, "D1"),
        (put("D1", "română (ro)"), Reason.COLUMN_TWICE, "G1"),
    ],
)
def test_one_bad_cell_refuses_the_whole_file_with_its_cell(
    change: Callable[[Any], object], code: str, cell: str
) -> None:
    found = judged(back(change))
    assert isinstance(found, Rejected)
    assert (code, cell) in [(each.code, each.place.cell) for each in found.problems]


def test_a_workbook_that_is_none_of_ours_is_refused() -> None:
    assert codes(judged(saved(Workbook()))) == [Reason.COLUMN_MISSING]
    assert codes(judged(back(put("G1", "Oversættelse")))) == [Reason.NO_LANGUAGE]


def test_a_file_that_unpacks_to_too_much_or_carries_macros_is_refused() -> None:
    whole = xlsx.write(UNITS, POLISH, WORDS)
    for name, content, reason in (
        ("xl/media/zeros.xml", b"\0" * (21 * 1024 * 1024), Reason.UNPACKED_TOO_LARGE),
        ("xl/vbaProject.bin", b"", Reason.MACROS),
    ):
        packed = BytesIO(whole)
        with ZipFile(packed, "a", ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        assert codes(judged(xlsx_reading.read(packed.getvalue()))) == [reason]
    assert codes(judged(xlsx_reading.read(b"PK\x03\x04"))) == [Reason.NOT_XLSX]
    assert codes(judged(xlsx_reading.read(bytes.fromhex("d0cf11e0a1b11ae1")))) == [Reason.OLD_OR_LOCKED_EXCEL]
