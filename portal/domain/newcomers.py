"""The name of a citizen, as it is typed: it stands in SMS, so it holds nothing but a name."""

import unicodedata
from enum import StrEnum

LONGEST_NAME = 60
"""Characters of a first or a last name."""
_SIGNS = " -'’."


class WrongName(StrEnum):
    REQUIRED = "required"
    TOO_LONG = "too_long"
    SIGNS = "signs"


def tidy_name(typed: str) -> str:
    return " ".join(typed.split())


def wrong_name(name: str) -> WrongName | None:
    """Letters of every script with their marks, spaces, hyphens, apostrophes and full stops after a letter. Digits
    and other signs could make a number or a link of it: "a.b" is refused, "Ole B. Holm" is not."""
    if not name:
        return WrongName.REQUIRED
    if len(name) > LONGEST_NAME:
        return WrongName.TOO_LONG
    has_letter = any(unicodedata.category(sign)[0] == "L" for sign in name)
    is_plain = all(sign in _SIGNS or unicodedata.category(sign)[0] in "LM" for sign in name)
    dots_end_words = all(word.find(".") in (-1, len(word) - 1) for word in name.split())
    return None if has_letter and is_plain and dots_end_words else WrongName.SIGNS
