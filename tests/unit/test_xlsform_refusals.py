"""What an import refuses, where it says that it is, and that there is a sentence for it."""

import struct
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.texts import load_catalogs
from portal.services.xlsform.importing import import_form
from portal.services.xlsform.problems import Code, FormRefused, ImportedForm, Problem
from tests.xlsform_files import (
    CHOICES,
    SETTINGS,
    SURVEY,
    Cells,
    Sheets,
    as_csv,
    as_markdown,
    as_workbook,
    as_xlsx,
    form,
    saved,
)

TEXTS = load_catalogs(locales=("da", "en"))


def refused(data: bytes, filename: str = "form.xlsx") -> list[Problem]:
    """The problems; every one of them can be told in Danish and English."""
    result = import_form(data, filename)
    assert isinstance(result, FormRefused)
    assert result.problems
    for problem in result.problems:
        place = {"sheet": problem.sheet, "row": problem.row, "column": problem.column}
        for locale in ("da", "en"):
            texts = TEXTS.texts(locale)  # raises KeyError where a sentence asks for more than it is given
            assert texts(problem.key, **problem.values).endswith(".")
            assert texts(problem.place_key, **place)
    return list(result.problems)


def only(sheets: Sheets) -> tuple[Code, str, int | None, str]:
    [problem] = refused(as_xlsx(sheets))
    return problem.code, problem.sheet, problem.row, problem.column


def survey(*rows: Cells, columns: Cells = ("type", "name", "label::Dansk (da)")) -> Sheets:
    return form(survey=[columns, *rows])


def with_column(column: str, text: object, type_: str = "text") -> Sheets:
    """A survey of one good question and one that has `text` in `column`."""
    columns = ("type", "name", "label", column)
    return survey(("text", "first", "Først?"), (type_, "second", "Så?", text), columns=columns)


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The same zip with one entry more, or another content for one that it has."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
        if name not in old.namelist():
            new.writestr(name, content)
    return result.getvalue()


def entry(data: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(data)) as file:
        return file.read(name)


@pytest.mark.parametrize("code", Code)
def test_every_refusal_has_its_sentence_in_danish_and_english(code: Code) -> None:
    for locale in ("da", "en"):
        assert TEXTS.entry(locale, f"xlsform.problem.{code}") is not None


# Files


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "form.xlsx", Code.NOT_XLSX),
        (b"%PDF-1.7 not a workbook", "form.xlsx", Code.NOT_XLSX),
        (b"PK\x03\x04 cut", "form.xlsx", Code.NOT_XLSX),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "form.xlsx", Code.OLD_OR_LOCKED_EXCEL),
        (b"", "form.xls", Code.OLD_OR_LOCKED_EXCEL),
        (b"", "form.xlsm", Code.MACROS),
        (b"", "form.pdf", Code.FILE_TYPE),
        (b"", "form", Code.FILE_TYPE),
        (b"x" * (5 * 1024 * 1024 + 1), "form.xlsx", Code.FILE_TOO_LARGE),
        (b"", "form.csv", Code.NOT_A_TABLE),
        (b"", "form.md", Code.NOT_A_TABLE),
        (b"Only words.", "form.md", Code.NOT_A_TABLE),
        ("survey,,\n,type,nåme".encode("cp1252"), "form.csv", Code.NOT_UTF8),
        ("survey,,\n,type,name".encode("utf-16"), "form.csv", Code.NOT_UTF8),
        (b'survey,"' + b"x" * 200_000 + b'"', "form.csv", Code.NOT_A_TABLE),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(data: bytes, filename: str, code: Code) -> None:
    assert [problem.code for problem in refused(data, filename)] == [code]


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert [problem.code for problem in refused(file.getvalue())] == [Code.NOT_XLSX]


def test_a_workbook_cut_short_is_refused() -> None:
    whole = as_xlsx(form())
    for share in (0.3, 0.7, 0.99):
        assert [problem.code for problem in refused(whole[: int(len(whole) * share)])] == [Code.NOT_XLSX]


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    bomb = repacked(as_xlsx(form()), "xl/media/zeros.xml", b"\0" * (21 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert [problem.code for problem in refused(bomb)] == [Code.UNPACKED_TOO_LARGE]


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    name = "xl/worksheets/sheet1.xml"
    whole = as_xlsx(form())
    bomb = repacked(whole, name, entry(whole, name) + b" " * (30 * 1024 * 1024))
    true_size = struct.pack("<I", len(entry(whole, name)) + 30 * 1024 * 1024)
    lying = bomb.replace(true_size, struct.pack("<I", 5000))
    assert lying != bomb
    assert [problem.code for problem in refused(lying)] == [Code.NOT_XLSX]


def test_entities_are_refused() -> None:
    name = "xl/workbook.xml"
    whole = as_xlsx(form())
    entities = (
        b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )
    assert [problem.code for problem in refused(repacked(whole, name, entities + entry(whole, name)))] == [
        Code.NOT_XLSX
    ]


def test_macros_are_refused() -> None:
    data = repacked(as_xlsx(form()), "xl/vbaProject.bin", b"code")
    assert [problem.code for problem in refused(data)] == [Code.MACROS]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "md"])
