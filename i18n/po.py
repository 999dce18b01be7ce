"""Translations out to a translator's program and back: one language and area as a PO file.

Each entry of an export carries its Danish source in the extracted comment ("da: ...", "da[0]: ..." for a text that
counts), above the context. A file that comes back is taken whole or not at all; only what the translator herself has
left open (not translated, marked fuzzy) or what has changed in Danish since the export stays out, with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polib

from i18n.catalogs import CatalogError, CatalogFile, Entry, parse
from i18n.form_checks import Flaw, flaws
from i18n.locales import DEFAULT, LOCALES, Locale
from i18n.texts import Catalogs, Forms, Overlay

_NO_OVERLAY: Mapping[tuple[str, str], Forms] = {}


class Reason(StrEnum):
    """Why an entry is kept out; beside these a Fault of form_checks."""

    ENCODING = "encoding"
    NOT_PO = "not_po"
    WRONG_LANGUAGE = "wrong_language"
    DUPLICATE = "duplicate"
    UNKNOWN_KEY = "unknown_key"
    PLURAL_OR_NOT = "plural_or_not"
    FUZZY = "fuzzy"
    NOT_TRANSLATED = "not_translated"
    SOURCE_CHANGED = "source_changed"


@dataclass(frozen=True)
class Change:
    """A text that differs from the one in use; `line` (1-based) is where its entry begins in the file."""

    key: str
    forms: Forms
    line: int


@dataclass(frozen=True)
class Refused:
    """`code` is the value of a Reason or a Fault; `values` fill the placeholders of its message."""

    line: int
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Accepted:
    """What to store, and what the translator has yet to finish."""

    changes: tuple[Change, ...]
    left_out: tuple[Refused, ...]


@dataclass(frozen=True)
class Rejected:
    """Why nothing of the file is taken; never empty."""

    problems: tuple[Refused, ...]


def export(catalogs: Catalogs, locale: str, area: str, overlay: Overlay = _NO_OVERLAY) -> bytes:
    """The texts of one language and area as they are in use now, as PO in UTF-8.

    A shipped translation whose Danish has changed since is marked fuzzy, as gettext's own programs do.
    """
    file = polib.POFile(wrapwidth=0)
    file.metadata = _header(LOCALES[locale])
    for key in catalogs.keys(area):
        file.append(_exported(_Text(catalogs, locale, key, overlay)))
    return f"{file}\n".encode()


def read_upload(
    data: bytes, catalogs: Catalogs, locale: str, area: str, overlay: Overlay = _NO_OVERLAY
) -> Accepted | Rejected:
    """What a translator's file changes in one language and area, or why it cannot be taken."""
    try:
        file = parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Rejected((Refused(data.count(b"\n", 0, error.start) + 1, Reason.ENCODING),))
    except CatalogError as error:
        return Rejected((Refused(_line_of(error), Reason.NOT_PO),))
    known = {key: _Text(catalogs, locale, key, overlay) for key in catalogs.keys(area)}
    problems = (*_file_problems(file, locale), *_entry_problems(file, known))
    if problems:
        return Rejected(problems)
    return _accepted(file, known)


@dataclass(frozen=True)
class _Text:
    """One key in one language, as it is in use."""

    catalogs: Catalogs
    locale: str
    key: str
    overlay: Overlay

    @property
    def danish(self) -> Entry:
        return self.catalogs.entries[DEFAULT][self.key]

    @property
    def source(self) -> Forms:
        return self.overlay.get((DEFAULT, self.key), self.danish.forms)

    @property
    def forms(self) -> Forms:
        own = self.overlay.get((self.locale, self.key))
        shipped = self.catalogs.entry(self.locale, self.key)
        return own or (shipped.forms if shipped else ())

    @property
    def stale(self) -> bool:
        if (self.locale, self.key) in self.overlay or not self.forms:
            return False
        shipped = self.catalogs.entry(self.locale, self.key)
        return (DEFAULT, self.key) in self.overlay or bool(shipped and shipped.stale)

    @property
    def source_comment(self) -> str:
        if not self.danish.plural:
            return f"da: {self.source[0]}"
        return "\n".join(f"da[{i}]: {form}" for i, form in enumerate(self.source))


def _exported(text: _Text) -> polib.POEntry:
    plural = text.danish.plural
    count = len(LOCALES[text.locale].plural_categories)
    forms = text.forms or ("",) * count
    return polib.POEntry(
        msgid=text.key,
        msgid_plural=text.key if plural else "",
        msgstr="" if plural else forms[0],
        msgstr_plural=dict(enumerate(forms)) if plural else {},
        comment="\n".join(filter(None, (text.source_comment, text.danish.context))),
        flags=["fuzzy"] if text.stale else [],
    )


def _header(locale: Locale) -> dict[str, str]:
    return {
        "Language": locale.code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": locale.plural_forms_header,
    }


def _line_of(error: CatalogError) -> int:
    match = re.search(r"line (\d+)", str(error))
    return int(match[1]) if match else 1


def _file_problems(file: CatalogFile, locale: str) -> Iterator[Refused]:
    said = re.split(r"[-_@]", file.language)[0].lower()
    if said and said != locale:
        yield Refused(1, Reason.WRONG_LANGUAGE, {"language": file.language})


def _entry_problems(file: CatalogFile, known: Mapping[str, _Text]) -> Iterator[Refused]:
    seen: set[str] = set()
    for entry in file.entries:
        if entry.key in seen:
            yield Refused(entry.line, Reason.DUPLICATE, {"key": entry.key})
        elif entry.key not in known:
            yield Refused(entry.line, Reason.UNKNOWN_KEY, {"key": entry.key})
        else:
            yield from _form_problems(entry, known[entry.key])
        seen.add(entry.key)


def _form_problems(entry: Entry, text: _Text) -> Iterator[Refused]:
    if _open_reason(entry, text) is not None:
        return
    if entry.plural != text.danish.plural:
        yield Refused(entry.line, Reason.PLURAL_OR_NOT, {"key": entry.key})
        return
    for flaw in flaws(text.source, entry.forms, plural=entry.plural, locale=LOCALES[text.locale]):
        yield Refused(entry.line, flaw.fault, _flaw_values(entry, flaw))


def _flaw_values(entry: Entry, flaw: Flaw) -> Mapping[str, str]:
    return {"key": entry.key, "detail": flaw.detail}


def _open_reason(entry: Entry, text: _Text) -> Reason | None:
    """Why this entry is not finished, or None if it is."""
    if entry.stale:
        return Reason.FUZZY
    if entry.empty:
        return Reason.NOT_TRANSLATED
    return Reason.SOURCE_CHANGED if _source_changed(entry, text) else None


def _source_changed(entry: Entry, text: _Text) -> bool:
    """Programs wrap comments anew, and some drop them: without one we cannot tell, and trust the translator."""
    said, now = (" ".join(comment.split()) for comment in (entry.context, text.source_comment))
    return said.startswith(("da: ", "da[0]: ")) and not f"{said} ".startswith(f"{now} ")


def _accepted(file: CatalogFile, known: Mapping[str, _Text]) -> Accepted:
    changes: list[Change] = []
    left_out: list[Refused] = []
    for entry in file.entries:
        text = known[entry.key]
        reason = _open_reason(entry, text)
        if reason is not None:
            left_out.append(Refused(entry.line, reason, {"key": entry.key}))
        elif entry.forms != text.forms or text.stale:
            changes.append(Change(entry.key, entry.forms, entry.line))
    return Accepted(tuple(changes), tuple(left_out))
