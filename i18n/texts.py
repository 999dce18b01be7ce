"""Texts by key in one language, with Danish behind what is missing and a municipality's own words above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import SupportsFloat, cast

from markupsafe import Markup

from i18n import catalogs, formatting, glossary
from i18n.catalogs import Entry, Status
from i18n.glossary import Glossary
from i18n.locales import DEFAULT, EVERY_LOCALE, LOCALES, Locale
from i18n.stamps import stamp

FOLDER = Path(__file__).parent

Forms = tuple[str, ...]
Overlay = Mapping[tuple[str, str], Forms]
"""A municipality's own texts: (locale, key) -> the forms. Its keeper leaves out the stale ones."""

_NO_OVERLAY: Overlay = MappingProxyType({})


@dataclass(frozen=True)
class Catalogs:
    """All shipped texts, read once at start: locale -> key -> entry."""

    entries: Mapping[str, Mapping[str, Entry]]
    pseudo: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    """The languages that nobody speaks (`i18n.pseudo`); none in production."""

    def texts(
        self,
        locale: str,
        overlay: Overlay | None = None,
        drafts: Collection[tuple[str, str]] = frozenset(),
    ) -> Texts:
        """The texts of one language. Cheap: make one for each request or message. ``drafts``: what of the overlay
        no native speaker has approved. Raises KeyError for a language we do not speak."""
        return Texts(EVERY_LOCALE[locale], self, overlay or _NO_OVERLAY, drafts)

    def entry(self, locale: str, key: str) -> Entry | None:
        return self.entries.get(locale, {}).get(key)

    def keys(self, area: str | None = None) -> tuple[str, ...]:
        """The keys of the Danish catalog, in the files' order; of one area or of all."""
        return tuple(key for key, entry in self.entries[DEFAULT].items() if area in (None, entry.area))

    def glossary(self, locale: str) -> Glossary:
        """The words that the shipped texts of this language explain in it."""
        return self._glossaries[locale]

    @cached_property
    def _glossaries(self) -> Mapping[str, Glossary]:
        return {code: self.texts(code).glossary() for code in (*self.entries, *self.pseudo)}

    def areas(self) -> tuple[str, ...]:
        return tuple(sorted({entry.area for entry in self.entries[DEFAULT].values()}))


