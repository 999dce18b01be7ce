"""A Danish text with its marks, as the translator's pages show it while she writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Flask

from i18n import marking, plain_language
from i18n.catalogs import area_of
from i18n.checks import MAY_NAME_DUTIES
from i18n.locales import DEFAULT
from i18n.marking import Heaviest, Kind, Mark, Piece
from i18n.plain_language import LONG_SENTENCE_WORDS, MIN_WORDS, Readability
from portal.web.explained import glossary_of
from portal.web.language import texts, texts_in

MANY_LONG_WORDS = 3


@dataclass(frozen=True)
class Measure:
    """``can_be_judged``: enough words for LIX to tell anything."""

    lix: int
    words: int

    @property
    def band(self) -> str:
        return plain_language.band(self.lix).value

    @property
    def can_be_judged(self) -> bool:
        return self.words >= MIN_WORDS


@dataclass(frozen=True)
class Swap:
    """``was`` stands at ``start``; ``words`` may stand there."""

    start: int
    was: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Marked:
    """``now`` and ``before``: None for a text without a sentence, and for an SMS. ``mends``: what to do about the
    heaviest sentence, as whole sentences."""

    pieces: tuple[Piece, ...]
    kinds: tuple[tuple[Kind, int], ...]
    swaps: tuple[Swap, ...]
    now: Measure | None
    before: Measure | None
    heaviest: Heaviest | None
    mends: tuple[str, ...]


def install(app: Flask) -> None:
    app.add_template_global(look_at, "marked")
    app.add_template_global(why, "why_marked")


def look_at(text: str, before: str = "", key: str = "") -> Marked:
    """``before``: the text as it stands today, empty for a new one. ``key``: whose text it is, where it has one."""
    found = marking.marks(text, glossary_of(texts_in(DEFAULT)))
    if key in MAY_NAME_DUTIES:
        found = tuple(mark for mark in found if mark.kind is not Kind.THREAT)
    heaviest = marking.heaviest(text, found)
    counted = Counter(mark.kind for mark in found)
    return Marked(
        pieces=tuple(marking.pieces(text, found)),
        kinds=tuple((kind, counted[kind]) for kind in Kind if counted[kind]),
        swaps=tuple(
            Swap(mark.start, text[mark.start : mark.end], mark.suggestions)
            for mark in found
            if mark.suggestions
        ),
        now=_measure(text, key),
        before=_measure(before, key) if before != text else None,
        heaviest=heaviest,
        mends=tuple(_mends(text, heaviest)) if heaviest else (),
    )


def why(mark: Mark) -> str:
    """What is wrong with it, and what to write instead: a sentence or two."""
    t = texts()
    if mark.term:
        return t("plain.why.explained", text=texts_in(DEFAULT)(f"glossary.{mark.term}.text"))
    if mark.suggestions:
        return t(f"plain.why.{mark.kind.value}_words", words=_quoted(mark.suggestions))
    if mark.idea:
        return t(f"plain.why.{mark.kind.value}_idea", words=mark.idea)
    return t(f"plain.why.{mark.kind.value}", n=mark.number)


def _measure(text: str, key: str) -> Measure | None:
    """LIX is made for running text: an SMS has none."""
    measured: Readability = plain_language.readability(text)
    if measured.lix is None or (key and area_of(key) == "sms"):
        return None
    return Measure(measured.lix, measured.words)


def _mends(text: str, heaviest: Heaviest) -> Iterator[str]:
    """The same advice once, however many marks ask for it."""
    t = texts()
    if heaviest.words > LONG_SENTENCE_WORDS:
        yield t("plain.mend.part", n=heaviest.words)
    for kind in (Kind.THREAT, Kind.OFFICIALESE, Kind.PASSIVE, Kind.NESTED, Kind.JARGON, Kind.ABBREVIATION):
        if said := [text[mark.start : mark.end] for mark in heaviest.marks if mark.kind is kind]:
            yield t(f"plain.mend.{kind.value}", words=_quoted(said))
    long = [text[mark.start : mark.end] for mark in heaviest.marks if mark.kind is Kind.LONG_WORD]
    if len(long) >= MANY_LONG_WORDS:
        yield t("plain.mend.long_words", words=_quoted(long))


def _quoted(words: Iterable[str]) -> str:
    """»a«, »b«: each word once."""
    return ", ".join(f"»{word}«" for word in dict.fromkeys(words))
