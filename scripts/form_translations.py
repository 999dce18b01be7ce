"""The citizens' questionnaires that ship, to a translator and back: one language as lines of Danish, tab, translation.

    python -m scripts.form_translations missing uk > uk.tsv     what has no text in that language yet
    python -m scripts.form_translations fill uk uk.tsv          puts the lines that have one into the forms

A Danish text that stands in several forms is translated once: shared questions must read the same everywhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from i18n.locales import DEFAULT, LOCALES

FORMS = Path(__file__).resolve().parent.parent / "portal" / "content" / "questionnaires"
READ_BY_STAFF = "progression_caseworker"
DANISH = "Dansk (da)"
RULE = re.compile(r"[|:\-\s]+")
PIPE = re.compile(r"(?<!\\)\|")


@dataclass
class Sheet:
    """A table of the file, as lines; ``rows`` begins with the headings."""

    rows: list[list[str]]

    def pairs(self, language: str) -> Iterator[tuple[list[str], int, int | None]]:
        """(row, place of the Danish cell, place of its translation) for each Danish text."""
        headings = self.rows[0]
        for place, heading in enumerate(headings):
            base, _, spoken = heading.partition("::")
            if spoken == DANISH:
                other = f"{base}::{column_of(language)}"
                own = headings.index(other) if other in headings else None
                yield from ((row, place, own) for row in self.rows[1:] if row[place])

    def add_columns(self, language: str) -> None:
        """Behind those of the same kind, where they are missing."""
        for base in [head.partition("::")[0] for head in self.rows[0] if head.endswith(f"::{DANISH}")]:
            heading = f"{base}::{column_of(language)}"
            if heading not in self.rows[0]:
                last = max(n for n, head in enumerate(self.rows[0]) if head.startswith(f"{base}::"))
                for row in self.rows:
                    row.insert(last + 1, "")
                self.rows[0][last + 1] = heading


def column_of(language: str) -> str:
    name = LOCALES[language].name
    return f"{name[0].upper()}{name[1:]} ({language})"


def cells_of(line: str) -> list[str]:
    return [cell.replace(r"\|", "|").strip() for cell in PIPE.split(line.strip().strip("|"))]


def line_of(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def sheet_of(block: str) -> tuple[str, Sheet]:
    """The sheet's name, and its rows, all of one width."""
    (name, *_), *rows = [cells_of(line) for line in block.strip().split("\n") if not RULE.fullmatch(line)]
    width = max(len(row) for row in rows)
    return name, Sheet([row + [""] * (width - len(row)) for row in rows])


def fill(text: str, language: str, words: Mapping[str, str]) -> str:
    """The form with these translations; columns are added where none has been."""
    return "\n\n".join(_filled(block, language, words) for block in text.rstrip("\n").split("\n\n")) + "\n"


def _filled(block: str, language: str, words: Mapping[str, str]) -> str:
    if not block.startswith("|"):
        return block
    name, sheet = sheet_of(block)
    sheet.add_columns(language)
    for row, place, own in sheet.pairs(language):
        if own is not None and row[place] in words:
            row[own] = words[row[place]]
    columns = len(sheet.rows[0])
    first = [name, *[""] * (columns - 1)]
    return "\n".join([line_of(first), "|" + "---|" * columns, *(line_of(row) for row in sheet.rows)])


def missing(text: str, language: str) -> Iterator[str]:
    """The Danish of what has no translation yet."""
    for block in text.split("\n\n"):
        if block.startswith("|"):
            _, sheet = sheet_of(block)
            yield from (row[at] for row, at, own in sheet.pairs(language) if own is None or not row[own])


def forms() -> list[Path]:
    return [path for path in sorted(FORMS.glob("*.md")) if path.stem != READ_BY_STAFF]


def main(arguments: list[str]) -> None:
    match arguments:
        case ["missing", language] if language in LOCALES and language != DEFAULT:
            texts = (text for path in forms() for text in missing(path.read_text("utf-8"), language))
            sys.stdout.write("".join(f"{text}\t\n" for text in dict.fromkeys(texts)))
        case ["fill", language, file] if language in LOCALES and language != DEFAULT:
            lines = (line.split("\t") for line in Path(file).read_text("utf-8").splitlines())
            words = {line[0].strip(): line[1].strip() for line in lines if len(line) > 1 and line[1].strip()}
            for path in forms():
                path.write_text(fill(path.read_text("utf-8"), language, words), "utf-8")
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
