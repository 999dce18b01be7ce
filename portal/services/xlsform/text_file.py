"""The rows of a .csv or Markdown form, as pyxform reads them: the first cell of a row names the sheet."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from i18n.exchange.workbook import is_note
from portal.services.xlsform.problems import Code, Problem, RawSheet, Unreadable
from portal.services.xlsform.xlsx_file import MAX_ROWS

Rows = Iterable[tuple[int, Sequence[str]]]
SEPARATOR = re.compile(r"[|:\-\s]+")
PIPE = re.compile(r"(?<!\\)\|")


def read_csv(data: bytes, problems: list[Problem]) -> list[RawSheet]:
    """Rows are counted as a spreadsheet shows the file. Commas, or the semicolons of a Danish Excel."""
    text = _decoded(data)
    beginning = text[:5000]
    separator = ";" if beginning.count(";") > beginning.count(",") else ","
    try:
        rows = list(enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1))
    except csv.Error as error:
        raise Unreadable(Problem(Code.NOT_A_TABLE)) from error
    return _sheets(rows, problems)


def read_markdown(data: bytes, problems: list[Problem]) -> list[RawSheet]:
    """Rows are the file's lines. Text around the tables is free: only lines that start with | are read."""
    lines = enumerate(_decoded(data).split("\n"), start=1)
    rows = ((number, line.strip()) for number, line in lines if line.strip().startswith("|"))
    return _sheets(
        [(number, _cells(line)) for number, line in rows if not SEPARATOR.fullmatch(line)], problems
    )


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Problem(Code.NOT_UTF8)) from error
    if "\0" in text:
        raise Unreadable(Problem(Code.NOT_UTF8))
    return text


def _cells(line: str) -> list[str]:
    inner = line[1:]
    cells = PIPE.split(inner)
    if not cells[-1].strip():  # what stands after the closing |
        cells.pop()
    return [cell.replace(r"\|", "|") for cell in cells]


def _sheets(rows: Rows, problems: list[Problem]) -> list[RawSheet]:
    sheets: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    name = ""
    for number, cells in rows:
        first, *rest = [cell.replace("\xa0", " ").strip() for cell in cells] or [""]
        if first and first in sheets:
            problems.append(Problem(Code.SHEET_TWICE, first, number))
        name = first or name
        sheet = sheets.setdefault(name, []) if name else []
        if any(rest):
            sheet.append((number, tuple(rest)))
    if not sheets:
        raise Unreadable(Problem(Code.NOT_A_TABLE))
    for sheet_name, kept in sheets.items():
        if len(kept) > MAX_ROWS + 1:
            raise Unreadable(Problem(Code.TOO_MANY_ROWS, sheet_name, values={"most": str(MAX_ROWS)}))
    return [RawSheet(name, () if is_note(name) else tuple(kept)) for name, kept in sheets.items()]
