"""Which texts the product names: so that none lies unused, and none is asked for in vain.

A pattern ("goals.step.*") names each key that fits it, if what is put in is a word that the product's own files know,
or is made as ``COMPOSED`` says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.services.text_checks.lookups import ROOT, Named, holes

KNOWS = ("i18n", "messaging", "portal", "templates")
COMPOSED = {
    "glossary.*": "each word that is explained",
    "sms.*_with_word": "each SMS, for who has chosen a word of her own",
    "specimen.page.*": "each page of the sample town, which a test knows by name",
    "translator.problem.page_*": "what is found in a text, found in its page",
}
"""Keys that are put together from parts, and from which."""
_WORD = re.compile(r"[a-z0-9_]+")

_Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Usage:
    """``unused`` keys, and the names whose text there is not."""

    unused: tuple[str, ...]
    dangling: tuple[Named, ...]


def usage(keys: Iterable[str], found: Collection[Named], words: Collection[str]) -> Usage:
    """What of the keys nothing names, and what is named and is no key. ``words``: what may be put into a pattern."""
    known = frozenset(keys)
    whole = {each.pattern for each in found if each.is_whole}
    patterns = {each.pattern: holes(each.pattern) for each in found if not each.is_whole}
    composed = [holes(pattern) for pattern in COMPOSED]
    rest = (key for key in sorted(known - whole) if not any(each.fullmatch(key) for each in composed))
    unused = (key for key in rest if not any(_names(each, key, words) for each in patterns.values()))
    return Usage(tuple(unused), tuple(each for each in found if _is_dangling(each, known, patterns)))


def _names(pattern: re.Pattern[str], key: str, words: Collection[str]) -> bool:
    match = pattern.fullmatch(key)
    parts = (part for hole in match.groups() for part in _WORD.findall(hole)) if match else ()
    return match is not None and all(part in words for part in parts)


def _is_dangling(named: Named, known: frozenset[str], patterns: _Patterns) -> bool:
    """Elsewhere than in a look-up two parts may be the name of a view or of an action, and how keys begin may be
    told; three parts are else a key."""
    if not named.asked and (
        named.pattern.count(".") < 2 or any(key.startswith(named.pattern) for key in known)
    ):
        return False
    if named.is_whole:
        return named.pattern not in known
    return not any(patterns[named.pattern].fullmatch(key) for key in known)


def known_words(root: Path = ROOT) -> frozenset[str]:
    """Every word of the product's own files, in small letters: names of constants are keys in small letters."""
    files = (path for folder in KNOWS for path in (root / folder).rglob("*"))
    read = (path for path in files if path.suffix in {".py", ".html", ".md"})
    return frozenset(
        word for path in read for word in _WORD.findall(path.read_text(encoding="utf-8").lower())
    )
