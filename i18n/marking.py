"""What makes a Danish text hard to read, marked where it stands: for a writer to see why, and what to write instead.

The marks are offers and judge nothing: what may not be published is for ``plain_language.check`` to say. A false
alarm is worse than a miss: passive, abbreviations and officialese go by lists, nested sentences by a narrow rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from i18n import abbreviations, passive, plain_words
from i18n.glossary import Glossary, jargon_spans
from i18n.plain_language import (
    LONG_SENTENCE_WORDS,
    PLACEHOLDER,
    TAG,
    TARGET,
    WORD,
    is_long,
    sentence_spans,
    threat_spans,
    words,
)


class Kind(StrEnum):
    """In the order of their weight: where two would overlap, the first stands."""

    THREAT = "threat"
    OFFICIALESE = "officialese"
    ABBREVIATION = "abbreviation"
    JARGON = "jargon"
    PASSIVE = "passive"
    LONG_SENTENCE = "long_sentence"
    NESTED = "nested"
    LONG_WORD = "long_word"


@dataclass(frozen=True)
class Mark:
    """``suggestions``: what may be put in its place as it stands; ``idea``: what to write once the sentence is turned
    round for it. ``term``: the word's name in the glossary, for jargon that it explains. ``number``: the words of a
    long sentence, the letters of a long word."""

    kind: Kind
    start: int
    end: int
    suggestions: tuple[str, ...] = ()
    idea: str = ""
    term: str = ""
    number: int = 0


@dataclass(frozen=True)
class Piece:
    """A stretch of the text, marked or not."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Heaviest:
    """The sentence that weighs most: its LIX for itself, and the marks that stand in it."""

    text: str
    words: int
    long_words: int
    marks: tuple[Mark, ...]

    @property
    def lix(self) -> int:
        return round(self.words + 100 * self.long_words / self.words)


_NO_GLOSSARY = Glossary({})
_TOO_FEW_WORDS_TO_NEST = 12
_TOO_FEW_WORDS_TO_WEIGH = 8
_SUBORDINATE = r"(?:som|der|hvis|når|idet|såfremt|medmindre|selv om|uanset|fordi)"
_GOES_ON = r"(?:og|men|eller|så|at|som|der|hvis|når|fordi|hv\w+)"
"""What begins the next link of a list or a chain: the clause before it is not put into another."""
_NESTED = re.compile(
    rf"(?<!\bden)(?<!\bdet)(?<!\bde)(?<!\bdem),\s+(?P<by>{_SUBORDINATE}|hvor)\s+"
    rf"(?:[^\s,.;:!?]+\s+){{2,}}[^\s,.;:!?]+,\s+(?!{_GOES_ON}\b)(?P<on>\w+)",
    re.IGNORECASE,
)
"""A clause of four words or more with a comma before and behind it, in the middle of what it is put into. "Den, der
sender SMS for os, får dit nummer" is as plain as it can be said."""
_NESTED_BRACKETS = re.compile(r"(?P<by>\()(?:[^\s()]+\s+){4,}[^\s()]+\)\s+\w")
_CHAIN = re.compile(rf",\s+(?:og\s+|men\s+)?(?P<by>{_SUBORDINATE}|at)\b", re.IGNORECASE)
_LINKS_OF_A_CHAIN = 3
_JOIN = re.compile(r"(?:,\s+|\s)(?P<by>samt|men|og|idet|hvorfor|hvorefter|hvilket|således)(?=\s)|(?P<mark>;)")


