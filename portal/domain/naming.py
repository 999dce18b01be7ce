"""Who writes from a phone that several share: only who says so herself, in the first words of the SMS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from messaging.keywords import plain


@dataclass(frozen=True)
class Names:
    """What one of those who share the phone may call herself: her first name, or the word she chose."""

    first_name: str
    kendeord: str | None = None


@dataclass(frozen=True)
class Named:
    """``place`` is hers in what was asked of; ``says_more``: there are words after the name."""

    place: int
    says_more: bool


def who_is_named(text: str, sharers: Sequence[Names]) -> Named | None:
    """None unless the text begins with a name of exactly one of them: two of a name are told apart by their words.

    Whole words; case, accents and punctuation do not count.
    """
    said = plain(text)
    hits = {
        place: name
        for place, names in enumerate(sharers)
        for name in (names.first_name, names.kendeord or "")
        if plain(name) and f"{said} ".startswith(f"{plain(name)} ")
    }
    if len(hits) != 1:
        return None
    ((place, name),) = hits.items()
    return Named(place, says_more=said != plain(name))
