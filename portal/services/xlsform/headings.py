"""From cells to tables: which sheets and columns there are, and in which language a column is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.services.xlsform.problems import Code, Problem, RawSheet

SHEETS = ("settings", "choices", "survey")
TRANSLATED = {
    "survey": {"label", "hint", "required_message", "constraint_message"},
    "choices": {"label"},
    "settings": {"form_title"},
}
PLAIN = {
    "survey": {
        *("type", "name", "required", "relevant", "constraint", "choice_filter", "default", "appearance"),
        *("parameters", "indicator", "direction", "sensitive", "respondent"),
    },
    "choices": {"list_name", "name", "score"},
    "settings": {"form_id", "version", "default_language", "respondent", "style"},
}
HEADING = re.compile(r"([^:]+?)\s*(?:::?\s*(.*))?")
LANGUAGE = re.compile(r"(?:.*\(\s*)?([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)?")


@dataclass(frozen=True)
class Row:
    """`cells` has the filled cells by our name of their column: "name", "label::da"."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def texts(self, column: str) -> dict[str, str]:
        """The wordings of a translated column: locale -> text."""
        return {
            key.partition("::")[2]: text for key, text in self.cells.items() if key.startswith(f"{column}::")
        }


@dataclass(frozen=True)
class Table:
    """`headings` gives the author's own heading for our name of a column; `extras` are the other columns."""

    sheet: str
    headings: Mapping[str, str]
    extras: frozenset[str]
    rows: tuple[Row, ...]

    def problem(self, code: Code, row: Row | None, column: str = "", **values: str) -> Problem:
        number = row.number if row else None
        return Problem(code, self.sheet, number, self.headings.get(column, column), values)


EMPTY = Row(0, {})


def language_code(text: str) -> str:
    """ "Dansk (da)" and "da" are both "da"; "" where there is no code."""
    match = LANGUAGE.fullmatch(text.strip())
    return match[1] if match else ""


def known_sheets(raw: Sequence[RawSheet], problems: list[Problem]) -> dict[str, RawSheet]:
    """The sheets we read, by name. Notes (a name that starts with an underscore) are passed over."""
    found: dict[str, RawSheet] = {}
    for sheet in raw:
        name = sheet.name.strip().lower()
        if name.startswith("_") or (name not in SHEETS and not sheet.rows):
            continue
        if name not in SHEETS:
            problems.append(Problem(Code.SHEET_UNKNOWN, sheet.name))
        elif name in found:
            problems.append(Problem(Code.SHEET_TWICE, sheet.name))
        else:
            found[name] = sheet
    for name in ("survey", "settings"):
        if name not in found or not found[name].rows:
            problems.append(Problem(Code.SHEET_MISSING, name))
    return found


def read_table(sheet: str, raw: RawSheet | None, language: str, problems: list[Problem]) -> Table:
    """`language` is where a heading without a language belongs."""
    if raw is None or not raw.rows:
        return Table(sheet, {}, frozenset(), ())
    (heading_row, given), *body = raw.rows
    columns: list[str] = []
    headings: dict[str, str] = {}
    for heading in given:
        column = _column(sheet, heading, language) if heading else ""
        if column in headings:
            problems.append(Problem(Code.COLUMN_TWICE, sheet, heading_row, heading))
        if column:
            headings[column] = heading
        columns.append(column)
    rows = tuple(Row(number, _filled(columns, cells)) for number, cells in body)
    problems.extend(_without_heading(sheet, columns, body))
    extras = {
        column for column in headings if column.startswith("?") and any(row.get(column) for row in rows)
    }
    return Table(sheet, headings, frozenset(extras), rows)


def _column(sheet: str, heading: str, language: str) -> str:
    """Our name of the column; one that we do not know keeps its heading, marked with a question mark."""
    match = HEADING.fullmatch(heading)
    base = re.sub(r"\s+", "_", match[1].strip().lower()) if match else ""
    if match and base in TRANSLATED[sheet]:
        code = language_code(match[2]) if match[2] is not None else language
        return f"{base}::{code}" if code else f"?{heading}"
    if match and base in PLAIN[sheet] and match[2] is None:
        return base
    return f"?{heading}"


def refuse_missing(table: Table, columns: Sequence[str], problems: list[Problem]) -> None:
    for column in columns:
        if table.headings and column not in table.headings:
            problems.append(Problem(Code.COLUMN_MISSING, table.sheet, None, column))


def refuse_extras(table: Table, allowed: frozenset[str], problems: list[Problem]) -> None:
    """An unknown column with something in it. An empty one says nothing and is no problem."""
    for column in sorted(table.extras):
        heading = column[1:]
        if heading in allowed:
            continue
        base = heading.partition(":")[0].strip().lower()
        code = Code.LANGUAGE_WITHOUT_CODE if base in TRANSLATED[table.sheet] else Code.COLUMN_UNKNOWN
        problems.append(Problem(code, table.sheet, None, heading))


def _filled(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}


def _without_heading(
    sheet: str, columns: Sequence[str], body: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[Problem]:
    for number, cells in body:
        beyond = [
            cell for place, cell in enumerate(cells) if cell and not (place < len(columns) and columns[place])
        ]
        if beyond:
            yield Problem(Code.COLUMN_WITHOUT_HEADING, sheet, number, values={"text": beyond[0][:40]})
