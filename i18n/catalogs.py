"""Catalog files: gettext PO, one file an area, `i18n/<locale>/LC_MESSAGES/<area>.po`.

    #. What the translator must know: where the text stands, what the placeholders hold
    # status: native-approved
    msgid "citizen.start.button"
    msgstr "Begynd, {name}"

- The msgid is the key; its first part is the area, which is the file's name. It is never shown.
- The msgstr is the text, with `{named}` placeholders. Danish is a catalog like the others.
- A text that counts repeats the key as msgid_plural and has one msgstr[i] for each category in
  `Locale.plural_categories`; the count is the placeholder `{n}`.
- `#.` (extracted comment) is context for the translator and stands in the Danish file.
- The translator's comment `# status: draft | back-checked | native-approved` says how far a translation
  has come; without it the text is a draft. It is a translator's comment because those follow the msgstr
  when other programs merge files.
- The flag `fuzzy` has gettext's own meaning: the Danish source has changed since. A fuzzy text is stale
  and is never shown; Danish stands in its place.
- An empty msgstr is a text not yet translated; Danish stands in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import polib


class Status(StrEnum):
    DRAFT = "draft"
    BACK_CHECKED = "back-checked"
    NATIVE_APPROVED = "native-approved"


@dataclass(frozen=True)
class Entry:
    """One text of one catalog.

    `forms` has one text, or one for each plural category; `line` (1-based) is where the entry begins.
    """

    key: str
    forms: tuple[str, ...]
    plural: bool = False
    context: str = ""
    status: Status = Status.DRAFT
    stale: bool = False
    line: int = 0

    @property
    def area(self) -> str:
        return area_of(self.key)

    @property
    def empty(self) -> bool:
        return not any(form.strip() for form in self.forms)

    @cached_property
    def usable(self) -> bool:
        """Asked at each look-up."""
        return not self.stale and not self.empty


class CatalogError(ValueError):
    """A catalog cannot be read: not PO, a key twice, or a key outside the file's area."""


_STATUS = re.compile(r"^status:[ \t]*(\S+)[ \t]*$", re.MULTILINE)


def area_of(key: str) -> str:
    return key.partition(".")[0]


@dataclass(frozen=True)
class CatalogFile:
    """`language` is what the file's header says, "" if it says nothing; a key may stand twice."""

    language: str
    entries: tuple[Entry, ...]


def parse(text: str) -> CatalogFile:
    """A PO file, its entries in order. Raises CatalogError when the text is not PO."""
    try:
        # polib opens a string that names an existing file; one that ends in a comment line names none.
        file = polib.pofile(text + "\n#", encoding="utf-8")
    except (OSError, ValueError, IndexError) as error:
        raise CatalogError(str(error)) from error
    entries = tuple(_entry(item) for item in file if not item.obsolete)
    return CatalogFile(file.metadata.get("Language", "").strip(), entries)


def read(path: Path) -> dict[str, Entry]:
    """One catalog file by key, every key of the file's own area."""
    found: dict[str, Entry] = {}
    try:
        file = parse(path.read_text(encoding="utf-8"))
    except (CatalogError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path}: {error}") from error
    for entry in file.entries:
        if entry.area != path.stem:
            raise CatalogError(f"{path}:{entry.line}: {entry.key} does not belong to the area {path.stem}")
        if entry.key in found:
            raise CatalogError(f"{path}:{entry.line}: {entry.key} stands twice")
        found[entry.key] = entry
    return found


def _entry(item: polib.POEntry) -> Entry:
    plural = bool(item.msgid_plural)
    return Entry(
        key=item.msgid,
        forms=tuple(item.msgstr_plural[i] for i in sorted(item.msgstr_plural)) if plural else (item.msgstr,),
        plural=plural,
        context=item.comment,
        status=_status(item.tcomment),
        stale="fuzzy" in item.flags,
        line=item.linenum or 1,  # polib counts the first line as 0
    )


def _status(comment: str) -> Status:
    match = _STATUS.search(comment)
    return Status(match[1]) if match and match[1] in set(Status) else Status.DRAFT
