"""The citizen's own PIN, the lock after wrong tries, and the one-time code that comes by letter.

The lock is gentle: it never opens by waiting or guessing, but a caseworker or a new letter code opens it.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

SHORTEST, LONGEST = 4, 8
TRIES = 5
LETTER_CODE_LENGTH = 8
LETTER_CODE_LIFETIME = timedelta(days=14)
# No 0/O/Q, 1/I/L, 2/Z, 5/S, 6/G, 8/B, U/V; no vowels, so that no letter from an authority spells a word.
LETTER_CODE_ALPHABET = "CDFHJKMNPRTVWX3479"

_SEQUENCES = ("01234567890", "09876543210")


class PinVerdict(Enum):
    GOOD = "good"
    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_EASY = "too_easy"


class Outcome(Enum):
    LET_IN = "let_in"
    WRONG = "wrong"
    LOCKED = "locked"


class CodeVerdict(Enum):
    OPEN = "open"
    EXPIRED = "expired"
    USED = "used"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Tries:
    """Wrong tries since the last right one. `Tries()` is also the state after an unlock or a new code."""

    wrong: int = 0
    locked_at: datetime | None = None

    @property
    def left(self) -> int:
        """Tries left before the lock, as the page tells the citizen."""
        return 0 if self.locked_at is not None else TRIES - self.wrong


@dataclass(frozen=True)
class Attempt:
    outcome: Outcome
    tries: Tries


@dataclass(frozen=True)
class CodeFacts:
    created_at: datetime
    used_at: datetime | None = None


def tidy_pin(typed: str) -> str:
    """Drop spaces, and read the digits of an Arabic or Persian keyboard as 0-9."""
    kept = (sign for sign in typed if not sign.isspace())
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in kept)


def judge_pin(pin: str) -> PinVerdict:
    """Judge a tidied PIN at the time of choosing.

    Dates and years are allowed: a forgotten PIN shuts its owner out, and the fifth wrong guess locks.
    """
    if re.fullmatch(r"[0-9]*", pin) is None:
        return PinVerdict.NOT_DIGITS
    if len(pin) < SHORTEST:
        return PinVerdict.TOO_SHORT
    if len(pin) > LONGEST:
        return PinVerdict.TOO_LONG
    if len(set(pin)) == 1 or any(pin in run for run in _SEQUENCES):
        return PinVerdict.TOO_EASY
    return PinVerdict.GOOD


def next_state(tries: Tries, correct: bool, now: datetime) -> Attempt:
    """One more try at `now` (aware, UTC). Once locked, even the right PIN changes nothing."""
    if tries.locked_at is not None:
        return Attempt(Outcome.LOCKED, tries)
    if correct:
        return Attempt(Outcome.LET_IN, Tries())
    wrong = tries.wrong + 1
    if wrong >= TRIES:
        return Attempt(Outcome.LOCKED, Tries(wrong, now))
    return Attempt(Outcome.WRONG, Tries(wrong))


def tidy_code(typed: str) -> str:
    """Read a letter code as people type it: small letters, spaces and hyphens do not matter."""
    return re.sub(r"[\s-]", "", typed).upper()


def looks_like_code(code: str) -> bool:
    """Whether a tidied code can have come from one of our letters."""
    return len(code) == LETTER_CODE_LENGTH and set(code) <= set(LETTER_CODE_ALPHABET)


def judge_code(facts: CodeFacts | None, now: datetime) -> CodeVerdict:
    """Say whether a letter code still opens; `facts` is None when no such code is stored."""
    if facts is None:
        return CodeVerdict.UNKNOWN
    if facts.used_at is not None:
        return CodeVerdict.USED
    if now >= facts.created_at + LETTER_CODE_LIFETIME:
        return CodeVerdict.EXPIRED
    return CodeVerdict.OPEN
