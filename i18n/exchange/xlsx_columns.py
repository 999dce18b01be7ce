"""The columns of the agency's workbook: each heading ends with a code in brackets, which is what we read.

    Nøgle (key) · Form (form) · Forklaring (context) · Sted (place) · Dansk (source) · polski (pl) · Status (status) …

The words before the brackets are for people, in the words of the municipality, and may be changed by anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from i18n.catalogs import Status

KEY, FORM, CONTEXT, PLACE, SOURCE, FORMER = "key", "form", "context", "place", "source", "former"
STATUS, REMARK = "status", "remark"
OURS = (KEY, FORM, CONTEXT, PLACE, SOURCE, FORMER, STATUS, REMARK)
MISSING, STALE = "missing", "stale"

_CODE = re.compile(r".*\(([A-Za-z_-]+)\)\s*", re.DOTALL)


def code_in(text: str) -> str:
    """ "Nøgle (key)" and "key" are both "key"; what has no code is itself."""
    match = _CODE.fullmatch(text)
    return (match[1] if match else text).strip().lower()


@dataclass(frozen=True)
class Columns:
    """Where the columns of a sheet are, by code, from 0; `language` is the code of the column to translate."""

    at: dict[str, int]
    language: str

    def cell(self, cells: tuple[str, ...], code: str) -> str:
        place = self.at.get(code)
        return cells[place] if place is not None and place < len(cells) else ""

    def translation(self, cells: tuple[str, ...]) -> str:
        return self.cell(cells, self.language)


def codes_of(headings: Iterable[str]) -> list[str]:
    return [code_in(heading) if heading else "" for heading in headings]


def status_of(cell: str) -> Status | None:
    """None for an empty cell, and for words that are not ours."""
    code = code_in(cell)
    return Status(code) if code in set(Status) else None
