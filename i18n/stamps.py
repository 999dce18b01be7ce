"""Stamps: a translation says which Danish it was made from, so that a changed Danish makes it stale by itself.

A stamp is the beginning of a SHA-256 of the Danish forms. It is kept in the translator's comment
`# source: 1a2b3c4d`, beside `# status:`.
"""

from __future__ import annotations

import hashlib
import re

_LENGTH = 8
_STAMP = re.compile(rf"^source:[ \t]*([0-9a-f]{{{_LENGTH}}})[ \t]*$", re.MULTILINE)
_BETWEEN = "\x1f"  # in no text: one form with two sentences is not two forms


def stamp(forms: tuple[str, ...]) -> str:
    """Eight hexadecimal digits for a Danish text, of one form or one for each plural category."""
    return hashlib.sha256(_BETWEEN.join(forms).encode()).hexdigest()[:_LENGTH]


def stamp_in(comment: str) -> str:
    """The stamp in a translator's comment; "" when it has none."""
    match = _STAMP.search(comment)
    return match[1] if match else ""


def stamped(comment: str, mark: str) -> str:
    """The translator's comment with this stamp, in the old one's place or behind what it says."""
    line = f"source: {mark}"
    if _STAMP.search(comment):
        return _STAMP.sub(line, comment)
    return f"{comment}\n{line}" if comment else line
