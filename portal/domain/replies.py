"""A reply by SMS -> the answer it is, where it plainly is one. What is not plain is left to a person.

The whole message must be the answer, with at most polite words about it: "ja tak" and "nej desværre" are answers,
"ja, men jeg kunne ikke komme ind" is a message. People answer in any language they have, so all lists count, but
where a word means different things the question's language decides, then Danish, then English: "tak" is yes to
who was asked in Polish and thanks to everybody else. Where the remaining languages do not agree, nothing is guessed.

Pictures alone are no answer: a raised thumb is a yes in Denmark and an insult in Iran. "4/5" is none either: it can
be four out of five, or four or five.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from messaging.keywords import plain
from portal.domain.reply_words import WORDS

YES, NO = "yes", "no"
LOWEST, HIGHEST = 1, 5
MOST_WORDS = 12
"""A longer message says more than the answer."""


class ReplyKind(StrEnum):
    """What a question asks for."""

    FREE = "free"
    YES_NO = "yes_no"
    NUMBER = "number"


@dataclass(frozen=True)
class Understood:
    """``value``: "yes" or "no", "1" to "5", or the words themselves."""

    value: str


@dataclass(frozen=True)
class NotUnderstood:
    """A message for a person to read."""


Meaning = Understood | NotUnderstood
Phrase = tuple[str, ...]

_ANSWERS = {
    ReplyKind.YES_NO: frozenset({YES, NO}),
    ReplyKind.NUMBER: frozenset(str(number) for number in range(LOWEST, HIGHEST + 1)),
}
_BESIDE = {YES: frozenset({"polite", "with_yes"}), NO: frozenset({"polite", "with_no"})}
_BESIDE_NUMBER = frozenset({"polite", "with_yes", "with_number"})
_LAST_RESORTS = ("da", "en")
_SMILEY = re.compile(r"(?<!\S)[:;=]-?3(?!\w)|<3+(?!\w)|[:;=]['-]?[dpo](?!\w)", re.IGNORECASE)
"""Those that hold a digit or a letter: the others are punctuation, which does not count."""
_NO_PLAIN_NUMBER = re.compile(r"(?<!\w)(?:[-\u2010-\u2015\u2212]|[<>~\u2264\u2265]\s*)\d")
_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d])\1")
_WORD = re.compile(r"\d+|[^\d\s]+")
_ONE_LETTER_TWO_SIGNS = str.maketrans({"ኣ": "አ", "ዓ": "ዐ"})
"""Beside those of ``plain``: which of the two Ethiopic letters a phone offers is chance."""


def understand(text: str, kind: ReplyKind, language: str, names: Iterable[str] = ()) -> Meaning:
    """What ``text`` answers to a question of ``kind`` that was asked in ``language``; never raises.

    ``names`` (her own, her caseworker's) count as polite words: "Ja. Hilsen Mette".
    """
    if kind is ReplyKind.FREE:
        return Understood(text.strip()) if text.strip() else NotUnderstood()
    text = _SMILEY.sub(" ", text)
    if kind is ReplyKind.NUMBER and _NO_PLAIN_NUMBER.search(text):
        return NotUnderstood()
    words = _words(text)
    if not words or len(words) > MOST_WORDS:
        return NotUnderstood()
    return _meaning(list(_senses(words, language, _name_words(names))), kind)


def _meaning(senses: list[str], kind: ReplyKind) -> Meaning:
    answers = [sense for sense in senses if sense in _ANSWERS[kind]]
    if len(set(answers)) != 1 or (kind is ReplyKind.NUMBER and len(answers) > 1):
        return NotUnderstood()
    beside = _BESIDE.get(answers[0], _BESIDE_NUMBER)
    said_else = any(sense not in beside for sense in senses if sense != answers[0])
    return NotUnderstood() if said_else else Understood(answers[0])


def _senses(words: Phrase, language: str, names: frozenset[str]) -> Iterator[str]:
    """The longest known phrase at each place and what it is; an unknown word is "unknown"."""
    known, place = _lexicon(language), 0
    while place < len(words):
        found = next(
            (words[place:end] for end in range(len(words), place, -1) if words[place:end] in known), None
        )
        if found is None:
            yield "polite" if words[place] in names else _slipped(words[place], known)
        else:
            yield known[found]
        place += len(found or (words[place],))


def _slipped(word: str, known: Mapping[Phrase, str]) -> str:
    """A yes or no with a letter struck twice ("noo", "niee"); never a number: "too" is not "to"."""
    sense = known.get((_DOUBLED.sub(r"\1", word),), "unknown")
    return sense if sense in _ANSWERS[ReplyKind.YES_NO] else "unknown"


def _words(text: str) -> Phrase:
    """Plain words and numbers; digits of any script are written 0-9, drawn-out letters once ("jaaaa")."""
    digits = "".join(_digit(sign) for sign in plain(text).translate(_ONE_LETTER_TWO_SIGNS))
    return tuple(_WORD.findall(_DRAWN_OUT.sub(r"\1", digits)))


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _name_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in _words(name))


@lru_cache(maxsize=32)
def _lexicon(language: str) -> Mapping[Phrase, str]:
    """Every phrase with its sense for a question in ``language``."""
    lists = {code: _phrases(code) for code in WORDS}
    first = [lists[code] for code in dict.fromkeys((language, *_LAST_RESORTS)) if code in lists]
    lexicon: dict[Phrase, str] = {(digit,): digit for digit in _ANSWERS[ReplyKind.NUMBER]}
    for phrase in {phrase for known in lists.values() for phrase in known}:
        senses = [known[phrase] for known in first if phrase in known]
        every = {known[phrase] for known in lists.values() if phrase in known}
        lexicon[phrase] = senses[0] if senses else every.pop() if len(every) == 1 else "unknown"
    return lexicon


@lru_cache(maxsize=32)
def _phrases(code: str) -> Mapping[Phrase, str]:
    return {_words(entry): sense for sense, entries in WORDS[code].items() for entry in entries.split(",")}