def test_ten_thousand_rows_are_refused(ending: str) -> None:
    rows = [SURVEY[0], *(("text", f"q{number}", "Hvad?", "What?") for number in range(10_000))]
    make = {"xlsx": as_xlsx, "csv": as_csv, "md": as_markdown}[ending]
    [problem] = refused(make(form(survey=rows)), f"form.{ending}")
    assert (problem.code, problem.sheet) == (Code.TOO_MANY_ROWS, "survey")


def test_a_row_far_below_the_others_is_refused_and_not_overlooked() -> None:
    workbook = as_workbook(form())
    workbook["survey"].cell(900_000, 1, "text")
    assert [problem.code for problem in refused(saved(workbook))] == [Code.TOO_MANY_ROWS]


def test_a_cell_far_to_the_right_is_refused_and_not_overlooked() -> None:
    workbook = as_workbook(form())
    workbook["survey"].cell(2, 5000, "text")
    [problem] = refused(saved(workbook))
    assert (problem.code, problem.row) == (Code.TOO_MANY_COLUMNS, 2)


def test_a_sheet_that_lies_about_its_size_hides_nothing() -> None:
    name = "xl/worksheets/sheet1.xml"
    whole = as_xlsx(with_column("required", "maybe"))
    small = entry(whole, name).replace(b'ref="A1:D3"', b'ref="A1:C2"')
    [problem] = refused(repacked(whole, name, small))
    assert (problem.code, problem.row) == (Code.YES_NO, 3)


def test_formulas_error_values_and_merged_cells_are_refused_each_with_its_cell() -> None:
    workbook = as_workbook(form())
    sheet = workbook["survey"]
    sheet["C2"] = "=A1&B1"
    sheet["D3"] = "#REF!"
    sheet.merge_cells("A4:B5")
    found = {(p.code, p.sheet, p.row, p.column) for p in refused(saved(workbook))}
    assert (Code.FORMULA, "survey", 2, "C") in found
    assert (Code.CELL_ERROR, "survey", 3, "D") in found
    assert (Code.MERGED_CELLS, "survey", 4, "A") in found


def test_a_file_with_headings_alone_has_no_questions() -> None:
    assert only(form(survey=SURVEY[:1])) == (Code.NO_QUESTIONS, "survey", None, "")


# Sheets and columns


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        (form(extra=[("a",), ("b",)]), (Code.SHEET_UNKNOWN, "extra", None, "")),
        (form(entities=[("list_name",), ("b",)]), (Code.SHEET_UNKNOWN, "entities", None, "")),
        ({"survey": SURVEY, "choices": CHOICES}, (Code.SHEET_MISSING, "settings", None, "")),
        ({"choices": CHOICES, "settings": SETTINGS}, (Code.SHEET_MISSING, "survey", None, "")),
        (form(survey=[]), (Code.SHEET_MISSING, "survey", None, "")),
        (with_column("calculation", "1 + 1"), (Code.COLUMN_UNKNOWN, "survey", None, "calculation")),
        (with_column("media::image", "a.png"), (Code.COLUMN_UNKNOWN, "survey", None, "media::image")),
        (with_column("label::Engelsk", "x"), (Code.LANGUAGE_WITHOUT_CODE, "survey", None, "label::Engelsk")),
        (with_column("label::Dansk (da)", "x"), (Code.COLUMN_TWICE, "survey", 1, "label::Dansk (da)")),
        (with_column("", "x"), (Code.COLUMN_WITHOUT_HEADING, "survey", 3, "")),
        (form(survey=[("kind", "name"), ("text", "a")]), (Code.COLUMN_MISSING, "survey", None, "type")),
        (form(choices=[("list", "name"), ("a", "b")]), (Code.COLUMN_MISSING, "choices", None, "list_name")),
        (form(settings=SETTINGS[:1]), (Code.SETTINGS_ROWS, "settings", None, "")),
        (form(settings=[*SETTINGS, SETTINGS[1]]), (Code.SETTINGS_ROWS, "settings", None, "")),
    ],
)
def test_sheets_and_columns_that_we_do_not_know_or_miss(sheets: Sheets, expected: tuple[object, ...]) -> None:
    assert expected in {(p.code, p.sheet, p.row, p.column) for p in refused(as_xlsx(sheets))}


