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
- The translator's comment `# status: machine-draft | draft | back-checked | native-approved` says how far a
  translation has come; without it nobody has read the text. It is a translator's comment because those follow
  the msgstr when other programs merge files.
- The translator's comment `# source: 1a2b3c4d` is the stamp of the Danish that the translation was made from
  (`i18n.stamps`). A translation whose Danish has changed since, and one with gettext's flag `fuzzy`, is stale and
  is never shown; Danish stands in its place.
- `#| msgid "..."` under a stale translation is the Danish as it was, for who puts the translation right.
- An empty msgstr is a text not yet translated; Danish stands in its place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import polib

from i18n.stamps import stamp_in


class Status(StrEnum):
    """How far a translation has come, the lowest first."""

    MACHINE_DRAFT = "machine-draft"
    """No one who speaks the language has read it."""
    DRAFT = "draft"
    BACK_CHECKED = "back-checked"
    NATIVE_APPROVED = "native-approved"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of one catalog.

    `forms` has one text, or one for each plural category; `line` (1-based) is where the entry begins. A translation's
    `made_from` is the stamp of its Danish, "" without one; `former` is that Danish, kept once it has changed.
    """

    key: str
    forms: tuple[str, ...]
    plural: bool = False
    context: str = ""
    status: Status = Status.MACHINE_DRAFT
    stale: bool = False
    made_from: str = ""
    former: tuple[str, ...] = ()
    line: int = 0
    area: str = field(init=False)
    empty: bool = field(init=False)
    usable: bool = field(init=False)
    """Asked at each look-up."""

    def __post_init__(self) -> None:
        empty = not any(form.strip() for form in self.forms)
        object.__setattr__(self, "area", sys.intern(area_of(self.key)))
        object.__setattr__(self, "empty", empty)
        object.__setattr__(self, "usable", not self.stale and not empty)


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
    file = open_po(text)
    entries = tuple(_entry(item) for item in file if not item.obsolete)
    return CatalogFile(file.metadata.get("Language", "").strip(), entries)


def open_po(text: str) -> polib.POFile:
    """Raises CatalogError when the text is not PO."""
    try:
        # polib opens a string that names an existing file; one that ends in a comment line names none.
        return polib.pofile(text + "\n#", encoding="utf-8")
    except (OSError, ValueError, IndexError) as error:
        raise CatalogError(str(error)) from error


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


def aged(entries: Mapping[str, Entry], danish: Mapping[str, str]) -> dict[str, Entry]:
    """A language's translations, those stale whose Danish is another now; `danish` is each key's stamp."""
    return {
        key: replace(entry, stale=True) if _outlived(entry, danish) else entry
        for key, entry in entries.items()
    }


def _outlived(entry: Entry, danish: Mapping[str, str]) -> bool:
    return bool(entry.made_from) and danish.get(entry.key, entry.made_from) != entry.made_from


def _entry(item: polib.POEntry) -> Entry:
    plural = bool(item.msgid_plural)
    return Entry(
        key=sys.intern(item.msgid),  # as the stamp the same in every language
        forms=tuple(item.msgstr_plural[i] for i in sorted(item.msgstr_plural)) if plural else (item.msgstr,),
        plural=plural,
        context=item.comment,
        status=_status(item.tcomment),
        stale="fuzzy" in item.flags,
        made_from=sys.intern(stamp_in(item.tcomment)),
        former=tuple(form for form in (item.previous_msgid, item.previous_msgid_plural) if form),
        line=item.linenum or 1,  # polib counts the first line as 0
    )


def _status(comment: str) -> Status:
    match = _STATUS.search(comment)
    return Status(match[1]) if match and match[1] in set(Status) else Status.MACHINE_DRAFT
