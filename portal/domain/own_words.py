"""What a person writes in her own words: how long it may be. Nothing else is asked of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WhyNot(StrEnum):
    """Named as the texts beside a field are."""

    EMPTY = "required"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class NotTaken:
    """``longest`` and ``written`` are in characters, as a person counts them on the page."""

    why: WhyNot
    longest: int
    written: int


def mark_of_change(changed_at: datetime | None) -> str:
    """Another one after each change; empty before the first."""
    return "" if changed_at is None else f"{round(changed_at.timestamp() * 1_000_000):x}"


def tidy(typed: str) -> str:
    """Lines end as they do everywhere, nothing stands around the words, and no character that PostgreSQL refuses."""
    return typed.replace("\r\n", "\n").replace("\0", "").strip()


def check(typed: str, longest: int) -> str | NotTaken:
    """The words as they are kept, or why they are not."""
    words = tidy(typed)
    if not words:
        return NotTaken(WhyNot.EMPTY, longest, 0)
    return NotTaken(WhyNot.TOO_LONG, longest, len(words)) if len(words) > longest else words
