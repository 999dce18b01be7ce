"""Words of crisis in a message: a reason for a person to look at once, and no more. Nobody is judged by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from messaging.keywords import plain

STEM = "*"
SPARED = "-"
"""Before a phrase: what only sounds like one of the list ("-i fare for at miste")."""
SHORTEST, LONGEST = 4, 60
"""Letters and signs of a phrase."""
ANSWER_AGAIN_AFTER = timedelta(hours=6)
"""The numbers to call are sent at most once in this time: who is in need may write ten messages in a row."""


def phrases_in(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """The listed phrases that the message holds, as they stand in the text, each once, in its plain form.

    Whole words only, in the order written; case, accents and punctuation do not count, ``*`` ends a stem, and what
    a ``-`` spares is passed over. Several phrases that lie over each other give the first one.
    """
    meant, spared = _patterns(tuple(phrases))
    if meant is None:
        return ()
    said = spared.sub(_PASSED_OVER, plain(text)) if spared else plain(text)
    return tuple(dict.fromkeys(meant.findall(said)))


class Flaw(StrEnum):
    """Why a phrase, or a list of them, will not do."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    STEM_INSIDE = "stem_inside"


def flaw_of(phrase: str) -> Flaw | None:
    """None for a phrase that may stand in a list. A short one would raise what everybody writes."""
    if len(plain(phrase)) < SHORTEST:
        return Flaw.TOO_SHORT
    if len(phrase) > LONGEST:
        return Flaw.TOO_LONG
    return Flaw.STEM_INSIDE if STEM in phrase.rstrip()[:-1] else None


def answers_again(answered_at: datetime | None, now: datetime) -> bool:
    """Whether the numbers to call are due, when they were last given at ``answered_at`` (None: never)."""
    return answered_at is None or now - answered_at >= ANSWER_AGAIN_AFTER


_PASSED_OVER = "|"
"""No word of ours has this sign in it, so that no phrase reaches across."""


@lru_cache(maxsize=256)
def _patterns(phrases: tuple[str, ...]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What is meant, and what is spared."""
    spared = [phrase for phrase in phrases if phrase.lstrip().startswith(SPARED)]
    return _pattern([phrase for phrase in phrases if phrase not in spared]), _pattern(spared)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    parts = [part for part in map(_part, phrases) if part]
    return re.compile(rf"(?<!\S)(?:{'|'.join(parts)})(?!\S)") if parts else None


def _part(phrase: str) -> str:
    words = plain(phrase)
    if not words:
        return ""
    return re.escape(words) + (r"\S*" if phrase.rstrip().endswith(STEM) else "")
