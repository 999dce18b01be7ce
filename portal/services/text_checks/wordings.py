"""What is found of texts' names in one file, whichever language it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod

HOLE = "*"
ANY = "**"
"""Among the loose values: whatever else the text asks for."""
ASKS = frozenset({"t", "t_plain", "texts", "html", "html_and_lang", "letter", "words"})
"""What is called with a key."""
NAMES_NO_TEXT = frozenset({"url_for", "startswith"})
"""What is called with names of views, which look like keys."""
_MOST = 50
"""Of an expression with more wordings than these, what is put in is a hole."""


@dataclass(frozen=True)
class Found:
    """What a line says that may be a key; ``asked`` and ``loose`` as of ``lookups.Named``."""

    line: int
    text: str
    asked: bool = False
    loose: frozenset[str] = frozenset()


def added(left: list[str], right: list[str]) -> list[str]:
    """The wordings of a sum; none where it begins with what is not known: it may be of numbers."""
    return joined([left, right]) if left != [HOLE] else []


def joined(parts: list[list[str]]) -> list[str]:
    """Every way to say the parts in a row."""
    if prod(map(len, parts)) > _MOST:
        parts = [part if len(part) == 1 else [HOLE] for part in parts]
    return ["".join(each) for each in product(*parts)]
