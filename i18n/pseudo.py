"""Two languages that nobody speaks, made from the Danish: they show what cannot be translated.

Every letter carries a mark, so that a text without marks stands in the code; a text is a good third longer, as a
translation may be, and stands in brackets, so that sentences put together from pieces show their seams. `da-XB` runs
from right to left besides. For development and tests: the setting PSEUDO_LANGUAGES, and then ?sprog=da-XA.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import cycle, islice
from math import ceil

from i18n.catalogs import Entry, Status
from i18n.locales import ACCENTS, DEFAULT, PSEUDO_LOCALES
from i18n.texts import Catalogs

LONGER = 0.4
"""Of its letters: what German and Somali need beside Danish, and a little more."""
OPENING, CLOSING = "[", "]"
_KEPT = re.compile(r"(\{[a-z][a-z0-9_]*\}|</?[a-z]+>)")
_WORD = re.compile(r"\S+")
_VOWELS = frozenset("aeiouyæøåAEIOUYÆØÅ")
_FILLING = "lang "
_RLO, _PDF = "\u202e", "\u202c"


def with_pseudo(shipped: Catalogs) -> Catalogs:
    """The catalogs with these languages beside the real ones."""
    danish = shipped.entries[DEFAULT]
    made = {code: {key: _entry(entry, code) for key, entry in danish.items()} for code in PSEUDO_LOCALES}
    return replace(shipped, pseudo=made)


def _entry(entry: Entry, code: str) -> Entry:
    make = _maker(entry.key, code)
    return replace(entry, forms=tuple(map(make, entry.forms)), status=Status.NATIVE_APPROVED)


def _maker(key: str, code: str) -> Callable[[str], str]:
    """The forms of a glossary's word are looked for in sentences: they get the marks of these, and nothing more."""
    return _with_all_vowels if key.startswith("glossary.") and key.endswith(".forms") else MAKERS[code]


def marked(text: str) -> str:
    """Each letter with a mark."""
    return text.translate(ACCENTS)


def _with_all_vowels(text: str) -> str:
    """As the word stands in a sentence."""
    return marked("".join(_doubled(text, len(text))))


def lengthened(text: str) -> str:
    """Marked, 40 % longer and in brackets; placeholders and tags stay."""
    return f"{OPENING}{_made(text, marked)}{CLOSING}"


def mirrored(text: str) -> str:
    """As `lengthened`, each word turned around (U+202E), as a right-to-left script would stand."""
    return f"{OPENING}{_made(text, _turned)}{CLOSING}"


MAKERS: Mapping[str, Callable[[str], str]] = {
    code: mirrored if locale.rtl else lengthened for code, locale in PSEUDO_LOCALES.items()
}
"""What makes a text of each from the Danish."""


def _turned(text: str) -> str:
    return _WORD.sub(lambda word: f"{_RLO}{word[0]}{_PDF}", marked(text))


def _made(text: str, make: Callable[[str], str]) -> str:
    parts = _KEPT.split(text)
    spoken, kept = parts[::2], parts[1::2]
    longer = _longer(spoken)
    return "".join(f"{make(said)}{left}" for said, left in zip(longer, [*kept, ""], strict=True))


def _longer(spoken: list[str]) -> list[str]:
    """Vowels are doubled, one by one, until it is enough; what is still lacking is filled in at the end."""
    lacking = ceil(LONGER * sum(char.isalpha() for said in spoken for char in said))
    grown: list[str] = []
    for said in spoken:
        doubled = list(_doubled(said, lacking))
        lacking -= len(doubled) - len(said)
        grown.append("".join(doubled))
    filling = islice(cycle(_FILLING), lacking)
    return [*grown[:-1], grown[-1] + "".join(filling)]


def _doubled(said: str, most: int) -> Iterator[str]:
    for char in said:
        yield char
        if char in _VOWELS and most > 0:
            most -= 1
            yield char