def test_a_sheet_of_notes_and_an_empty_unknown_column_are_no_problem() -> None:
    sheets = form(survey=[(*SURVEY[0], "calculation"), *SURVEY[1:]], _notes=[("anything",)], Sheet4=[])
    assert not isinstance(import_form(as_xlsx(sheets), "form.xlsx"), FormRefused)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("form_id", "", Code.SETTING_MISSING),
        ("form_id", "Æble 1", Code.FORM_ID_INVALID),
        ("form_title::Dansk (da)", "", Code.SETTING_MISSING),
        ("form_title::Dansk (da)", "Hej ${a}", Code.TEXT_REFERENCE),
        ("default_language", "Dansk", Code.LANGUAGE_WITHOUT_CODE),
        ("respondent", "doctor", Code.RESPONDENT_INVALID),
        ("style", "theme-grid", Code.STYLE_UNSUPPORTED),
    ],
)
def test_settings_that_cannot_be(column: str, text: str, code: Code) -> None:
    row = {"form_id": "a", "form_title::Dansk (da)": "A", "default_language": "da", column: text}
    [problem] = refused(as_xlsx(form(settings=[tuple(row), tuple(row.values())])))
    assert (problem.code, problem.sheet, problem.row, problem.column) == (code, "settings", 2, column)


def test_an_unknown_setting_is_refused() -> None:
    settings = [(*SETTINGS[0], "public_key"), (*SETTINGS[1], "abc")]
    assert only(form(settings=settings)) == (Code.COLUMN_UNKNOWN, "settings", None, "public_key")


# Rows of the survey

UNSUPPORTED = [
    *(
        "geopoint",
        "image",
        "audio",
        "video",
        "file",
        "barcode",
        "calculate",
        "rank degree",
        "time",
        "dateTime",
    ),
    *(
        "begin_repeat",
        "end_repeat",
        "hidden",
        "start",
        "deviceid",
        "acknowledge",
        "xml-external",
        "select_one",
    ),
    *("select_one degree or_other", "select_one_from_file a.csv", "select_multiple_from_file a.csv", "textt"),
]


@pytest.mark.parametrize("type_", UNSUPPORTED)
def test_an_unsupported_type_is_refused_with_its_cell(type_: str) -> None:
    sheets = survey(("text", "a", "Hvad?"), (type_, "b", "Hvad?"))
    assert only(sheets) == (Code.TYPE_UNSUPPORTED, "survey", 3, "type")


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (("", "b", "Hvad?"), Code.TYPE_MISSING, "type"),
        (("text", "", "Hvad?"), Code.NAME_MISSING, "name"),
        (("text", "1b", "Hvad?"), Code.NAME_INVALID, "name"),
        (("text", "b c", "Hvad?"), Code.NAME_INVALID, "name"),
        (("text", "b" * 65, "Hvad?"), Code.NAME_INVALID, "name"),
        (("text", "A", "Hvad?"), Code.NAME_TWICE, "name"),
        (("text", "b", ""), Code.TEXT_MISSING, "label::Dansk (da)"),
        (("text", "b", "Hej ${a}"), Code.TEXT_REFERENCE, "label::Dansk (da)"),
        (("select_one none", "b", "Hvad?"), Code.LIST_MISSING, "type"),
        (("end_group", "", ""), Code.GROUP_NOT_OPEN, "type"),
        (("begin_group", "b", ""), Code.GROUP_NOT_CLOSED, "type"),
    ],
)
def test_a_row_that_cannot_be(row: Cells, code: Code, column: str) -> None:
    assert only(survey(("text", "a", "Hvad?"), row)) == (code, "survey", 3, column)


def test_a_group_in_a_group_and_an_empty_group_are_refused() -> None:
    begin, end, text = ("begin_group", "g", ""), ("end_group", "", ""), ("text", "a", "Hvad?")
    nested = survey(begin, ("begin_group", "h", ""), text, end, end)
    assert (Code.GROUP_NESTED, 3) in {(p.code, p.row) for p in refused(as_xlsx(nested))}
    assert only(survey(text, begin, end)) == (Code.GROUP_EMPTY, "survey", 3, "name")


