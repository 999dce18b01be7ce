"""From the bytes of a file to a questionnaire, or to everything that is in its way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from portal.domain.answering import PageRejected, check_page
from portal.domain.questionnaires import Page, Question, Questionnaire, Respondent
from portal.domain.routing import Route
from portal.services.xlsform.building import build
from portal.services.xlsform.choices_sheet import check_choices, choice_lists
from portal.services.xlsform.expression_cells import Surroundings, check_expressions, filter_columns
from portal.services.xlsform.headings import (
    SHEETS,
    Table,
    known_sheets,
    language_code,
    read_table,
    refuse_extras,
    refuse_missing,
)
from portal.services.xlsform.problems import Code, FormRefused, ImportedForm, Problem, RawSheet, Unreadable
from portal.services.xlsform.settings_sheet import check_settings, settings_row
from portal.services.xlsform.survey_sheet import check_items, read_items
from portal.services.xlsform.text_file import read_csv, read_markdown
from portal.services.xlsform.xlsx_file import read_xlsx

MAX_FILE = 5 * 1024 * 1024  # bytes
DEFAULT_LANGUAGE = "da"
Reader = Callable[[bytes, list[Problem]], list[RawSheet]]
READERS: Mapping[str, Reader] = {"xlsx": read_xlsx, "csv": read_csv, "md": read_markdown}


def import_form(data: bytes, filename: str) -> ImportedForm | FormRefused:
    """Reads an XLSForm (.xlsx, .csv, or Markdown tables in .md); the name's ending says which it is.

    All problems that can be seen at once are told at once. Nothing is stored.
    """
    problems: list[Problem] = []
    try:
        sheets = _read_file(data, filename, problems)
        tables, language = _check(sheets, problems)
        if problems:
            return FormRefused(tuple(problems))
        questionnaire = build(tables, language)
    except Unreadable as unreadable:
        return FormRefused((*problems, unreadable.problem))
    wrong_defaults = tuple(_wrong_defaults(questionnaire, tables["survey"]))
    return FormRefused(wrong_defaults) if wrong_defaults else ImportedForm(questionnaire)


def _read_file(data: bytes, filename: str, problems: list[Problem]) -> list[RawSheet]:
    ending = filename.rpartition(".")[2].lower()
    if ending == "xlsm":
        raise Unreadable(Problem(Code.MACROS))
    if ending == "xls":
        raise Unreadable(Problem(Code.OLD_OR_LOCKED_EXCEL))
    if ending not in READERS:
        raise Unreadable(Problem(Code.FILE_TYPE))
    if len(data) > MAX_FILE:
        raise Unreadable(Problem(Code.FILE_TOO_LARGE))
    return READERS[ending](data, problems)


def _check(sheets: list[RawSheet], problems: list[Problem]) -> tuple[dict[str, Table], str]:
    known = known_sheets(sheets, problems)
    language = _default_language(known.get("settings"), problems)
    tables = {name: read_table(name, known.get(name), language, problems) for name in SHEETS}
    refuse_missing(tables["survey"], ("type", "name"), problems)
    refuse_missing(tables["choices"], ("list_name", "name"), problems)
    check_settings(tables["settings"], language, problems)
    if all(problem.code is not Code.COLUMN_MISSING for problem in problems):
        _check_rows(tables, language, problems)
    return tables, language


def _default_language(settings: RawSheet | None, problems: list[Problem]) -> str:
    table = read_table("settings", settings, DEFAULT_LANGUAGE, [])
    row = settings_row(table)
    given = row.get("default_language") or DEFAULT_LANGUAGE
    if not language_code(given):
        problems.append(table.problem(Code.LANGUAGE_WITHOUT_CODE, row, "default_language"))
    return language_code(given) or DEFAULT_LANGUAGE


def _check_rows(tables: Mapping[str, Table], language: str, problems: list[Problem]) -> None:
    settings, choices, survey = (tables[name] for name in SHEETS)
    check_choices(choices, language, problems)
    items = read_items(survey, problems)
    lists = choice_lists(choices)
    if survey.headings:
        check_items(survey, items, lists, language, problems)
    respondent = settings_row(settings).get("respondent") or Respondent.CITIZEN
    check_expressions(survey, Surroundings(items, respondent), lists, problems)
    refuse_extras(settings, frozenset(), problems)
    refuse_extras(choices, filter_columns(items), problems)
    refuse_extras(survey, frozenset(), problems)


def _wrong_defaults(questionnaire: Questionnaire, survey: Table) -> Iterator[Problem]:
    """A default must be an answer that could have been given."""
    rows = {row.get("name"): row for row in survey.rows}
    for question in questionnaire.questions.values():
        if question.default and not _could_be_answered(questionnaire, question):
            yield survey.problem(Code.DEFAULT_INVALID, rows[question.name], "default", text=question.default)


def _could_be_answered(questionnaire: Questionnaire, question: Question) -> bool:
    bare = replace(question, relevant="", constraint="", choice_filter="")
    page = Page(question.name, (bare,))
    alone = replace(questionnaire, pages=(page,))
    given = question.default.split() if question.choices else [question.default]
    return not isinstance(check_page(Route(alone, {}), page, {question.name: given}, date.min), PageRejected)
