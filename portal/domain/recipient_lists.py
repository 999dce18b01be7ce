"""A list of numbers from a spreadsheet or a text field: bytes in, one cell for each row out.

Cells are text and nothing else: what looks like a formula is read as the letters it is.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

MOST_ROWS = 10_000
MOST_BYTES = 4 * 1024 * 1024
MOST_COLUMNS = 200
"""Looked through for the numbers; each is one more look at every row."""
LONGEST_CELL = 40
"""Characters that are kept of a cell, to show which one it was."""
_SEPARATORS = ";\t,"
_HEADINGS = re.compile(
    r"^(tele(fon|phone)|mobil|tlf|phone|mobile|nummer|number|kode|kortkode|code|short)", re.IGNORECASE
)
_LIKE_A_NUMBER = re.compile(r"(?:\+|00)?[\d\s().\-–/]{6,24}")
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\xef\xbb\xbf": "utf-8"}


class Unreadable(StrEnum):
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"


@dataclass(frozen=True)
class ListedRow:
    """``number``: as a spreadsheet counts the row, from 1. ``cell``: the one that names a recipient."""

    number: int
    cell: str


def decode(data: bytes) -> str | Unreadable:
    """UTF-8 and UTF-16 with or without their mark; what is neither is Windows-1252, as an older Excel saves it."""
    if len(data) > MOST_BYTES:
        return Unreadable.TOO_LARGE
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _text(data[len(mark) :], encoding)
    if b"\0" in data[:200]:
        # Latin letters leave every other byte empty; which of the two tells the order.
        return _text(data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le")
    found = _text(data, "utf-8")
    return _text(data, "cp1252") if found is Unreadable.NOT_TEXT else found


def read(text: str) -> tuple[ListedRow, ...] | Unreadable:
    """Rows that hold anything, but for a heading. The column is the one whose heading names a number or a code,
    else the one with the most cells that look like one."""
    rows = rows_of(text)
    if isinstance(rows, Unreadable):
        return rows
    if len(rows) == 1 and sum(map(_is_like, rows[0][1])) > 1:  # all on one line
        rows = [(place, (cell,)) for place, cell in enumerate(rows[0][1], start=1) if cell]
    if len(rows) > MOST_ROWS + 1:
        return Unreadable.TOO_MANY_ROWS
    column, has_heading = _column([cells for _, cells in rows])
    kept = rows[1:] if has_heading else rows
    if not kept:
        return Unreadable.EMPTY
    if len(kept) > MOST_ROWS:
        return Unreadable.TOO_MANY_ROWS
    return tuple(ListedRow(number, _cell(cells, column)[:LONGEST_CELL]) for number, cells in kept)


def _text(data: bytes, encoding: str) -> str | Unreadable:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return Unreadable.NOT_TEXT
    return Unreadable.NOT_TEXT if "\0" in text else text


def rows_of(text: str) -> list[tuple[int, Sequence[str]]] | Unreadable:
    """Every row that holds anything, as a spreadsheet counts it, with its cells tidied. Commas, semicolons or tabs
    between them."""
    text = text.lstrip("\ufeff")
    beginning = text[:5000]
    separator = max(_SEPARATORS, key=beginning.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, Sequence[str]]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            tidy = tuple(cell.replace("\xa0", " ").strip() for cell in cells)
            if any(tidy):
                rows.append((number, tidy))
            if len(rows) > MOST_ROWS + 1:
                return Unreadable.TOO_MANY_ROWS
    except csv.Error:
        return Unreadable.NOT_TEXT
    return rows or Unreadable.EMPTY


def _column(rows: Sequence[Sequence[str]]) -> tuple[int, bool]:
    """Which column, and whether the first row is a heading."""
    first = rows[0]
    for place, cell in enumerate(first):
        if _HEADINGS.match(cell):
            return place, True
    columns = range(min(max(map(len, rows)), MOST_COLUMNS))
    counts = [sum(_is_like(_cell(cells, place)) for cells in rows) for place in columns]
    best = counts.index(max(counts))
    is_heading = len(rows) > 1 and not _is_like(_cell(first, best)) and _is_like(_cell(rows[1], best))
    return best, is_heading


def _is_like(cell: str) -> bool:
    return _LIKE_A_NUMBER.fullmatch(cell) is not None


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
