"""What has changed between two wordings, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Run:
    """Neighbouring words that had the same fate; their text has its spaces."""

    change: Change
    text: str


_TOKEN = re.compile(r"\{[a-z][a-z0-9_]*\}|</?[a-zA-Z]+>|\w+(?:[-'’]\w+)*|\s+|.", re.DOTALL)


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """From `old` to `new`: kept and removed joined are `old`, kept and added joined are `new`.

    What went stands before what came in its place. A placeholder and a tag are a word each. A space between two
    changed words is changed with them: one run reads better than three.
    """
    old_words, new_words = _TOKEN.findall(old), _TOKEN.findall(new)
    return tuple(_joined(_blocks(old_words, new_words)))


_Block = tuple[str, str, str]
"""What was kept, removed and added, in this order; either the first is empty or the others are."""


def _blocks(old: list[str], new: list[str]) -> Iterator[_Block]:
    found = [
        ("".join(old[i:j]), "", "") if tag == "equal" else ("", "".join(old[i:j]), "".join(new[k:m]))
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
    for place, (kept, removed, added) in enumerate(found):
        is_between = 0 < place < len(found) - 1
        yield ("", kept, kept) if kept.isspace() and is_between else (kept, removed, added)


def _joined(blocks: Iterator[_Block]) -> Iterator[Run]:
    for is_kept, group in groupby(blocks, key=lambda block: bool(block[0])):
        kept, removed, added = ("".join(parts) for parts in zip(*group, strict=True))
        pairs = ((Change.KEPT, kept),) if is_kept else ((Change.REMOVED, removed), (Change.ADDED, added))
        yield from (Run(change, text) for change, text in pairs if text)