class Texts:
    """`t("common.yes")`, `t("citizen.days", n=3)`: the text of a key in `locale`.

    A key is looked for in the municipality's text of this language, the shipped text of this language, then
    the same two in Danish. A shipped translation is passed over when the municipality has changed the Danish
    it was made from. A translation, or a text of the municipality's, that asks for a value it is not given
    (an upgrade may rename one) gives way to the shipped Danish: a citizen sees a whole sentence. KeyError for
    a key that Danish does not have, or a value that the shipped Danish misses.
    """

    __slots__ = ("_catalogs", "_danish", "_drafts", "_overlay", "_own", "locale")

    def __init__(
        self, locale: Locale, shipped: Catalogs, overlay: Overlay, drafts: Collection[tuple[str, str]]
    ) -> None:
        self.locale = locale
        self._catalogs = shipped
        self._overlay = overlay
        self._drafts = drafts
        self._own = (shipped.pseudo if locale.is_pseudo else shipped.entries).get(locale.code, {})
        self._danish = shipped.entries[DEFAULT]

    def __call__(self, key: str, /, **values: object) -> str:
        source, forms = self._find(key)
        try:
            return formatting.fill(self._form(key, source, forms, values), self._shown(values))
        except KeyError:
            if self._is_shipped_danish(key, source):
                raise
            return self._shipped_danish()(key, **values)

    def html(self, key: str, /, **values: object) -> Markup:
        """The text with its bare <strong>, <em> and <br>; values are escaped."""
        return self.html_and_lang(key, **values)[0]

    def html_and_lang(self, key: str, /, **values: object) -> tuple[Markup, str]:
        """As `html`, and the code of the language that it is in: this one, or "da" when Danish stands in."""
        source, forms = self._find(key)
        try:
            return formatting.fill_markup(self._form(key, source, forms, values), self._shown(values)), source
        except KeyError:
            if self._is_shipped_danish(key, source):
                raise
            return self._shipped_danish().html_and_lang(key, **values)

    def is_approved(self, key: str) -> bool:
        """Whether a native speaker stands for the text; the Danish are ours."""
        if self.lang(key) == DEFAULT:
            return True
        if (self.locale.code, key) in self._overlay:
            return (self.locale.code, key) not in self._drafts
        return self._own[key].status is Status.NATIVE_APPROVED

    def has(self, key: str) -> bool:
        return key in self._danish

    def forms(self, key: str) -> Forms:
        """The text as it stands, with its placeholders; several forms when it counts."""
        return self._find(key)[1]

    @property
    def overlay(self) -> Overlay:
        """The municipality's own texts; the same object until they change."""
        return self._overlay

    def glossary(self) -> Glossary:
        """The words that are explained in this language; what only Danish explains is not among them."""
        code, asked = self.locale.code, ("forms", "word", "text")
        own = (
            name
            for name in glossary.names(self._danish)
            if all(self.lang(f"glossary.{name}.{each}") == code for each in asked)
        )
        return Glossary({name: self.forms(f"glossary.{name}.forms")[0] for name in own})

    def isolate(self, text: str) -> str:
        return formatting.isolate(text, self.locale)

    def date(self, day: dt.date) -> str:
        return formatting.format_date(self.locale, day)

    def short_date(self, day: dt.date) -> str:
        return formatting.format_short_date(self.locale, day)

    def weekday(self, day: dt.date) -> str:
        return formatting.format_weekday(self.locale, day)

    def near_day(self, day: dt.date) -> str:
        return formatting.format_near_day(self.locale, day)

    def day_name(self, weekday: int) -> str:
        return formatting.format_day_name(self.locale, weekday)

    def listed(self, items: Sequence[str]) -> str:
        return formatting.format_list(self.locale, items)

    def clock(self, at: dt.time) -> str:
        return formatting.format_clock(self.locale, at)

    def time(self, moment: dt.datetime) -> str:
        return formatting.format_time(self.locale, moment)

    def datetime(self, moment: dt.datetime) -> str:
        return formatting.format_datetime(self.locale, moment)

    def number(self, value: float | Decimal) -> str:
        return formatting.format_number(self.locale, value)

    def answer(self, value: Decimal) -> str:
        return formatting.format_answer(self.locale, value)

    def series(self, items: Sequence[str]) -> str:
        return formatting.format_series(self.locale, items)

    def kroner(self, oere: int) -> str:
        return formatting.format_kroner(self.locale, oere)

    def percent(self, ratio: float | Decimal, decimals: int = 0) -> str:
        return formatting.format_percent(self.locale, ratio, decimals)

    def lang(self, key: str) -> str:
        """The code of the language the text of `key` is in: this one, or "da" when Danish stands in."""
        return self._find(key)[0]

    def _is_shipped_danish(self, key: str, source: str) -> bool:
        return source == DEFAULT and (DEFAULT, key) not in self._overlay

    def _shipped_danish(self) -> Texts:
        return self._catalogs.texts(DEFAULT)

    def _find(self, key: str) -> tuple[str, Forms]:
        code, overlay = self.locale.code, self._overlay
        if (code, key) in overlay:
            return code, overlay[code, key]
        if (DEFAULT, key) in overlay:
            return DEFAULT, overlay[DEFAULT, key]
        entry = self._own.get(key)
        if entry is not None and entry.usable and key in self._danish:
            return code, entry.forms
        return DEFAULT, self._danish[key].forms

    def _form(self, key: str, source: str, forms: Forms, values: Mapping[str, object]) -> str:
        if not self._danish[key].plural:
            return forms[0]
        # A catalog with too few forms shows its last one; the catalog checks report it.
        index = EVERY_LOCALE[source].plural_index(float(cast(SupportsFloat, values["n"])))
        return forms[min(index, len(forms) - 1)]

    def _shown(self, values: Mapping[str, object]) -> Mapping[str, object]:
        n = values.get("n")
        shown = {**values, "n": self.number(n)} if isinstance(n, int | float | Decimal) else values
        digits = self.locale.own_digits
        return {name: _in_digits(value, digits) for name, value in shown.items()} if digits else shown


def load_catalogs(folder: Path = FOLDER, locales: Iterable[str] = tuple(LOCALES)) -> Catalogs:
    """Read every catalog file below `folder`. Raises CatalogError naming the file it cannot read."""
    danish = _read_locale(folder, DEFAULT)
    stamps = {key: stamp(entry.forms) for key, entry in danish.items()}
    read = {
        code: danish if code == DEFAULT else catalogs.aged(_read_locale(folder, code), stamps)
        for code in locales
    }
    return Catalogs(MappingProxyType({code: MappingProxyType(entries) for code, entries in read.items()}))


@cache
def shipped_catalogs() -> Catalogs:
    """The product's own: they change with its code alone, and are read once a process."""
    return load_catalogs()


def _read_locale(folder: Path, code: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for path in sorted((folder / code / "LC_MESSAGES").glob("*.po")):
        found.update(catalogs.read(path))
    return found


def _in_digits(value: object, digits: dict[int, str]) -> object:
    """A number in the language's own digits. A text (a phone number, a code) is what must be typed, and stays."""
    return str(value).translate(digits) if isinstance(value, int) else value