@pytest.mark.parametrize(
    ("column", "text", "type_", "code"),
    [
        ("required", "maybe", "text", Code.YES_NO),
        ("required", "${first} = 1", "text", Code.YES_NO),
        ("sensitive", "very", "text", Code.YES_NO),
        ("direction", "up", "integer", Code.DIRECTION_INVALID),
        ("respondent", "doctor", "text", Code.RESPONDENT_INVALID),
        ("indicator", "Helbred 1", "integer", Code.INDICATOR_INVALID),
        ("appearance", "signature", "text", Code.APPEARANCE_UNSUPPORTED),
        ("appearance", "likert", "text", Code.APPEARANCE_UNSUPPORTED),
        ("appearance", "multiline", "integer", Code.APPEARANCE_UNSUPPORTED),
        ("parameters", "start=1 end=5 step=3", "range", Code.PARAMETERS_INVALID),
        ("parameters", "start=5 end=1", "range", Code.PARAMETERS_INVALID),
        ("parameters", "step=0", "range", Code.PARAMETERS_INVALID),
        ("parameters", "randomize=true", "range", Code.PARAMETERS_INVALID),
        ("parameters", "start=0 end=100000", "range", Code.RANGE_TOO_LONG),
        ("parameters", "rows=5", "text", Code.COLUMN_NOT_FOR_TYPE),
        ("choice_filter", "name = 1", "text", Code.COLUMN_NOT_FOR_TYPE),
        ("required", "yes", "note", Code.COLUMN_NOT_FOR_TYPE),
        ("default", "x", "note", Code.COLUMN_NOT_FOR_TYPE),
        ("default", "nej", "integer", Code.DEFAULT_INVALID),
        ("default", "today()", "date", Code.DEFAULT_INVALID),
        ("default", "9", "select_one degree", Code.DEFAULT_INVALID),
        ("default", "11", "range", Code.DEFAULT_INVALID),
        ("hint::English (en)", "x", "text", Code.TEXT_MISSING),
        ("constraint", ". >", "integer", Code.EXPRESSION_SYNTAX),
        ("constraint", "regex(., 'a')", "text", Code.EXPRESSION_FUNCTION),
        ("constraint", "/data/first = .", "text", Code.EXPRESSION_CONSTRUCT),
        ("constraint", ". = 1 or " * 150 + ". = 1", "text", Code.EXPRESSION_TOO_LONG),
        ("constraint", "first = 1", "text", Code.EXPRESSION_BARE_NAME),
        ("relevant", "${nobody} = 1", "text", Code.EXPRESSION_UNKNOWN_NAME),
        ("relevant", "${second} = 1", "text", Code.EXPRESSION_SAME_PAGE),
        ("relevant", "today() > '2025-01-01'", "text", Code.EXPRESSION_TODAY),
        ("relevant", ". = 1", "text", Code.EXPRESSION_DOT),
        ("choice_filter", "colour = 1", "select_one degree", Code.EXPRESSION_UNKNOWN_COLUMN),
    ],
)
def test_a_cell_that_cannot_be(column: str, text: str, type_: str, code: Code) -> None:
    [problem] = refused(as_xlsx(with_column(column, text, type_)))
    heading = "hint::da" if code is Code.TEXT_MISSING else column
    assert (problem.code, problem.sheet, problem.row, problem.column) == (code, "survey", 3, heading)


RELEVANT = ("type", "name", "label", "relevant")


@pytest.mark.parametrize(
    ("rows", "row", "code"),
    [
        ([("text", "a", "A", "${b} = 1"), ("text", "b", "B")], 2, Code.EXPRESSION_LATER),
        ([("note", "a", "A"), ("text", "b", "B", "${a} = 1")], 3, Code.EXPRESSION_NO_ANSWER),
        (
            [("begin_group", "g"), ("text", "a", "A"), ("text", "b", "B", "${a} = 1"), ("end_group",)],
            4,
            Code.EXPRESSION_SAME_PAGE,
        ),
        (
            [("begin_group", "g", "", "${a} = 1"), ("text", "a", "A"), ("end_group",)],
            2,
            Code.EXPRESSION_SAME_PAGE,
        ),
        (
            [("begin_group", "g"), ("text", "a", "A"), ("end_group",), ("text", "b", "B", "${g} = 1")],
            5,
            Code.EXPRESSION_NO_ANSWER,
        ),
    ],
)
def test_relevance_looks_back_at_answers_on_earlier_pages(
    rows: Sequence[Cells], row: int, code: Code
) -> None:
    assert only(survey(*rows, columns=RELEVANT)) == (code, "survey", row, "relevant")


