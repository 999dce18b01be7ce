"""The choices sheet: lists of choices, each with a name, its wordings and, where it counts, a score."""

import re
from collections.abc import Iterator, Mapping

from portal.domain.questionnaires import Missing
from portal.services.xlsform.headings import Row, Table
from portal.services.xlsform.problems import Code, Problem

NAME = re.compile(r"[\w.+-]{1,64}")  # several choices are stored with spaces between them
NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,6})?")
MAX_CHOSEN = 400  # characters of an answer that ticks every choice

Lists = Mapping[str, list[Row]]


def choice_lists(table: Table) -> dict[str, list[Row]]:
    lists: dict[str, list[Row]] = {}
    for row in table.rows:
        lists.setdefault(row.get("list_name"), []).append(row)
    return lists


def check_choices(table: Table, language: str, problems: list[Problem]) -> None:
    for list_name, rows in choice_lists(table).items():
        problems.extend(_check_names(table, rows))
        problems.extend(_check_translations(table, list_name, rows, language))
        for row in rows:
            problems.extend(_check_row(table, row, language))
        if len(" ".join(row.get("name") for row in rows)) > MAX_CHOSEN:
            problems.append(table.problem(Code.LIST_TOO_LONG, rows[0], "list_name", list=list_name))


def _check_row(table: Table, row: Row, language: str) -> Iterator[Problem]:
    if not row.get("list_name"):
        yield table.problem(Code.LIST_NAME_MISSING, row, "list_name")
    if not row.get("name"):
        yield table.problem(Code.NAME_MISSING, row, "name")
    elif not NAME.fullmatch(row.get("name")) or row.get("name") in set(Missing):
        yield table.problem(Code.CHOICE_NAME_INVALID, row, "name", text=row.get("name"))
    if not row.get(f"label::{language}"):
        yield table.problem(Code.TEXT_MISSING, row, f"label::{language}", language=language)
    if row.get("score") and not NUMBER.fullmatch(row.get("score")):
        yield table.problem(Code.SCORE_INVALID, row, "score", text=row.get("score"))


def _check_names(table: Table, rows: list[Row]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in rows:
        name = row.get("name")
        if name and name in first:
            yield table.problem(Code.CHOICE_TWICE, row, "name", text=name, first=str(first[name]))
        first.setdefault(name, row.number)


def _check_translations(table: Table, list_name: str, rows: list[Row], language: str) -> Iterator[Problem]:
    """A scale in two languages at once measures nothing: a list is translated whole or not at all."""
    for code in sorted({code for row in rows for code in row.texts("label")} - {language}):
        for row in rows:
            if not row.get(f"label::{code}"):
                yield table.problem(
                    Code.LIST_PARTLY_TRANSLATED, row, f"label::{code}", list=list_name, language=code
                )
