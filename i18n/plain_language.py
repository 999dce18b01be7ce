"""Is a Danish text easy to read, and free of threats? LIX, long sentences and threatening words.

LIX (C.-H. Björnsson, 1968) = words per sentence + 100 * (words of 7 letters or more) / words.

What we count, where the formula leaves it open:
- A line is a paragraph. List items and headings are left out of LIX with their words. A heading is a line
  marked with "#", or one of at most ten words without a full stop; a longer line is a sentence all the same.
- A sentence ends at . ! ? or …, and with its line. A colon or semicolon ends none.
- A number is a word, as it is when read aloud, and so is a placeholder; only letters make a word long.
- "CPR-nummer" is one word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

TARGET = 30
LIMIT = 35
LONG_WORD_LETTERS = 7
LONG_SENTENCE_WORDS = 20
MIN_WORDS = 20
"""Below this many words one long word moves LIX by five or more: too few to judge a text by [ours]."""
_HEADING_WORDS = 10


class Band(StrEnum):
    VERY_EASY = "very_easy"
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    VERY_HARD = "very_hard"


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Concern(StrEnum):
    LIX_ABOVE_TARGET = "lix_above_target"
    LIX_TOO_HIGH = "lix_too_high"
    LONG_SENTENCE = "long_sentence"
    THREAT = "threat"


@dataclass(frozen=True)
class Finding:
    """`number` is the LIX, or the words of the sentence; `excerpt` is the sentence or the word."""

    concern: Concern
    severity: Severity
    number: int = 0
    excerpt: str = ""


@dataclass(frozen=True)
class Readability:
    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> int | None:
        """LIX to the nearest whole number, halves up; None for a text without a sentence."""
        if not self.sentences:
            return None
        return math.floor(self.words / self.sentences + 100 * self.long_words / self.words + 0.5)


WORD = re.compile(r"[^\W_]+(?:['’.,:/@-][^\W_]+)*")
PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}")
TAG = re.compile(r"</?[a-z]+>")
_LIST_ITEM = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+(?=\S)")
_STOP = re.compile(r"(?<!\S)(\S*?)([.!?…]+)[\"'”’»)\]]*(?=\s|$)")
# fmt: off
# Followed by more of the sentence, even by a name.
_ABBREVIATIONS = frozenset((
    "afs", "aht", "ang", "bl.a", "ca", "dvs", "eks", "evt", "f.eks", "fx", "gl", "hhv", "hr",
    "ift", "ifm", "iht", "inkl", "jf", "kap", "kl", "mht", "m.fl", "nr", "pga", "pkt", "prof",
    "skr", "t.eks", "tlf", "ugtl", "vedr", "vha",
))
# Often the last of a sentence: a stop when a capital follows.
_CLOSING = frozenset((
    "adr", "etc", "kr", "md", "mdr", "mia", "min", "mio", "mm", "mv", "m.m", "m.v", "ol", "o.a",
    "o.l", "o.lign", "osv", "pct", "sek", "stk", "str",
))
# fmt: on


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of the running text, without headings and list items."""
    return tuple(sentence for line in _prose(text) for sentence in _split(line))


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each sentence stands. A list item and a heading are sentences here too: marking one as
    such does not make it short."""
    offset = 0
    for line in text.splitlines(keepends=True):
        start = _behind_mark(line)
        rest = line[start:].rstrip()
        yield from ((offset + start + begin, offset + start + end) for begin, end in _split_spans(rest))
        offset += len(line)


def words(text: str) -> list[str]:
    return WORD.findall(PLACEHOLDER.sub("x", text))


def readability(text: str) -> Readability:
    found = sentences(_plain(text))
    all_words = [word for sentence in found for word in words(sentence)]
    return Readability(len(all_words), len(found), sum(map(is_long, all_words)))


def band(lix: int) -> Band:
    """The five bands of LIX: 24 and below, 25-34, 35-44, 45-54, 55 and above."""
    for limit, name in ((24, Band.VERY_EASY), (34, Band.EASY), (44, Band.MEDIUM), (54, Band.HARD)):
        if lix <= limit:
            return name
    return Band.VERY_HARD


# Word by word, because stems mislead: "inddrage" is to involve, "tavshedspligt" protects, "mistet" is past.
THREATS = (
    r"sanktion\w*",
    r"mister?",
    r"fratræk\w*|trækkes|trukket|træk i (?:din|dine|ydelsen|kontanthjælpen|dagpengene)",
    r"(?!tavsheds)\w*pligt(?:en|er|erne|ig|ige|igt)?|forpligt\w*",
    r"straf\w*|bøden?|bøder",
    r"bortfald\w*|frakend\w*|fratag\w*|nedsættes|standses|karantæne\w*",
    r"tilbagebetal\w*|inkasso\w*|politianmeld\w*|selvforskyld\w*",
    r"tvang\w*|tvinge[rs]?|tvunge\w*|påbud\w*|pålagt|pålægges|påkræve[ts]",
    r"konsekvens\w*|udeblive\w*|overtræd\w*|advarsel|advarsler|advare[rs]?",
)
_THREAT = re.compile(r"\b(?:" + "|".join(THREATS) + r")\b", re.IGNORECASE)


def threats(text: str) -> tuple[str, ...]:
    """The threatening words of a Danish text, as they stand."""
    return tuple(text[start:end] for start, end in threat_spans(text))


def threat_spans(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _THREAT.finditer(text))


def check(text: str) -> tuple[Finding, ...]:
    """What stands between a citizen and this Danish text. An ERROR means that it cannot be published."""
    return (*_lix_findings(readability(text)), *_long_sentences(text), *_threat_findings(text))


def _lix_findings(measured: Readability) -> Iterator[Finding]:
    lix = measured.lix
    if lix is None or measured.words < MIN_WORDS:
        return
    if lix > LIMIT:
        yield Finding(Concern.LIX_TOO_HIGH, Severity.ERROR, lix)
    elif lix > TARGET:
        yield Finding(Concern.LIX_ABOVE_TARGET, Severity.WARNING, lix)


def _long_sentences(text: str) -> Iterator[Finding]:
    shown = _plain(text)
    for start, end in sentence_spans(shown):
        if (count := len(words(shown[start:end]))) > LONG_SENTENCE_WORDS:
            yield Finding(Concern.LONG_SENTENCE, Severity.WARNING, count, shown[start:end])


def _behind_mark(line: str) -> int:
    """Where a line begins behind the sign that makes it an item of a list."""
    lead = len(line) - len(line.lstrip())
    match = _LIST_ITEM.match(line, lead)
    return match.end() if match else lead


def _threat_findings(text: str) -> Iterator[Finding]:
    for word in threats(text):
        yield Finding(Concern.THREAT, Severity.ERROR, excerpt=word)


def _plain(text: str) -> str:
    """Without tags; what <br> parts is two lines."""
    return TAG.sub("", text.replace("<br>", "\n"))


def is_long(word: str) -> bool:
    return sum(char.isalpha() for char in word) >= LONG_WORD_LETTERS


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _prose(text: str) -> Iterator[str]:
    return (line for line in _lines(text) if not _LIST_ITEM.match(line) and not _is_heading(line))


def _is_heading(line: str) -> bool:
    if line.startswith("#"):
        return True
    return len(words(line)) <= _HEADING_WORDS and not any(_stops(line))


def _split(line: str) -> Iterator[str]:
    return (line[start:end] for start, end in _split_spans(line))


def _split_spans(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*_stops(line), len(line)):
        piece = line[start:end]
        if words(piece):
            begin = start + len(piece) - len(piece.lstrip())
            yield begin, begin + len(piece.strip())
        start = end


def _stops(line: str) -> Iterator[int]:
    """Where the sentences of a line end."""
    for match in _STOP.finditer(line):
        if not _goes_on(match[1], match[2], line[match.end() :].lstrip("\"'”’»([ ")):
            yield match.end()


def _goes_on(token: str, marks: str, rest: str) -> bool:
    """Is the full stop after `token` part of an abbreviation, an initial or an ordinal ("17. marts")?"""
    if marks != "." or not rest:
        return False
    word = token.lower().lstrip("\"'“”«»([")
    capital_follows = rest[0].isupper()
    if word.isdigit() or word in _CLOSING:
        return not capital_follows
    initial = len(token) == 1 and token.isupper()
    return initial or word in _ABBREVIATIONS