def test_what_one_person_answers_never_decides_what_another_sees() -> None:
    columns = (*RELEVANT, "respondent")
    theirs = ("text", "a", "A", "", "caseworker")
    place = (Code.EXPRESSION_OTHER_RESPONDENT, "survey", 3, "relevant")
    assert only(survey(theirs, ("text", "b", "B", "${a} = 1"), columns=columns)) == place
    group = [("begin_group", "g", "", "${a} = 1"), ("text", "b", "B"), ("end_group",)]
    assert only(survey(theirs, *group, columns=columns)) == place


def test_a_row_that_is_refused_is_not_also_called_unknown() -> None:
    sheets = survey(("geopoint", "a", "A"), ("text", "b", "B", "${a} = 1"), columns=RELEVANT)
    assert only(sheets) == (Code.TYPE_UNSUPPORTED, "survey", 2, "type")


# Rows of the choices


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (("", "3", "x", "x"), Code.LIST_NAME_MISSING, "list_name"),
        (("degree", "", "x", "x"), Code.NAME_MISSING, "name"),
        (("degree", "a b", "x", "x"), Code.CHOICE_NAME_INVALID, "name"),
        (("degree", "_refused", "x", "x"), Code.CHOICE_NAME_INVALID, "name"),
        (("degree", "1", "x", "x"), Code.CHOICE_TWICE, "name"),
        (("degree", "3", "", "x"), Code.TEXT_MISSING, "label::Dansk (da)"),
        (("degree", "3", "x", ""), Code.LIST_PARTLY_TRANSLATED, "label::English (en)"),
        (("degree", "3", "x", "x", "much"), Code.SCORE_INVALID, "score"),
    ],
)
def test_a_choice_that_cannot_be(row: Cells, code: Code, column: str) -> None:
    assert only(form(choices=[*CHOICES, row])) == (code, "choices", 4, column)


def test_choices_whose_names_would_not_fit_in_an_answer_are_refused() -> None:
    rows = [("long", f"{number:040}", "x", "x") for number in range(10)]
    assert only(form(choices=[*CHOICES, *rows]))[0] is Code.LIST_TOO_LONG


def test_a_column_of_choices_is_for_choice_filters_alone() -> None:
    choices = [(*CHOICES[0], "colour"), *((*row, "red") for row in CHOICES[1:])]
    assert only(form(choices=choices)) == (Code.COLUMN_UNKNOWN, "choices", None, "colour")


@given(st.sampled_from(["xlsx", "csv", "md"]), st.binary(max_size=200), st.integers(0, 5_000))
def test_a_file_with_any_bytes_in_it_is_imported_or_refused(ending: str, noise: bytes, place: int) -> None:
    whole = {"xlsx": as_xlsx, "csv": as_csv, "md": as_markdown}[ending](form())
    data = whole[:place] + noise + whole[place + len(noise) :]
    assert isinstance(import_form(data, f"form.{ending}"), ImportedForm | FormRefused)


def test_all_problems_are_told_at_once_in_the_order_of_the_sheets() -> None:
    sheets = form(
        survey=[SURVEY[0], ("geopoint", "a", "A"), ("text", "b", "")],
        choices=[*CHOICES, ("degree", "1", "x", "x")],
        settings=[SETTINGS[0], ("", "T")],
    )
    codes = [problem.code for problem in refused(as_xlsx(sheets))]
    assert codes == [Code.SETTING_MISSING, Code.CHOICE_TWICE, Code.TYPE_UNSUPPORTED, Code.TEXT_MISSING]


def test_rows_are_counted_as_the_author_sees_them() -> None:
    sheets = form(survey=[SURVEY[0], (), ("geopoint", "a", "A"), *SURVEY[1:]])
    assert [p.row for p in refused(as_xlsx(sheets))] == [3]
    assert [p.row for p in refused(as_csv(sheets), "form.csv")] == [
        4
    ]  # the sheet's name has a row of its own
    assert [p.row for p in refused(b"Words.\n\n" + as_markdown(sheets), "form.md")] == [6]


def test_a_sentence_of_pyxform_is_not_lost() -> None:
    sheets = survey(("text", "a", "A"), ("text", "instanceID", "B"), ("text", "meta", "C"))
    [problem] = refused(as_xlsx(sheets))
    assert (problem.code, problem.sheet, problem.row) == (Code.PYXFORM, "survey", 4)
    assert "meta" in problem.values["sentence"]
