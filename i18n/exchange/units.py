"""Texts on their way out to a translator's file and back: what goes out, what comes in, and where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from i18n.catalogs import Status, area_of
from i18n.locales import DEFAULT, LOCALES, Locale
from i18n.texts import Forms


@dataclass(frozen=True)
class Unit:
    """One text on its way out.

    `source` is the Danish as it is now, `target` the newest wording of the translation, () for none. A stale
    wording goes with them, for who puts it right; `former` is the Danish it was made from, () where nobody knows.
    `status` is None for a text that is missing or stale. `places` are addresses of pages where it is met.
    """

    key: str
    source: Forms
    target: Forms = ()
    plural: bool = False
    context: str = ""
    places: tuple[str, ...] = ()
    status: Status | None = None
    stale: bool = False
    former: Forms = ()

    @property
    def area(self) -> str:
        return area_of(self.key)

    def targets(self, locale: Locale) -> Forms:
        """As many forms as the language has, those that are missing empty."""
        count = len(locale.plural_categories) if self.plural else 1
        return (*self.target[:count], *("",) * (count - len(self.target)))

    def beside(self, locale: Locale) -> Forms:
        """The Danish that stands beside each form of `locale`: the one that Danish itself uses for those numbers."""
        if not self.plural:
            return self.source[:1]
        danish = LOCALES[DEFAULT]
        numbers = (numbers_of(locale, category)[0] for category in locale.plural_categories)
        return tuple(self.source[min(danish.plural_index(n), len(self.source) - 1)] for n in numbers)


@dataclass(frozen=True)
class Place:
    """Where in a file: a line (1-based), or a sheet and its cell or column ("C12", "C")."""

    line: int = 0
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Incoming:
    """One text as a file brings it.

    `source` is the Danish that the file shows beside it, () where it shows none; `status` is what the file says,
    None where it says nothing. `left_open` is the translator's own word that she has not finished (gettext's
    fuzzy); `sent_stale` says that the text went out stale and that nobody has said otherwise since. `remark` is
    what the translator wrote to us beside it.
    """

    key: str
    forms: Forms
    place: Place
    plural: bool = False
    source: Forms = ()
    status: Status | None = None
    left_open: bool = False
    sent_stale: bool = False
    remark: str = ""

    @property
    def empty(self) -> bool:
        return not any(form.strip() for form in self.forms)


class Reason(StrEnum):
    """Why a file, or a text in it, is kept out; beside these a Fault of form_checks."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown_format"
    ENCODING = "encoding"
    NOT_PO = "not_po"
    NOT_XML = "not_xml"
    DOCTYPE = "doctype"
    NOT_XLIFF_2 = "not_xliff_2"
    INLINE_ELEMENT = "inline_element"
    NOT_XLSX = "not_xlsx"
    OLD_OR_LOCKED_EXCEL = "old_or_locked_excel"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    MACROS = "macros"
    FORMULA = "formula"
    CELL_ERROR = "cell_error"
    MERGED_CELLS = "merged_cells"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    WITHOUT_KEY = "without_key"
    UNKNOWN_FORM = "unknown_form"
    NO_SUCH_QUESTIONNAIRE = "no_such_questionnaire"
    SHEET = "sheet"
    NOT_A_TEXT = "not_a_text"
    ROW_UNKNOWN = "row_unknown"
    ROW_MISSING = "row_missing"
    ROW_MOVED = "row_moved"
    NO_LANGUAGE = "no_language"
    UNKNOWN_LANGUAGE = "unknown_language"
    WRONG_LANGUAGE = "wrong_language"
    DUPLICATE = "duplicate"
    UNKNOWN_KEY = "unknown_key"
    PLURAL_OR_NOT = "plural_or_not"
    CONTROL_CHARACTER = "control_character"
    DIRECTION_CONTROL = "direction_control"
    GARBLED = "garbled"
    TURNED_AROUND = "turned_around"
    LEFT_OPEN = "left_open"
    STILL_STALE = "still_stale"
    NOT_TRANSLATED = "not_translated"
    SOURCE_CHANGED = "source_changed"
    OWN_LANGUAGE = "own_language"


@dataclass(frozen=True)
class Refused:
    """`code` is the value of a Reason or a Fault; `values` fill the placeholders of its message."""

    place: Place
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rejected:
    """Why nothing of the file is taken; never empty."""

    problems: tuple[Refused, ...]


@dataclass(frozen=True)
class FileRead:
    """A file before it is judged. `language` is what it says of itself, "" if it says nothing; `problems` are
    those that can be seen without knowing our texts."""

    language: str
    incoming: tuple[Incoming, ...]
    problems: tuple[Refused, ...] = ()


def rejected(reason: Reason, place: Place | None = None, **values: str) -> Rejected:
    return Rejected((Refused(place or Place(), reason, values),))


def numbers_of(locale: Locale, category: str) -> tuple[int, ...]:
    """The first whole numbers that take this plural form, at most five: what a translator is shown."""
    wanted = locale.plural_categories.index(category)
    numbers = (n for n in (*range(201), 1_000_000) if locale.plural_index(n) == wanted)
    return tuple(n for _, n in zip(range(5), numbers, strict=False))
