"""The cells of an .xlsx file, looked at with care: anybody who signs in can send us one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from portal.services.xlsform.problems import Code, Problem, RawSheet, Unreadable

MAX_UNPACKED = 20 * 1024 * 1024  # bytes; a zip of 20 kB can unpack to gigabytes
MAX_ROWS = 1_000  # below the headings
MAX_COLUMNS = 100
MAX_EMPTY_ROWS = 20_000  # formatted rows without content are common, a million of them is not
OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and an .xlsx behind a password
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([A-Z]+)(\d+):")


def read_xlsx(data: bytes, problems: list[Problem]) -> list[RawSheet]:
    """The sheets with their texts; formulas, error values and merged cells are added to `problems`.

    Raises Unreadable for what is no .xlsx, has macros, or is larger inside than any form.
    """
    refuse_dangerous(data)
    try:
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return [_read_sheet(sheet, problems) for sheet in workbook.worksheets]
        finally:
            workbook.close()
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken or hostile file leads it into
        raise Unreadable(Problem(Code.NOT_XLSX)) from error


def refuse_dangerous(data: bytes) -> None:
    """Judges by the zip directory alone. Python unpacks no more of an entry than the directory declares."""
    if data.startswith(OLE_HEADER):
        raise Unreadable(Problem(Code.OLD_OR_LOCKED_EXCEL))
    try:
        entries = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(Problem(Code.NOT_XLSX)) from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unreadable(Problem(Code.UNPACKED_TOO_LARGE))
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Unreadable(Problem(Code.MACROS))


def _read_sheet(sheet: Any, problems: list[Problem]) -> RawSheet:
    if ignored(sheet.title):
        return RawSheet(sheet.title, ())
    sheet.reset_dimensions()  # the file's own word for its size may be too small, and would hide rows
    rows = list(_rows(sheet))
    problems.extend(_merged(sheet))
    for number, cells in rows:
        problems.extend(_not_plain(sheet.title, number, cells))
    return RawSheet(sheet.title, tuple((number, tuple(map(_text, cells))) for number, cells in rows))


def ignored(sheet_name: str) -> bool:
    """A sheet whose name starts with an underscore is the author's own notes."""
    return sheet_name.startswith("_")


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    kept = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MAX_EMPTY_ROWS or kept > MAX_ROWS + 1:
            raise Unreadable(Problem(Code.TOO_MANY_ROWS, sheet.title, values={"most": str(MAX_ROWS)}))
        if any(_text(cell) for cell in cells[MAX_COLUMNS:]):
            raise Unreadable(
                Problem(Code.TOO_MANY_COLUMNS, sheet.title, number, values={"most": str(MAX_COLUMNS)})
            )
        if any(_text(cell) for cell in cells):
            kept += 1
            yield number, cells[:MAX_COLUMNS]


def _not_plain(sheet: str, row: int, cells: Iterable[Any]) -> Iterator[Problem]:
    codes = {"f": Code.FORMULA, "e": Code.CELL_ERROR}
    for number, cell in enumerate(cells, start=1):
        code = codes.get(getattr(cell, "data_type", ""))
        if code:
            yield Problem(code, sheet, row, get_column_letter(number))


def _merged(sheet: Any) -> Iterator[Problem]:
    """The read-only reader skips this part of the file; merged cells would look empty without it."""
    with sheet._get_source() as source:
        content = source.read()
    for letters, row in MERGED.findall(content):
        yield Problem(Code.MERGED_CELLS, sheet.title, int(row), letters.decode())


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
    return str(value).replace("\xa0", " ").strip()