def marks(text: str, glossary: Glossary = _NO_GLOSSARY) -> tuple[Mark, ...]:
    """In their order; none overlaps another, and none stands in a placeholder or a tag."""
    shown = _masked(text)
    found, is_marked = [], bytearray(len(text))
    for choices in _found(shown, glossary):
        free = (each for each in choices if not any(is_marked[each.start : each.end]))
        for mark in islice(free, 1):
            found.append(mark)
            is_marked[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return tuple(sorted(found, key=lambda mark: mark.start))


def pieces(text: str, found: Iterable[Mark]) -> Iterator[Piece]:
    """The whole text in stretches: joined they are the text."""
    at = 0
    for mark in found:
        if mark.start > at:
            yield Piece(text[at : mark.start])
        yield Piece(text[mark.start : mark.end], mark)
        at = mark.end
    if at < len(text):
        yield Piece(text[at:])


def heaviest(text: str, found: Iterable[Mark]) -> Heaviest | None:
    """None for a text of one sentence, which has no heaviest, and for one of short sentences."""
    shown, listed = _masked(text), tuple(found)
    weighed = [_weigh(text, shown, span, listed) for span in sentence_spans(shown)]
    worst = max((each for each in weighed if each.words >= _TOO_FEW_WORDS_TO_WEIGH), key=_lix, default=None)
    return worst if worst and len(weighed) > 1 and worst.lix > TARGET else None


def _lix(sentence: Heaviest) -> int:
    return sentence.lix


def _weigh(text: str, shown: str, span: tuple[int, int], found: tuple[Mark, ...]) -> Heaviest:
    start, end = span
    listed = words(shown[start:end])
    inside = tuple(mark for mark in found if start <= mark.start < end)
    return Heaviest(text[start:end], len(listed), sum(map(is_long, listed)), inside)


def _found(shown: str, glossary: Glossary) -> Iterator[Iterable[Mark]]:
    """The weightiest kind first. Each with the places where it may stand: the first free one is taken."""
    yield from ([mark] for mark in _words(shown, glossary))
    spans = tuple(sentence_spans(shown))
    yield from (_long_sentence(shown, *span) for span in spans)
    yield from ([mark] for span in spans for mark in _nested(shown, *span))
    for word in WORD.finditer(shown):
        if is_long(word[0]):
            yield [Mark(Kind.LONG_WORD, *word.span(), number=sum(map(str.isalpha, word[0])))]


def _words(shown: str, glossary: Glossary) -> Iterator[Mark]:
    yield from (Mark(Kind.THREAT, *span) for span in threat_spans(shown))
    yield from map(_officialese, plain_words.find(shown))
    for short in abbreviations.find(shown):
        yield Mark(Kind.ABBREVIATION, short.start, short.end, (short.words,) if short.words else ())
    yield from _jargon(shown, glossary)
    for each in passive.find(shown):
        yield Mark(Kind.PASSIVE, each.start, each.end, idea=each.active)


def _officialese(word: plain_words.PlainWord) -> Mark:
    if word.is_swap:
        return Mark(Kind.OFFICIALESE, word.start, word.end, word.instead)
    return Mark(Kind.OFFICIALESE, word.start, word.end, idea=word.instead[0].removeprefix("… "))


def _jargon(shown: str, glossary: Glossary) -> Iterator[Mark]:
    for name, start, end in glossary.all_in(shown):
        yield Mark(Kind.JARGON, start, end, term=name)
    yield from (Mark(Kind.JARGON, *span) for span in jargon_spans(shown))


def _long_sentence(shown: str, start: int, end: int) -> Iterator[Mark]:
    """Where it may be parted: the join nearest its middle first, and its last word where there is none."""
    count = len(words(shown[start:end]))
    if count <= LONG_SENTENCE_WORDS:
        return
    middle = (start + end) // 2
    joins = [match.span("by" if match["by"] else "mark") for match in _JOIN.finditer(shown, start, end)]
    last = [match.span() for match in WORD.finditer(shown, start, end)][::-1]
    for span in (*sorted(joins, key=lambda span: abs(span[0] - middle)), *last):
        yield Mark(Kind.LONG_SENTENCE, *span, number=count)


def _nested(shown: str, start: int, end: int) -> Iterator[Mark]:
    if len(words(shown[start:end])) < _TOO_FEW_WORDS_TO_NEST:
        return
    put_in = [match for match in _NESTED.finditer(shown, start, end) if not _is_listed(match)]
    brackets = _NESTED_BRACKETS.finditer(shown, start, end)
    deep = list(_CHAIN.finditer(shown, start, end))[_LINKS_OF_A_CHAIN - 1 :]
    yield from (Mark(Kind.NESTED, *match.span("by")) for match in (*put_in, *brackets, *deep))


def _is_listed(match: re.Match[str]) -> bool:
    """ "SMS, som ikke blev sendt, ikke kom frem": the next of a list, and not the sentence around it."""
    return match["on"].lower() == "ikke" and " ikke " in match[0]


def _masked(text: str) -> str:
    """As long as the text, with numbers for placeholders and spaces for tags: nothing to mark in either."""
    lines = text.replace("<br>", "   \n")
    without_tags = TAG.sub(lambda tag: " " * len(tag[0]), lines)
    return PLACEHOLDER.sub(lambda name: "0" * len(name[0]), without_tags)
