"""A file that came in: what it is, which languages it is for, and what it would change, row by row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from i18n.checks import Problem
from i18n.exchange import formats
from i18n.exchange.judging import Change, Remark, judge, language_of
from i18n.exchange.packages import has_sheet
from i18n.exchange.units import FileRead, Place, Reason, Refused, Rejected, rejected
from i18n.locales import LOCALES, Locale
from portal.services.text_files.exporting import newest
from portal.services.text_files.units import by_key
from portal.services.texts.bench import Bench, TextRow
from portal.services.texts.checking import UNREADABLE, check

if TYPE_CHECKING:  # its library is loaded with the first questionnaire that comes in
    from portal.services.xlsform.language_columns import FormFile


@dataclass(frozen=True)
class Row:
    """One text that the file changes: as it is, as it will be, and what to look at before it is published."""

    row: TextRow
    change: Change
    warnings: tuple[Problem, ...]

    @property
    def seen(self) -> tuple[object, ...]:
        return self.change.key, self.change.forms, self.change.status, self.row.version, self.row.source


@dataclass(frozen=True)
class Part:
    """What the file brings in one language."""

    locale: Locale
    rows: tuple[Row, ...]
    left_out: tuple[Refused, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Preview:
    filename: str
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        return sum(len(part.rows) for part in self.parts)

    @property
    def remark_count(self) -> int:
        return sum(len(part.remarks) for part in self.parts)

    @property
    def open_count(self) -> int:
        return sum(len(part.left_out) for part in self.parts)

    @cached_property
    def stamp(self) -> str:
        """Of all that she saw: a text that somebody else has changed since is not overwritten unseen."""
        seen = [(part.locale.code, *each.seen) for part in self.parts for each in part.rows]
        seen += [(part.locale.code, each.key, each.body) for part in self.parts for each in part.remarks]
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:32]


def open_file(data: bytes) -> FileRead | FormFile | Rejected:
    """Any of the formats, by its content. Knows nothing of our texts yet."""
    if len(data) <= formats.LARGEST_FILE and has_sheet(data, "survey"):
        from portal.services.xlsform.language_columns import read_form_file  # noqa: PLC0415

        return read_form_file(data)
    return formats.read(data)


def languages(file: FileRead | FormFile, wanted: str) -> tuple[str, ...] | Rejected:
    """The languages to open the bench with. ``wanted``: the one that was chosen beside the file, or ""."""
    if not isinstance(file, FileRead):
        return tuple(LOCALES)
    if file.language and not language_of(file):
        return rejected(Reason.UNKNOWN_LANGUAGE, Place(line=1), detail=file.language)
    found = wanted or language_of(file)
    return (found,) if found else rejected(Reason.NO_LANGUAGE)


def preview(file: FileRead | FormFile, filename: str, bench: Bench, wanted: str) -> Preview | Rejected:
    """``bench``: opened with the file's `languages`."""
    if not isinstance(file, FileRead):
        return _of_form(file, filename, bench)
    part = _part(file, bench, LOCALES[wanted or language_of(file)])
    return part if isinstance(part, Rejected) else Preview(filename, (part,))


def _of_form(file: FormFile, filename: str, bench: Bench) -> Preview | Rejected:
    from portal.services.xlsform.language_columns import compare  # noqa: PLC0415

    form = next((each for each in bench.forms if each.key == file.key), None)
    if form is None:
        unknown = Refused(Place(sheet="settings"), Reason.NO_SUCH_QUESTIONNAIRE, {"detail": file.key or "–"})
        return Rejected((*file.problems, unknown))
    found = compare(file, newest(bench, form))
    if isinstance(found, Rejected):
        return found
    parts = [_part(each, bench, LOCALES[code]) for code, each in found.files.items()]
    own = Part(LOCALES[form.default_language], (), found.own)
    return _together(filename, [*parts, *([own] if found.own else [])])


def _together(filename: str, parts: list[Part | Rejected]) -> Preview | Rejected:
    problems = tuple(each for part in parts if isinstance(part, Rejected) for each in part.problems)
    if problems:
        return Rejected(problems)
    found = (part for part in parts if isinstance(part, Part))
    return Preview(filename, tuple(part for part in found if part.rows or part.left_out or part.remarks))


def _part(file: FileRead, bench: Bench, locale: Locale) -> Part | Rejected:
    judged = judge(file, by_key(bench, locale.code), locale)
    if isinstance(judged, Rejected):
        return judged
    found = [_row(bench, locale, change) for change in judged.changes]
    problems = tuple(problem for row in found for problem in _refusals(row))
    return Rejected(problems) if problems else Part(locale, tuple(found), judged.left_out, judged.remarks)


def _row(bench: Bench, locale: Locale, change: Change) -> Row:
    row = bench.row(locale.code, change.key)
    assert row is not None  # noqa: S101 — the judge takes known keys only
    return Row(row, change, check(bench, row, change.forms).problems)


def _refusals(row: Row) -> Iterator[Refused]:
    """What the judge does not know of. Danish that is hard to read is taken as a draft: publishing stops it."""
    for problem in row.warnings:
        if problem.code in UNREADABLE:
            values: Mapping[str, str] = {"key": row.change.key, "detail": problem.detail}
            yield Refused(row.change.place, problem.code, values)
