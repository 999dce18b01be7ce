"""The sheets of an .xlsx form."""

from i18n.exchange.packages import Unsafe, WorkbookRefused
from i18n.exchange.workbook import Sheet, read_workbook
from portal.services.xlsform.problems import Code, Problem, RawSheet, Unreadable

MAX_ROWS = 1_000  # below the headings


def read_xlsx(data: bytes, problems: list[Problem]) -> list[RawSheet]:
    """The sheets with their texts; formulas, error values and merged cells are added to `problems`.

    Raises Unreadable for what is no .xlsx, has macros, or is larger inside than any form.
    """
    try:
        sheets = read_workbook(data, MAX_ROWS)
    except WorkbookRefused as refused:
        raise Unreadable(_told(refused)) from refused
    return [_raw(sheet, problems) for sheet in sheets]


def _told(refused: WorkbookRefused) -> Problem:
    limited = refused.code in (Unsafe.TOO_MANY_ROWS, Unsafe.TOO_MANY_COLUMNS)
    values = {"most": str(refused.most)} if limited else {}
    return Problem(Code(refused.code), refused.sheet, refused.row, values=values)


def _raw(sheet: Sheet, problems: list[Problem]) -> RawSheet:
    problems.extend(Problem(Code(each.oddity), sheet.name, each.row, each.column) for each in sheet.odd)
    return RawSheet(sheet.name, tuple((number, tuple(map(_plain, cells))) for number, cells in sheet.rows))


def _plain(cell: str) -> str:
    return cell.replace("\xa0", " ").strip()
