"""A questionnaire out as an XLSForm and back: only its texts may differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from i18n.exchange.packages import has_sheet
from i18n.exchange.units import Place, Reason, Rejected
from portal.domain.questionnaires import Questionnaire
from portal.services.publishing import read_form, shipped_forms
from portal.services.xlsform.exporting import write
from portal.services.xlsform.language_columns import FormTexts, compare, read_form_file
from portal.services.xlsform.problems import ImportedForm
from tests.xlsform_files import as_xlsx, form

SHIPPED = {each.key: each for each in shipped_forms()}
OPEN = ("own_agenda", "progression_citizen", "evaluation_company")


def imported(sheets: dict[str, Any]) -> Questionnaire:
    found = read_form(as_xlsx(sheets), "form.xlsx")
    assert isinstance(found, ImportedForm)
    return found.questionnaire


SMALL = imported(form())
ROWS: list[dict[str, str]] = [
    {"type": "begin_group", "name": "first", "label::da": "Først", "label::en": "First"},
    {
        **{"type": "select_one degree", "name": "a", "label::da": "Hvordan går det?", "label::en": "How?"},
        **{"hint::da": "Svar", "required": "yes", "required_message::da": "Svar", "appearance": "likert"},
        "direction": "-1",
    },
    {"type": "select_multiple degree", "name": "b", "label::da": "Og nu?", "sensitive": "yes"},
    {"type": "end_group", "name": "first"},
    {
        **{"type": "range", "name": "c", "label::da": "Tal", "label::en": "Number", "relevant": "${a} > 1"},
        "parameters": "start=0 end=5 step=0.5",
    },
    {
        **{"type": "integer", "name": "d", "label::da": "Timer", "label::en": "Hours"},
        **{"constraint": ". < 38", "constraint_message::da": "Højst 37"},
    },
]
COLUMNS = tuple(dict.fromkeys(column for row in ROWS for column in row))
FULL = imported(form(survey=[COLUMNS, *(tuple(row.get(column, "") for column in COLUMNS) for row in ROWS)]))
Change = Callable[[Any], object]


def back(
    of: Questionnaire, change: Callable[[Any], object] = lambda book: None, ours: Questionnaire | None = None
) -> FormTexts | Rejected:
    book = load_workbook(BytesIO(write(of)))
    change(book)
    written = BytesIO()
    book.save(written)
    file = read_form_file(written.getvalue())
    return file if isinstance(file, Rejected) else compare(file, ours or of)


def put(sheet: str, cell: str, text: str) -> Callable[[Any], None]:
    return lambda book: book[sheet].__setitem__(cell, text)


@pytest.mark.parametrize("of", [*(SHIPPED[key] for key in OPEN), SMALL, FULL], ids=lambda of: of.key)
def test_a_form_that_goes_out_is_the_same_form_when_it_is_imported(of: Questionnaire) -> None:
    found = read_form(write(of), "form.xlsx")
    assert isinstance(found, ImportedForm)
    assert found.questionnaire == of


@pytest.mark.parametrize("of", [*(SHIPPED[key] for key in OPEN), SMALL, FULL], ids=lambda of: of.key)
def test_a_form_that_comes_back_untouched_brings_the_texts_that_are_there(of: Questionnaire) -> None:
    found = back(of)
    assert isinstance(found, FormTexts)
    assert found.own == ()
    assert set(found.files) == set(of.languages) - {"da"}


def test_a_changed_text_comes_with_its_key_its_cell_and_the_danish_beside_it() -> None:
    found = back(SMALL, put("survey", "D2", "Can you manage?"))
    assert isinstance(found, FormTexts)
    text = next(each for each in found.files["en"].incoming if each.key == "form.small.health.label")
    assert (text.forms, text.source, text.place) == (
        ("Can you manage?",),
        ("Kan du klare din dag?",),
        Place(sheet="survey", cell="D2"),
    )


def test_titles_groups_hints_and_scales_have_their_keys() -> None:
    def translate(book: Any) -> None:
        for sheet in book.worksheets:
            for column in sheet.iter_cols():
                if str(column[0].value).endswith("(en)"):
                    for cell in column[1:]:
                        cell.value = "x"

    found = back(FULL, translate)
    assert isinstance(found, FormTexts)
    assert {each.key.removeprefix("form.small.") for each in found.files["en"].incoming} >= {
        *(
            "title",
            "first.page",
            "a.label",
            "a.hint",
            "a.required",
            "d.constraint",
            "a.choice.1",
            "a.choice.2",
        )
    }


def test_a_language_that_the_form_does_not_have_yet_gets_its_columns() -> None:
    book = load_workbook(BytesIO(write(SMALL, ("pl",))))
    headings = [cell.value for cell in book["survey"][1]]
    assert "label::polski (pl)" in headings


def test_danish_changed_in_the_file_stays_out_with_its_cell() -> None:
    found = back(SMALL, put("survey", "C2", "Kan du?"))
    assert isinstance(found, FormTexts)
    assert [(each.code, each.place.cell) for each in found.own] == [(Reason.OWN_LANGUAGE, "C2")]


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (put("survey", "A2", "select_multiple health"), Reason.NOT_A_TEXT, "A2"),
        (put("survey", "B2", "other"), Reason.ROW_UNKNOWN, "2"),
        (put("choices", "B3", "7"), Reason.ROW_UNKNOWN, "3"),
        (put("choices", "E2", "5"), Reason.NOT_A_TEXT, "E2"),
        (put("survey", "E2", "yes"), "xlsform.problem.column_without_heading", "2"),
        (put("survey", "C1", "note"), Reason.NOT_A_TEXT, "C2"),
        (put("survey", "D1", "label::Deutsch (de)"), Reason.UNKNOWN_LANGUAGE, "D1"),
        (put("survey", "D2", "=A1"), Reason.FORMULA, "D2"),
        (lambda book: book["survey"].merge_cells("C2:C3"), Reason.MERGED_CELLS, "C2"),
        (lambda book: book["survey"].delete_rows(3), Reason.ROW_MISSING, ""),
        (lambda book: book["survey"].append(["text", "new", "Nyt", "New"]), Reason.ROW_UNKNOWN, "4"),
        (lambda book: book.remove(book["choices"]), Reason.SHEET, ""),
        (lambda book: book["choices"].move_range("A2:E2", rows=2), Reason.ROW_MOVED, "3"),
    ],
)
def test_whatever_is_no_text_is_refused_by_its_cell(
    change: Callable[[Any], object], code: str, cell: str
) -> None:
    found = back(SMALL, change)
    assert isinstance(found, Rejected)
    assert (code, cell) in [(each.code, each.place.cell) for each in found.problems]


def test_a_form_that_has_changed_since_the_file_was_made_refuses_it() -> None:
    page = SMALL.pages[0]
    renamed = replace(
        SMALL, pages=(replace(page, questions=(replace(page.questions[0], name="work"),)), *SMALL.pages[1:])
    )
    assert isinstance(back(SMALL, ours=renamed), Rejected)


def test_a_forms_workbook_is_told_from_an_agencys() -> None:
    assert has_sheet(write(SMALL), "survey")
    assert not has_sheet(as_xlsx({"Tekster": [("key",)]}), "survey")
    assert not has_sheet(b"PK\x03\x04", "survey")
