"""The languages we speak: their own names, direction, script and plural forms."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import babel

Direction = Literal["ltr", "rtl"]

DEFAULT = "da"

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's own order, which is also the order of msgstr[0], msgstr[1] ... in our catalogs."""


@dataclass(frozen=True)
class Locale:
    """One language. `name` is what it calls itself; `script` (ISO 15924) tells the page which font it needs.

    `plural_rule` is the C expression of a gettext header. It gives the same index as `plural_index`;
    it is spelled out because Babel's own table of gettext rules differs from CLDR (Persian and Turkish
    have one form there), and a translator's program trusts the header. `region` picks the way dates are
    written: British English puts the day first, as Denmark does. `digits` are those that CLDR has as the
    language's own: Persian writes ۱۲۳, Arabic without a country writes 123, which is also what an Arabic
    reader in Denmark sees on the clock, the phone and the letter beside our page. A pseudo-language
    (`i18n.pseudo`) is Danish with a mark on every letter, in its dates and lists too.
    """

    code: str
    name: str
    direction: Direction = "ltr"
    script: str = "Latn"
    plural_rule: str = "n != 1"
    region: str = ""
    digits: str = "0123456789"
    is_pseudo: bool = False

    @property
    def rtl(self) -> bool:
        return self.direction == "rtl"

    @cached_property
    def babel(self) -> babel.Locale:
        return babel.Locale(self.code.partition("-")[0], self.region or None)

    @cached_property
    def plural_categories(self) -> tuple[str, ...]:
        """The CLDR categories that whole numbers fall in, in the order of the catalog's msgstr[i].

        A category that only fractions reach (Polish "other") has no form in the catalog: we count people
        and days, never parts of them.
        """
        met = {self.babel.plural_form(n) for n in (*range(201), 1_000_000)}
        return tuple(category for category in CATEGORIES if category in met)

    @cached_property
    def plural_examples(self) -> tuple[tuple[int, ...], ...]:
        """For each plural category the first numbers that take it, at most three: ((1, 21, 31), (2, 3, 4), …).

        Zero stands only where the category has no other: nobody thinks of it as an example of "many".
        """
        found: dict[str, list[int]] = {category: [] for category in self.plural_categories}
        for n in (*range(1, 201), 1_000_000, 0):
            examples = found[self.babel.plural_form(n)]
            if len(examples) < 3 and (n or not examples):
                examples.append(n)
        return tuple(tuple(found[category]) for category in self.plural_categories)

    @cached_property
    def own_digits(self) -> dict[int, str]:
        """For str.translate: 0-9 to the language's own, and the sign that goes with them; empty where 0-9 are."""
        if self.is_pseudo:
            return ACCENTS
        pairs = zip("0123456789%", f"{self.digits}٪", strict=True)
        return {} if self.digits == "0123456789" else {ord(plain): own for plain, own in pairs}

    @property
    def plural_forms_header(self) -> str:
        return f"nplurals={len(self.plural_categories)}; plural=({self.plural_rule});"

    def plural_index(self, n: float) -> int:
        """The index of the form to use for `n`; a fraction outside the known categories takes the last."""
        category = self.babel.plural_form(n)
        forms = self.plural_categories
        return forms.index(category) if category in forms else len(forms) - 1


_PLAIN = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
_ACCENTED = "áƀćđéƒǵĥíĵķĺɱńóṕɋŕśťúṽŵẋýźǽǿǻÁƁĆĐÉƑǴĤÍĴĶĹṀŃÓṔɊŔŚŤÚṼŴẊÝŹǼǾǺ"
ACCENTS = {ord(plain): accented for plain, accented in zip(_PLAIN, _ACCENTED, strict=True)}

_EAST_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
_POLISH = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
_ARABIC = (
    "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5"
)  # fmt: skip
_ROMANIAN = "n==1 ? 0 : n==0 || (n%100>=1 && n%100<=19) ? 1 : 2"

LOCALES: dict[str, Locale] = {
    locale.code: locale
    for locale in (
        Locale("da", "dansk"),
        Locale("en", "English", region="GB"),
        Locale("ar", "العربية", "rtl", "Arab", _ARABIC),
        Locale("uk", "українська", script="Cyrl", plural_rule=_EAST_SLAVIC),
        Locale("pl", "polski", plural_rule=_POLISH),
        Locale("tr", "Türkçe"),
        Locale("so", "Soomaali"),
        Locale("ti", "ትግርኛ", script="Ethi", plural_rule="n > 1"),
        Locale("fa", "فارسی", "rtl", "Arab", "n > 1", digits="۰۱۲۳۴۵۶۷۸۹"),
        Locale("ro", "română", plural_rule=_ROMANIAN),
    )
}

PSEUDO_LOCALES: dict[str, Locale] = {
    locale.code: locale
    for locale in (
        Locale("da-XA", "[đáńśķ]", is_pseudo=True),
        Locale("da-XB", "[\u202eđáńśķ\u202c]", "rtl", is_pseudo=True),
    )
}
"""Spoken by nobody: for development and tests (`i18n.pseudo`)."""

EVERY_LOCALE = {**LOCALES, **PSEUDO_LOCALES}

_RANGE = re.compile(r"\s*([a-z]{1,8})(?:-[a-z0-9]{1,8})*\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?", re.I)


def negotiate(accept_language_header: str | None, available: Collection[str]) -> str:
    """The best of `available` for an Accept-Language header (RFC 9110 §12.5.4); Danish if none fits.

    Only the language counts ("ar-SY" takes "ar"); equal weights keep the order of the header; a part that
    is not well-formed is passed over.
    """
    wishes: list[tuple[float, str]] = []
    for part in (accept_language_header or "").split(","):
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        code, weight = match[1].lower(), float(match[2] or 1)
        if code in available and weight > 0:
            wishes.append((weight, code))
    return max(wishes, key=lambda wish: wish[0])[1] if wishes else DEFAULT
