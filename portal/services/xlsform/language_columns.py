"""A questionnaire's own XLSForm as it comes back from a translator: its texts, and nothing else, may differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from i18n.exchange.units import FileRead, Incoming, Place, Reason, Refused, Rejected
from i18n.exchange.xlsx_reading import odd_cells, opened
from i18n.locales import LOCALES
from portal.domain.form_texts import PREFIX
from portal.domain.questionnaires import Questionnaire
from portal.services.xlsform.exporting import Cells, FormSheet, sheets
from portal.services.xlsform.headings import Row, Table, known_sheets, read_table
from portal.services.xlsform.problems import Problem, RawSheet
from portal.services.xlsform.xlsx_file import MAX_ROWS

SUFFIXES = {
    "label": "label",
    "hint": "hint",
    "required_message": "required",
    "constraint_message": "constraint",
}


@dataclass(frozen=True)
class FormFile:
    """`key` is the form that the file says it is; `problems` are those seen without knowing the form."""

    key: str
    tables: Mapping[str, Table]
    letters: Mapping[str, Mapping[str, str]]
    """Sheet -> our name of a column -> its letter."""
    problems: tuple[Refused, ...]

    def place(self, sheet: str, column: str, row: int) -> Place:
        return Place(sheet=sheet, cell=f"{self.letters[sheet].get(column, '')}{row}")


@dataclass(frozen=True)
class FormTexts:
    """`files` by language, without the form's own; `own` are its own texts that read differently: they are no
    translation, and stay out."""

    files: Mapping[str, FileRead]
    own: tuple[Refused, ...]


def read_form_file(data: bytes) -> FormFile | Rejected:
    found = opened(data, MAX_ROWS)
    if isinstance(found, Rejected):
        return found
    problems: list[Problem] = []
    known = known_sheets([RawSheet(each.name, each.rows) for each in found], problems)
    # A heading without a language would be taken for Danish; ours all have one.
    tables = {name: read_table(name, raw, "", problems) for name, raw in known.items()}
    letters = {name: _letters(known[name], table) for name, table in tables.items()}
    settings = tables.get("settings")
    key = settings.rows[0].get("form_id") if settings and settings.rows else ""
    told = (*(_told(problem) for problem in problems), *(odd for sheet in found for odd in odd_cells(sheet)))
    return FormFile(key, tables, letters, told)


def _letters(raw: RawSheet, table: Table) -> dict[str, str]:
    given = raw.rows[0][1] if raw.rows else ()
    at = {heading: get_column_letter(number) for number, heading in enumerate(given, start=1)}
    return {column: at[heading] for column, heading in table.headings.items()}


def _told(problem: Problem) -> Refused:
    """In the words that the import of a questionnaire has for it."""
    cell = problem.column if problem.row is None else f"{problem.column} {problem.row}".strip()
    return Refused(Place(sheet=problem.sheet, cell=cell), problem.key, problem.values)


def compare(file: FormFile, form: Questionnaire) -> FormTexts | Rejected:
    """`form` with the texts that went out."""
    expected = {sheet.name: sheet for sheet in sheets(form)}
    found = [_Sheet(file, form, expected[name]) for name in expected if name in file.tables]
    problems = [*file.problems, *(problem for each in found for problem in each.problems())]
    problems += [
        Refused(Place(sheet=name), Reason.SHEET)
        for name in expected
        if name not in file.tables and expected[name].rows
    ]
    if problems:
        return Rejected(tuple(problems))
    texts = [text for each in found for text in each.texts()]
    own = tuple(refused for each in found for refused in each.own())
    codes = dict.fromkeys(code for code, _ in texts)
    files = {code: FileRead(code, tuple(text for of, text in texts if of == code)) for code in codes}
    return FormTexts(files, own)


@dataclass(frozen=True)
class _Sheet:
    """One sheet of the file against the one that went out."""

    file: FormFile
    form: Questionnaire
    sent: FormSheet

    @property
    def _name(self) -> str:
        return self.sent.name

    @property
    def _table(self) -> Table:
        return self.file.tables[self._name]

    def problems(self) -> Iterator[Refused]:
        sent = {_identity(self._name, cells): cells for cells in self.sent.rows}
        given = [(_identity(self._name, row.cells), row) for row in self._table.rows if row.cells]
        yield from self._languages()
        yield from self._rows(list(sent), given)
        for identity, row in given:
            if identity in sent:
                yield from self._cells(sent[identity], row)

    def _languages(self) -> Iterator[Refused]:
        for column, heading in self._table.headings.items():
            base, _, code = column.partition("::")
            if code and not base.startswith("?") and code not in (*LOCALES, *self.form.languages):
                yield Refused(
                    self.file.place(self._name, column, 1), Reason.UNKNOWN_LANGUAGE, {"detail": heading}
                )

    def _rows(self, sent: list[str], given: Sequence[tuple[str, Row]]) -> Iterator[Refused]:
        met: list[str] = []
        for identity, row in given:
            if identity not in sent or identity in met:
                yield Refused(
                    Place(sheet=self._name, cell=str(row.number)), Reason.ROW_UNKNOWN, {"detail": identity}
                )
            met.append(identity)
        for identity in sent:
            if identity not in met:
                yield Refused(Place(sheet=self._name), Reason.ROW_MISSING, {"detail": identity})
        if sorted(met) == sorted(sent) and met != sent:
            row = next(row for (identity, row), other in zip(given, sent, strict=True) if identity != other)
            yield Refused(Place(sheet=self._name, cell=str(row.number)), Reason.ROW_MOVED)

    def _cells(self, sent: Cells, row: Row) -> Iterator[Refused]:
        """Cells that are no texts."""
        for column in dict.fromkeys((*sent, *row.cells)):
            if "::" in column and not column.startswith("?"):
                continue
            was, is_ = _plain(sent.get(column.removeprefix("?"), "")), _plain(row.get(column))
            if was != is_:
                place = self.file.place(self._name, column, row.number)
                yield Refused(place, Reason.NOT_A_TEXT, {"detail": was or "–", "now": is_ or "–"})

    def texts(self) -> Iterator[tuple[str, Incoming]]:
        """(language, text) of every translation; one that neither side has is none."""
        sent = {_identity(self._name, cells): cells for cells in self.sent.rows}
        for row, column, key in self._text_cells():
            base, _, code = column.partition("::")
            if code == self.form.default_language:
                continue
            text = row.get(column)
            if text or sent[_identity(self._name, row.cells)].get(column):
                source = row.get(f"{base}::{self.form.default_language}")
                place = self.file.place(self._name, column, row.number)
                yield code, Incoming(key, (text,), place, source=(source,) if source else ())

    def own(self) -> Iterator[Refused]:
        sent = {_identity(self._name, cells): cells for cells in self.sent.rows}
        for row, column, key in self._text_cells():
            was = sent[_identity(self._name, row.cells)].get(column, "")
            if column.endswith(f"::{self.form.default_language}") and row.get(column) != was:
                place = self.file.place(self._name, column, row.number)
                yield Refused(place, Reason.OWN_LANGUAGE, {"key": key, "detail": row.get(column)})

    def _text_cells(self) -> Iterator[tuple[Row, str, str]]:
        columns = [column for column in self._table.headings if "::" in column and not column.startswith("?")]
        for row in self._table.rows:
            for column in columns:
                if row.cells and (key := self._key(row, column.partition("::")[0])):
                    yield row, column, key

    def _key(self, row: Row, base: str) -> str:
        prefix = f"{PREFIX}{self.form.key}"
        if self._name == "settings":
            return f"{prefix}.title"
        if self._name == "choices":
            return f"{prefix}.{row.get('list_name')}.choice.{row.get('name')}"
        is_group = row.get("type").startswith("begin")
        return f"{prefix}.{row.get('name')}.{'page' if is_group else SUFFIXES[base]}"


def _identity(sheet: str, cells: Cells) -> str:
    """What a row is, whatever it says: a question by its name, a choice by its list and name."""
    if sheet == "settings":
        return cells.get("form_id", "")
    if sheet == "choices":
        return f"{cells.get('list_name', '')} {cells.get('name', '')}"
    return f"{'end ' if cells.get('type', '').startswith('end') else ''}{cells.get('name', '')}"


def _plain(cell: str) -> str:
    return " ".join(cell.split())
