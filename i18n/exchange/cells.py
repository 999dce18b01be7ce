"""Cells of a workbook that goes out: text, whatever it looks like."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Alignment, PatternFill

from i18n.exchange.workbook import escaped

LEFT_TO_RIGHT, RIGHT_TO_LEFT = 1, 2
HEADING = PatternFill("solid", fgColor="DDE6EE")
OPEN = PatternFill("solid", fgColor="FFFDF0")
"""Where somebody may write."""


def put_text(sheet: Any, row: int, column: int, text: str, reading: int = LEFT_TO_RIGHT) -> Any:
    """A cell that is text and stays text, also when somebody types in it."""
    cell = sheet.cell(row, column)
    if text:
        cell.value = escaped(text)
        cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=reading)
    return cell
