"""The translator's work list: the texts of one language, those that need her most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from i18n.checks import SECOND, met_by_citizens
from i18n.locales import DEFAULT
from portal.domain.form_texts import is_form_key
from portal.domain.texts import Kind, Standing
from portal.domain.work_list import Weighed, met, order
from portal.services.texts.bench import Bench, TextRow

SPOKEN_BY_STAFF = (DEFAULT, SECOND)
"""The languages that staff's own pages are offered in."""


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; without an area or a kind it holds what citizens meet."""

    standing: Standing | None = None
    kind: Kind | None = None
    area: str = ""
    search: str = ""
    changed_by: int | None = None
    keys: Collection[str] | None = None
    """None: whatever they are called."""


@dataclass(frozen=True)
class WorkList:
    """``rows`` in the order they are to be taken. ``counts``: how many of each standing there are when all but the
    standing is asked for."""

    rows: tuple[TextRow, ...]
    counts: Mapping[Standing, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(row.key for row in self.rows)


def work_list(bench: Bench, locale: str, asked: Asked) -> WorkList:
    """Reads nothing: the bench holds all there is."""
    by_citizens = met_by_citizens(bench.catalogs)
    staffs_too = locale in SPOKEN_BY_STAFF and (asked.area or asked.kind is Kind.STAFF)
    rows = bench.rows(locale, asked.area or None, asked.search, None if staffs_too else by_citizens)
    found = [row for row in rows if _fits(row, asked) and (staffs_too or _for_citizens(row, by_citizens))]
    chosen = [row for row in found if asked.standing in (None, row.standing)]
    weighed = {row.key: _weighed(row, place, by_citizens) for place, row in enumerate(chosen)}
    chosen.sort(key=lambda row: order(weighed[row.key]))
    return WorkList(tuple(chosen), Counter(row.standing for row in found))


def areas(bench: Bench, locale: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Those that have texts in this language: what citizens read, questionnaires, what staff read."""
    by_citizens = {key.partition(".")[0] for key in met_by_citizens(bench.catalogs)}
    forms = tuple(dict.fromkeys(text.area for text in bench.form_texts.values()))
    catalogs = bench.catalogs.areas()
    theirs = tuple(area for area in catalogs if area in by_citizens)
    ours = tuple(area for area in catalogs if area not in by_citizens)
    return theirs, forms, ours if locale in SPOKEN_BY_STAFF else ()


def _fits(row: TextRow, asked: Asked) -> bool:
    is_named = asked.keys is None or row.key in asked.keys
    return is_named and asked.kind in (None, row.kind) and asked.changed_by in (None, row.changed_by)


def _for_citizens(row: TextRow, by_citizens: Mapping[str, None]) -> bool:
    return row.kind is not Kind.STAFF if is_form_key(row.key) else row.key in by_citizens


def _weighed(row: TextRow, place: int, by_citizens: Mapping[str, None]) -> Weighed:
    weight = met(row.key, by_citizens=_for_citizens(row, by_citizens))
    return Weighed(row.standing, weight, place)
