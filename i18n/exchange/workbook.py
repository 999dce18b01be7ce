"""The cells of an .xlsx file, looked at with care: anybody who signs in can send us one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from i18n.exchange.packages import Unsafe, WorkbookRefused, refuse_dangerous

MAX_COLUMNS = 100
MAX_EMPTY_ROWS = 20_000  # formatted rows without content are common, a million of them is not
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([A-Z]+)(\d+):")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Oddity(StrEnum):
    """What is no plain value."""

    FORMULA = "formula"
    CELL_ERROR = "cell_error"
    MERGED_CELLS = "merged_cells"


@dataclass(frozen=True)
class OddCell:
    oddity: Oddity
    row: int
    column: str


@dataclass(frozen=True)
class Sheet:
    """`rows` has (row number, cells) of every row that is not empty."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    odd: tuple[OddCell, ...] = ()


def read_workbook(data: bytes, most_rows: int) -> list[Sheet]:
    """The sheets with their texts; at most `most_rows` rows below the headings.

    Raises WorkbookRefused for what is no .xlsx, has macros, or is larger inside than it may be.
    """
    refuse_dangerous(data)
    try:
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return [_read_sheet(sheet, most_rows) for sheet in workbook.worksheets]
        finally:
            workbook.close()
    except WorkbookRefused:
        raise
    except Exception as error:  # openpyxl raises whatever a broken or hostile file leads it into
        raise WorkbookRefused(Unsafe.NOT_XLSX) from error


def is_note(sheet_name: str) -> bool:
    """A sheet whose name starts with an underscore is the author's own notes."""
    return sheet_name.startswith("_")


def escaped(text: str) -> str:
    """For a cell: what looks like OOXML's own way of writing a sign ("_x000D_") is not read as one."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def _read_sheet(sheet: Any, most_rows: int) -> Sheet:
    if is_note(sheet.title):
        return Sheet(sheet.title, ())
    sheet.reset_dimensions()  # the file's own word for its size may be too small, and would hide rows
    rows = list(_rows(sheet, most_rows))
    odd = [*_merged(sheet), *(each for number, cells in rows for each in _not_plain(number, cells))]
    return Sheet(sheet.title, tuple((number, tuple(map(_text, cells))) for number, cells in rows), tuple(odd))


def _rows(sheet: Any, most: int) -> Iterator[tuple[int, Sequence[Any]]]:
    kept = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MAX_EMPTY_ROWS or kept > most + 1:
            raise WorkbookRefused(Unsafe.TOO_MANY_ROWS, sheet.title, most=most)
        if any(_text(cell) for cell in cells[MAX_COLUMNS:]):
            raise WorkbookRefused(Unsafe.TOO_MANY_COLUMNS, sheet.title, number, MAX_COLUMNS)
        if any(_text(cell) for cell in cells):
            kept += 1
            yield number, cells[:MAX_COLUMNS]


def _not_plain(row: int, cells: Iterable[Any]) -> Iterator[OddCell]:
    oddities = {"f": Oddity.FORMULA, "e": Oddity.CELL_ERROR}
    for number, cell in enumerate(cells, start=1):
        oddity = oddities.get(getattr(cell, "data_type", ""))
        if oddity:
            yield OddCell(oddity, row, get_column_letter(number))


def _merged(sheet: Any) -> Iterator[OddCell]:
    """The read-only reader skips this part of the file; merged cells would look empty without it."""
    with sheet._get_source() as source:
        content = source.read()
    for letters, row in MERGED.findall(content):
        yield OddCell(Oddity.MERGED_CELLS, int(row), letters.decode())


def _text(cell: Any) -> str:
    """The value as pyxform would write it; a date without its midnight."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))
    return plain.replace("\r\n", "\n").strip()
