"""What an .xlsx is before it is read: a zip, whose directory says whether it is safe to unpack."""

from __future__ import annotations

import re
import zlib
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MAX_UNPACKED = 20 * 1024 * 1024  # bytes; a zip of 20 kB can unpack to gigabytes
OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and an .xlsx behind a password


class Unsafe(StrEnum):
    """Why the file is not read on."""

    NOT_XLSX = "not_xlsx"
    OLD_OR_LOCKED_EXCEL = "old_or_locked_excel"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    MACROS = "macros"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"


class WorkbookRefused(Exception):
    """`most` is the limit that was met; `sheet` and `row` say where, as far as it is known."""

    def __init__(self, code: Unsafe, sheet: str = "", row: int | None = None, most: int = 0) -> None:
        super().__init__(code)
        self.code, self.sheet, self.row, self.most = code, sheet, row, most


def refuse_dangerous(data: bytes) -> None:
    """Judges by the zip directory alone. Python unpacks no more of an entry than the directory declares."""
    if data.startswith(OLE_HEADER):
        raise WorkbookRefused(Unsafe.OLD_OR_LOCKED_EXCEL)
    try:
        entries = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise WorkbookRefused(Unsafe.NOT_XLSX) from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise WorkbookRefused(Unsafe.UNPACKED_TOO_LARGE)
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise WorkbookRefused(Unsafe.MACROS)


def has_sheet(data: bytes, name: str) -> bool:
    """Whether the workbook says that it has a sheet by this name; False where nobody can tell."""
    try:
        refuse_dangerous(data)
        listed = ZipFile(BytesIO(data)).read("xl/workbook.xml")
    except (
        WorkbookRefused,
        KeyError,
        BadZipFile,
        ValueError,
        NotImplementedError,
        zlib.error,
        EOFError,
        OSError,
    ):
        return False
    return bool(
        re.search(rb"<(?:\w+:)?sheet\s[^>]*\bname=[\"']" + re.escape(name.encode()) + rb"[\"']", listed, re.I)
    )
