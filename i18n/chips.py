"""Placeholders while somebody types: which are there, which are missing, and what a slip of the hand has broken.

In a text that runs from right to left the braces look turned around on the screen, and many a hand turns them
"back"; keyboards, phones and other programs put direction marks, full-width braces or spaces around the name.
`mended` undoes all of these, and only for the names that the text has: everything else a person meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from i18n.formatting import PLACEHOLDER

_OPEN, _CLOSE = "{\uff5b\ufe5b", "}\uff5d\ufe5c"
_MARKS = "\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
_BRACE = f"[{_OPEN}{_CLOSE}]"
_SPACE = f"[ \t\u00a0{_MARKS}]*"


@dataclass(frozen=True)
class Chips:
    """`wanted`: the names that the Danish has, in its order. `missing` of them are not in the text, and `surplus`
    are names that the Danish does not have."""

    wanted: tuple[str, ...]
    missing: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def fit(self) -> bool:
        return not self.missing and not self.surplus


def names(forms: Iterable[str]) -> tuple[str, ...]:
    """The placeholders of a text, each once, in the order they come in."""
    return tuple(dict.fromkeys(name for form in forms for name in PLACEHOLDER.findall(form)))


def chips(source: Iterable[str], form: str, *, plural: bool = False) -> Chips:
    """How one form of a translation stands to its source. In a text that counts, {n} may be left out of a form."""
    wanted, own = names((*source, *(("{n}",) if plural else ()))), names((form,))
    optional = {"n"} if plural else set()
    return Chips(
        wanted,
        tuple(name for name in wanted if name not in own and name not in optional),
        tuple(name for name in own if name not in wanted),
    )


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: words, or one placeholder with its braces."""

    text: str
    is_placeholder: bool


def pieces(text: str) -> tuple[Piece, ...]:
    """The text in its pieces, so that a page can keep each placeholder apart: in a text that runs from right to left
    it would be drawn in pieces else."""
    parts = re.split(rf"({PLACEHOLDER.pattern.replace('(', '(?:')})", text)
    return tuple(Piece(part, is_placeholder=bool(n % 2)) for n, part in enumerate(parts) if part)


def mended(text: str, known: Collection[str]) -> str:
    """`text` with each known placeholder made whole where its braces are turned around, full-width, or parted from
    its name by spaces or direction marks; large letters are made small. A whole placeholder is left as it is."""
    if not known or not re.search(_BRACE, text):
        return text
    listed = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    whole = PLACEHOLDER.pattern.replace("(", "(?:")
    brace = f"(?!{whole}){_BRACE}"
    broken = f"[{_MARKS}]*{brace}{_SPACE}((?i:{listed})){_SPACE}{brace}[{_MARKS}]*"
    return re.sub(
        f"{whole}|{broken}",
        lambda match: f"{{{match[1].lower()}}}" if match[1] else match[0],
        text,
    )
