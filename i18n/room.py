"""How much room a text takes on the narrowest page, beside the room that it has.

Signs are counted as a reader sees them: a vowel mark above a letter takes no room of its own. What a font really
does is measured in a browser; this is for whoever is typing.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass

from i18n.formatting import PLACEHOLDER

BUTTON_LINE = 26
"""Signs in one line of a button on a page that is 320 px wide: 248 px of text at 18 px, half-bold [ours]."""
BUTTON_LINES = 2
_BUTTON = re.compile(
    r"(?:small )?button\b|(?!heading of a column).*(?:\b(?:and|or) button\b|\blike a button\b)", re.I
)
_WIDE = ("ETHIOPIC", "CJK", "HANGUL", "HIRAGANA", "KATAKANA")
_VALUE = "x" * 8
"""In the place of a placeholder: an ordinary first name."""


@dataclass(frozen=True)
class Room:
    """`longest_word` is what cannot be broken over two lines."""

    signs: int
    lines: int
    longest_word: int

    @property
    def fits(self) -> bool:
        return self.lines <= BUTTON_LINES and self.longest_word <= BUTTON_LINE


def is_button(context: str) -> bool:
    """Whether the context that stands above a text in the Danish catalog says that it is on a button."""
    return _BUTTON.match(context) is not None


def on_button(text: str) -> Room:
    """The text as the label of a button for citizens."""
    shown = _drawn(PLACEHOLDER.sub(_VALUE, text))
    lines = textwrap.wrap(shown, BUTTON_LINE, break_on_hyphens=True)
    return Room(len(shown), len(lines), max(map(len, shown.split()), default=0))


def _drawn(text: str) -> str:
    """One sign for each that takes the room of a Latin letter."""
    return "".join(
        sign * (2 if sign.isalpha() and unicodedata.name(sign, "").startswith(_WIDE) else 1)
        for sign in text
        if unicodedata.category(sign) not in ("Mn", "Me", "Cf")
    )
