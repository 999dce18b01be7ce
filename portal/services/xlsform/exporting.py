"""A questionnaire as an XLSForm again: every language in its own column, for whoever translates in a spreadsheet.

What comes out can be taken in by any program that knows the standard. The texts can be written in, the rest is locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, Protection
from openpyxl.utils import get_column_letter

from i18n.exchange.cells import HEADING, LEFT_TO_RIGHT, OPEN, RIGHT_TO_LEFT, put_text
from i18n.locales import LOCALES
from portal.domain.questionnaires import (
    SELECTS,
    Choice,
    Page,
    Question,
    Questionnaire,
    QuestionType,
    Respondent,
    Texts,
)
from portal.services.xlsform.headings import TRANSLATED

ORDER = {
    "survey": (
        *("type", "name", "label", "hint", "required", "required_message", "relevant", "constraint"),
        *(
            "constraint_message",
            "choice_filter",
            "default",
            "appearance",
            "parameters",
            "indicator",
            "direction",
        ),
        *("sensitive", "respondent"),
    ),
    "choices": ("list_name", "name", "label", "score"),
    "settings": ("form_id", "form_title", "default_language", "respondent"),
}
WIDTH, TEXT_WIDTH = 18, 44

Cells = Mapping[str, str]


@dataclass(frozen=True)
class FormSheet:
    """`columns` and the cells go by our names: "name", "label::da". Without empty columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]


def sheets(form: Questionnaire, languages: Iterable[str] = ()) -> tuple[FormSheet, ...]:
    """`languages` get columns even where the form has no text in them yet."""
    given = dict.fromkeys((*form.languages, *languages))
    lists = _lists(form)
    rows = {
        "survey": [row for page in form.pages for row in _page(page, form, lists)],
        "choices": [_choice(name, choice) for name, choices in lists.items() for choice in choices],
        "settings": [_settings(form)],
    }
    return tuple(
        FormSheet(name, _columns(name, each, list(given)), tuple(each)) for name, each in rows.items()
    )


def write(form: Questionnaire, languages: Iterable[str] = ()) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets(form, languages):
        _fill(book.create_sheet(sheet.name), sheet, form.default_language)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def language_heading(code: str) -> str:
    """ "polski (pl)", as XLSForm asks for it."""
    return f"{LOCALES[code].name} ({code})" if code in LOCALES else code


def _lists(form: Questionnaire) -> dict[str, tuple[Choice, ...]]:
    """One list a scale, by the name of the first question that has it: the name its texts have in their keys."""
    lists: dict[str, tuple[Choice, ...]] = {}
    for question in form.questions.values():
        if question.choices and question.choices not in lists.values():
            lists[question.name] = question.choices
    return lists


def _page(page: Page, form: Questionnaire, lists: Mapping[str, tuple[Choice, ...]]) -> Iterator[Cells]:
    alone = len(page.questions) == 1 and page.questions[0].name == page.name
    questions = [_question(question, form.respondent, lists) for question in page.questions]
    if alone:
        yield from questions
        return
    yield _filled({"type": "begin_group", "name": page.name, "relevant": page.relevant}, label=page.labels)
    yield from questions
    yield {"type": "end_group", "name": page.name}


def _question(question: Question, respondent: Respondent, lists: Mapping[str, tuple[Choice, ...]]) -> Cells:
    plain = {
        "type": _type(question, lists),
        "name": question.name,
        "required": "yes" if question.required else "",
        "relevant": question.relevant,
        "constraint": question.constraint,
        "choice_filter": question.choice_filter,
        "default": question.default,
        "appearance": question.appearance,
        "parameters": _parameters(question),
        "indicator": question.indicator,
        "direction": "" if question.direction == 1 else str(question.direction),
        "sensitive": "yes" if question.sensitive else "",
        "respondent": "" if question.respondent is respondent else question.respondent.value,
    }
    return _filled(
        plain,
        label=question.labels,
        hint=question.hints,
        required_message=question.required_messages,
        constraint_message=question.constraint_messages,
    )


def _type(question: Question, lists: Mapping[str, tuple[Choice, ...]]) -> str:
    if question.type not in SELECTS:
        return question.type.value
    return f"{question.type} {next(name for name, choices in lists.items() if choices == question.choices)}"


def _parameters(question: Question) -> str:
    if question.type is not QuestionType.RANGE:
        return ""
    bounds = {"start": question.start, "end": question.end, "step": question.step}
    return " ".join(f"{name}={value:g}" for name, value in bounds.items() if value is not None)


def _choice(list_name: str, choice: Choice) -> Cells:
    score = "" if choice.score is None else f"{choice.score:g}"
    plain = {"list_name": list_name, "name": choice.name, "score": score, **choice.attributes}
    return _filled(plain, label=choice.labels)


def _settings(form: Questionnaire) -> Cells:
    plain = {
        "form_id": form.key,
        "default_language": language_heading(form.default_language),
        "respondent": form.respondent.value,
    }
    return _filled(plain, form_title=form.titles)


def _filled(plain: Mapping[str, str], **texts: Texts) -> Cells:
    cells = {column: text for column, text in plain.items() if text}
    return cells | {
        f"{base}::{code}": text for base, of in texts.items() for code, text in of.items() if text
    }


def _columns(sheet: str, rows: Sequence[Cells], languages: Sequence[str]) -> tuple[str, ...]:
    """Those that hold something, and a column in each language for every text that there is."""
    met = dict.fromkeys(column for row in rows for column in row)
    columns: list[str] = []
    for base in ORDER[sheet]:
        if base not in TRANSLATED[sheet]:
            columns += [base] if base in met else []
        elif any(column.startswith(f"{base}::") for column in met):
            columns += [f"{base}::{code}" for code in languages]
    return (*columns, *(column for column in met if "::" not in column and column not in ORDER[sheet]))


def _fill(sheet: Any, table: FormSheet, own_language: str) -> None:
    for number, column in enumerate(table.columns, start=1):
        base, _, code = column.partition("::")
        cell = put_text(sheet, 1, number, f"{base}::{language_heading(code)}" if code else base)
        cell.font, cell.fill = Font(bold=True), HEADING
        sheet.column_dimensions[get_column_letter(number)].width = TEXT_WIDTH if code else WIDTH
        is_rtl = code in LOCALES and LOCALES[code].rtl
        for row, cells in enumerate(table.rows, start=2):
            text = cells.get(column, "")
            cell = put_text(sheet, row, number, text, RIGHT_TO_LEFT if is_rtl else LEFT_TO_RIGHT)
            if code and code != own_language:
                cell.protection, cell.fill = Protection(locked=False), OPEN
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
