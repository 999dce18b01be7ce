"""The agency's workbook as it comes back."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from i18n.exchange import xlsx_columns as columns
from i18n.exchange.form_rows import FormRow, gathered
from i18n.exchange.packages import Unsafe, WorkbookRefused
from i18n.exchange.units import FileRead, Place, Reason, Refused, Rejected, rejected
from i18n.exchange.workbook import Sheet, read_workbook
from i18n.exchange.xlsx_columns import Columns, code_in, codes_of, status_of
from i18n.locales import LOCALES

MOST_ROWS = 20_000
_TOO_MUCH = {Unsafe.TOO_MANY_ROWS: Reason.TOO_MANY, Unsafe.TOO_MANY_COLUMNS: Reason.TOO_MANY}


def read(data: bytes) -> FileRead | Rejected:
    sheets = opened(data, MOST_ROWS)
    if isinstance(sheets, Rejected):
        return sheets
    sheet = next((each for each in sheets if _is_ours(each)), None)
    if sheet is None:
        return rejected(Reason.COLUMN_MISSING, detail=columns.KEY)
    return _read_sheet(sheet)


def opened(data: bytes, most_rows: int) -> list[Sheet] | Rejected:
    """The sheets of a stranger's workbook."""
    try:
        return read_workbook(data, most_rows)
    except WorkbookRefused as refused:
        place = Place(sheet=refused.sheet, cell=str(refused.row or ""))
        return rejected(_TOO_MUCH.get(refused.code) or Reason(refused.code), place, detail=str(refused.most))


def odd_cells(sheet: Sheet) -> Iterator[Refused]:
    """Formulas, error values and merged cells, each with its cell."""
    for each in sheet.odd:
        yield Refused(Place(sheet=sheet.name, cell=f"{each.column}{each.row}"), Reason(each.oddity))


def _is_ours(sheet: Sheet) -> bool:
    return bool(sheet.rows) and columns.KEY in codes_of(sheet.rows[0][1])


def _read_sheet(sheet: Sheet) -> FileRead | Rejected:
    (heading_row, headings), *body = sheet.rows
    codes = codes_of(headings)
    languages = [code for code in codes if code in LOCALES]
    if not languages:
        return rejected(Reason.NO_LANGUAGE, Place(sheet=sheet.name, cell=str(heading_row)))
    table = Columns({code: codes.index(code) for code in codes if code}, languages[0])
    texts, problems = gathered(_rows(sheet.name, table, body), LOCALES[table.language])
    found = (
        *_headings(sheet.name, codes, languages, heading_row),
        *odd_cells(sheet),
        *_strays(sheet.name, table, body),
    )
    return FileRead(table.language, texts, (*found, *problems))


def _headings(sheet: str, codes: list[str], languages: list[str], row: int) -> Iterator[Refused]:
    for number, code in enumerate(codes):
        second = code in codes[:number] or (code in languages and code != languages[0])
        if second and code in (*columns.OURS, *languages):
            place = Place(sheet=sheet, cell=f"{get_column_letter(number + 1)}{row}")
            yield Refused(place, Reason.COLUMN_TWICE, {"detail": code})


def _rows(sheet: str, table: Columns, body: list[tuple[int, tuple[str, ...]]]) -> Iterator[FormRow]:
    letter = get_column_letter(table.at[table.language] + 1)
    for number, cells in body:
        if key := table.cell(cells, columns.KEY):
            said = table.cell(cells, columns.STATUS)
            yield FormRow(
                key=key,
                category=code_in(table.cell(cells, columns.FORM)),
                form=table.translation(cells),
                place=Place(sheet=sheet, cell=f"{letter}{number}"),
                source=table.cell(cells, columns.SOURCE),
                status=status_of(said),
                sent_stale=code_in(said) == columns.STALE,
                remark=table.cell(cells, columns.REMARK),
            )


def _strays(sheet: str, table: Columns, body: list[tuple[int, tuple[str, ...]]]) -> Iterator[Refused]:
    """A translation in a row without a key would be lost unseen."""
    letter = get_column_letter(table.at[columns.KEY] + 1)
    for number, cells in body:
        if table.translation(cells) and not table.cell(cells, columns.KEY):
            yield Refused(Place(sheet=sheet, cell=f"{letter}{number}"), Reason.WITHOUT_KEY)
