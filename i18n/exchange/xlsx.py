"""A workbook for an agency without a program of its own: a sheet that says what to do, and one with the texts.

One row a text, or a plural form of it. What is ours is locked; the translation, its status and remarks are open. All
cells are text: what begins with "=" is a word like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from i18n.catalogs import Status
from i18n.exchange import xlsx_columns as columns
from i18n.exchange.cells import HEADING, LEFT_TO_RIGHT, OPEN, RIGHT_TO_LEFT, put_text
from i18n.exchange.units import Unit, numbers_of
from i18n.locales import Locale
from i18n.texts import Texts

WIDTHS = {
    columns.KEY: 28,
    columns.FORM: 16,
    columns.CONTEXT: 40,
    columns.PLACE: 24,
    columns.SOURCE: 60,
    columns.FORMER: 40,
    columns.STATUS: 26,
    columns.REMARK: 40,
}
TRANSLATION_WIDTH = 60
HINTS = 9
"""Lines on the first sheet: `exchange.sheet.hint.1` and so on."""


def write(units: Sequence[Unit], locale: Locale, words: Texts) -> bytes:
    """`words`: the texts of the language that the agency reads, which is that of the source."""
    book = Workbook()
    first = book.worksheets[0]
    _explain(first, locale, words)
    sheet = book.create_sheet(words("exchange.sheet.texts"))
    _Sheet(sheet, units, locale, words).fill()
    book.active = 1
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _explain(sheet: Any, locale: Locale, words: Texts) -> None:
    sheet.title = words("exchange.sheet.read_first")
    sheet.column_dimensions["A"].width = 100
    lines = [words("exchange.sheet.title", language=locale.name)]
    lines += [words(f"exchange.sheet.hint.{n}", language=locale.name) for n in range(1, HINTS + 1)]
    for row, line in enumerate(lines, start=1):
        cell = put_text(sheet, row, 1, line)
        cell.font = Font(bold=row == 1, size=14 if row == 1 else 11)
    sheet.protection.sheet = True


class _Sheet:
    """The sheet of texts, as it is filled."""

    def __init__(self, sheet: Any, units: Sequence[Unit], locale: Locale, words: Texts) -> None:
        self._sheet, self._units, self._locale, self._words = sheet, units, locale, words
        former = [columns.FORMER] if any(unit.former for unit in units) else []
        front = [columns.KEY, columns.FORM, columns.CONTEXT, columns.PLACE, *former, columns.SOURCE]
        self._codes = [*front, locale.code, columns.STATUS, columns.REMARK]

    def fill(self) -> None:
        self._write_headings()
        last = 1
        for last, cells in enumerate(self._rows(), start=2):
            self._write_row(last, cells)
        self._offer_statuses(last)
        self._sheet.freeze_panes = "A2"
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._codes))}{last}"
        self._sheet.sheet_view.rightToLeft = self._locale.rtl
        self._protect()

    def _write_headings(self) -> None:
        for number, code in enumerate(self._codes, start=1):
            own = code == self._locale.code
            name = self._locale.name if own else self._words(f"exchange.column.{code}")
            cell = put_text(self._sheet, 1, number, f"{name} ({code})")
            cell.font, cell.fill = Font(bold=True), HEADING
            width = TRANSLATION_WIDTH if own else WIDTHS[code]
            self._sheet.column_dimensions[get_column_letter(number)].width = width

    def _rows(self) -> Iterator[dict[str, str]]:
        for unit in self._units:
            categories = self._locale.plural_categories if unit.plural else ("",)
            forms = zip(categories, unit.beside(self._locale), unit.targets(self._locale), strict=True)
            for category, source, target in forms:
                yield {
                    columns.KEY: unit.key,
                    columns.FORM: self._form(category),
                    columns.CONTEXT: unit.context,
                    columns.PLACE: "\n".join(unit.places),
                    columns.FORMER: " / ".join(unit.former),
                    columns.SOURCE: source,
                    self._locale.code: target,
                    columns.STATUS: self._status(unit),
                }

    def _form(self, category: str) -> str:
        """ "2, 3, 4, 22, 23 … (few)": a translator thinks in numbers, we read the category."""
        if not category:
            return ""
        numbers = numbers_of(self._locale, category)
        rest = " …" if len(numbers) == 5 else ""
        return f"{', '.join(map(str, numbers))}{rest} ({category})"

    def _status(self, unit: Unit) -> str:
        if unit.status is None:
            return self._said(columns.STALE if unit.stale else columns.MISSING)
        return self._said(unit.status)

    def _said(self, code: str) -> str:
        return f"{self._words(f'exchange.status.{code}')} ({code})"

    def _write_row(self, row: int, cells: dict[str, str]) -> None:
        for number, code in enumerate(self._codes, start=1):
            own = code == self._locale.code
            reading = RIGHT_TO_LEFT if own and self._locale.rtl else LEFT_TO_RIGHT
            cell = put_text(self._sheet, row, number, cells.get(code, ""), reading)
            if own or code in (columns.STATUS, columns.REMARK):
                cell.protection, cell.fill = Protection(locked=False), OPEN

    def _offer_statuses(self, last: int) -> None:
        offered: Iterable[str] = (columns.MISSING, columns.STALE, *Status)
        listed = ",".join(map(self._said, offered))
        choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        choice.errorTitle, choice.error = (
            self._words("exchange.column.status"),
            self._words("exchange.sheet.choose"),
        )
        letter = get_column_letter(self._codes.index(columns.STATUS) + 1)
        choice.add(f"{letter}2:{letter}{max(last, 2)}")
        self._sheet.add_data_validation(choice)

    def _protect(self) -> None:
        """Against a slip of the hand, without a password; width, height and filter stay free."""
        protection = self._sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.autoFilter = False
