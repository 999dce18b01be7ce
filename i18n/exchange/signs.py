"""Signs that no text may bring: unseen ones that steer a screen, and the traces of a wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from i18n.exchange.units import Reason
from i18n.formatting import placeholders

_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_OPENS, _CLOSES = frozenset("\u2066\u2067\u2068"), "\u2069"
_TURNED = re.compile(r"\}([a-z][a-z0-9_]*)\{")
_STEERED = re.compile(r"\{[^{}]*\}")
_PUNCTUATION = "«»“”„‘’‚…–—•.,:;!?()"
"""At the end of a word in capitals ("PÅ”") it would read as one sign that was encoded twice."""
_UNSEEN = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")

Found = tuple[Reason, str]


def strange_signs(form: str) -> Iterator[Found]:
    """What is wrong with a text as a row of signs, each with the sign or the place."""
    for sign in sorted(
        {sign for sign in form if unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n"}
    ):
        yield Reason.CONTROL_CHARACTER, f"U+{ord(sign):04X}"
    for sign in sorted(set(form) & _OVERRIDES) or _unbalanced(form):
        yield Reason.DIRECTION_CONTROL, f"U+{ord(sign):04X}"
    if trace := _garbled(form):
        yield Reason.GARBLED, trace


def _unbalanced(form: str) -> list[str]:
    """An isolate that is never closed, or closed twice, reaches into what stands after the text."""
    depth = 0
    for sign in form:
        depth += (sign in _OPENS) - (sign == _CLOSES)
        if depth < 0:
            return [_CLOSES]
    return [next(sign for sign in form if sign in _OPENS)] if depth else []


def _garbled(form: str) -> str:
    """The word where "æ" has become "Ã¦", or a sign that stands for one that was lost."""
    words = (word.strip(_PUNCTUATION) for word in form.split())
    return next((word for word in words if "\ufffd" in word or _twice_encoded(word)), "")


def _twice_encoded(word: str) -> bool:
    """UTF-8 read as Windows-1252, and written as UTF-8 once more: it can be undone, which no real word can."""
    try:
        return word.encode("cp1252").decode("utf-8") != word
    except UnicodeError:
        return False


def turned_around(form: str, known: frozenset[str]) -> str | None:
    """The name in a placeholder that was typed from right to left: "}name{", which a right-to-left page shows as
    "{name}"; or one with an unseen mark of direction inside. None where there is none."""
    turned = (match[1] for match in _TURNED.finditer(form) if match[1] in known)
    inside = (_UNSEEN.sub("", match[0]) for match in _STEERED.finditer(form) if _UNSEEN.search(match[0]))
    steered = (name for text in inside for name in placeholders(text) if name in known)
    return next(iter((*turned, *steered)), None)
