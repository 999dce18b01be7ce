"""Does a translation fit its source: as many forms as its language has, the same placeholders, the same tags?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from i18n.formatting import ALLOWED_TAGS, PLACEHOLDER, placeholders
from i18n.locales import Locale


class Fault(StrEnum):
    PLURAL_COUNT = "plural_count"
    PLACEHOLDERS = "placeholders"
    BROKEN_PLACEHOLDER = "broken_placeholder"
    MARKUP = "markup"


@dataclass(frozen=True)
class Flaw:
    """`detail` shows the place: the names that differ, the stray braces, the tags, or "forms/expected"."""

    fault: Fault
    detail: str


_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")
_BARE = re.compile(r"<(/?)(" + "|".join(ALLOWED_TAGS) + r")>")
_STRAY = re.compile(r"\S*[{}]\S*")


def flaws(
    source: tuple[str, ...], forms: tuple[str, ...], *, plural: bool, locale: Locale
) -> tuple[Flaw, ...]:
    """What is wrong with `forms` as the text of a key whose Danish is `source` (or with the Danish itself).

    In a text that counts, a form may leave out {n}: "one day" needs no number in some languages.
    """
    return (
        *_count_flaws(forms, len(locale.plural_categories) if plural else 1),
        *_placeholder_flaws(source, forms, frozenset({"n"}) if plural else frozenset()),
        *_markup_flaws(source[-1], forms),
    )


def _count_flaws(forms: tuple[str, ...], expected: int) -> Iterator[Flaw]:
    filled = sum(bool(form.strip()) for form in forms)
    if len(forms) != expected or filled != expected:
        yield Flaw(Fault.PLURAL_COUNT, f"{filled}/{expected}")


def _placeholder_flaws(
    source: tuple[str, ...], forms: tuple[str, ...], optional: frozenset[str]
) -> Iterator[Flaw]:
    known = frozenset().union(*map(placeholders, source)) | optional
    for form in forms:
        if stray := _STRAY.search(PLACEHOLDER.sub("", form)):
            yield Flaw(Fault.BROKEN_PLACEHOLDER, stray[0])
        names = placeholders(form)
        if differing := (names - known) | (known - names - optional):
            yield Flaw(Fault.PLACEHOLDERS, ", ".join(sorted(differing)))


def _markup_flaws(source: str, forms: tuple[str, ...]) -> Iterator[Flaw]:
    for form in forms:
        tags = _TAG.findall(form)
        if Counter(tags) != Counter(_TAG.findall(source)) or not _well_formed(tags):
            yield Flaw(Fault.MARKUP, " ".join(tags) or " ".join(_TAG.findall(source)))


def _well_formed(tags: list[str]) -> bool:
    open_tags: list[str] = []
    for tag in tags:
        match = _BARE.fullmatch(tag)
        if match is None:
            return False
        closing, name = match.groups()
        if closing:
            if not open_tags or open_tags.pop() != name:
                return False
        elif name != "br":
            open_tags.append(name)
    return not open_tags
