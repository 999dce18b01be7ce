"""A translation memory: what has been translated before, and how near it is to the text at hand.

Nearness is the share of signs that two Danish texts have in common in their order (the normalised indel ratio of
the longest common subsequence: 200 * LCS / (length of both)), as translators' programs count it. Before comparing,
each placeholder is one sign, so that a long name weighs no more than a short one, and large and small letters and
spaces are alike. 100 % is kept for the very same text: all that differs at all is at most 99 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from i18n.catalogs import area_of
from i18n.formatting import PLACEHOLDER
from i18n.word_diff import Run, word_diff

Forms = tuple[str, ...]

NEAR_ENOUGH = 70
"""Percent. Below it a translator is faster with an empty field [ours; translators' programs begin at 70 or 75]."""
ENOUGH = 3
_LOOKED_AT = 40
"""The best by the faster measure; among them the order is settled."""
_PLACE = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: stands for a placeholder, and in no text."""


@dataclass(frozen=True)
class Unit:
    """One translated text: `source` is the Danish that `forms` was made from (its last form, if it counts).

    `trust` puts a text that somebody has approved before a draft that is as near.
    """

    key: str
    source: str
    forms: Forms
    trust: int = 0


@dataclass(frozen=True)
class Match:
    """`forms` are the unit's, with the placeholders named as in the text at hand (`asked`) where that is plain."""

    unit: Unit
    percent: int
    forms: Forms
    asked: str

    @property
    def differs(self) -> tuple[Run, ...]:
        """From the unit's Danish to the text at hand, word by word; () where they are the same."""
        like = _renamed(self.unit.source, _names(self.unit.source, self.asked))
        return () if like == self.asked else word_diff(like, self.asked)


class Memory:
    """The translations of one language."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Units without a source or a translation are passed over."""
        self._units = [unit for unit in units if unit.source.strip() and any(map(str.strip, unit.forms))]
        self._compared = [_comparable(unit.source) for unit in self._units]
        self._same: dict[str, list[int]] = {}
        for place, unit in enumerate(self._units):
            self._same.setdefault(unit.source, []).append(place)

    def matches(self, source: str, key: str = "", limit: int = ENOUGH) -> tuple[Match, ...]:
        """The nearest first: the very same text before all, then percent, trust and the same area.

        `key` is the text at hand, which is no match of itself. Each translation is offered once.
        """
        ranked = sorted(self._candidates(source, key), key=lambda match: _rank(match, key))
        chosen: dict[Forms, Match] = {}
        for match in ranked:
            chosen.setdefault(match.forms, match)
        return tuple(chosen.values())[:limit]

    def _candidates(self, source: str, key: str) -> Iterator[Match]:
        asked = _comparable(source)
        if not asked:
            return
        from rapidfuzz import fuzz, process  # noqa: PLC0415 — 3 MB, for translators alone

        near = process.extract(
            asked, self._compared, scorer=fuzz.ratio, limit=_LOOKED_AT, score_cutoff=NEAR_ENOUGH
        )
        percents = {place: min(99, int(score)) for _, score, place in near}
        for place, percent in {**percents, **dict.fromkeys(self._same.get(source, ()), 100)}.items():
            if self._units[place].key != key:
                yield _match(self._units[place], percent, source)


def _rank(match: Match, key: str) -> tuple[int, int, bool, str]:
    return -match.percent, -match.unit.trust, area_of(match.unit.key) != area_of(key), match.unit.key


@lru_cache(maxsize=20_000)
def _comparable(text: str) -> str:
    """Asked of the same few thousand texts again and again."""
    return " ".join(PLACEHOLDER.sub(_PLACE, text).casefold().split())


def _match(unit: Unit, percent: int, source: str) -> Match:
    names = _names(unit.source, source)
    return Match(unit, percent, tuple(_renamed(form, names) for form in unit.forms), source)


def _names(old: str, new: str) -> Mapping[str, str]:
    """What both texts hold keeps its name. Of the others the first is taken for the first, and so on, where both hold
    as many."""
    olds, news = (list(dict.fromkeys(PLACEHOLDER.findall(text))) for text in (old, new))
    gone, come = [name for name in olds if name not in news], [name for name in news if name not in olds]
    return dict(zip(gone, come, strict=True)) if len(gone) == len(come) else {}


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: f"{{{names.get(match[1], match[1])}}}", text)
