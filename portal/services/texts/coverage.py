"""How far each language has come: what is translated, what is approved, and how many citizens that reaches."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from i18n.checks import met_by_citizens
from i18n.locales import DEFAULT, LOCALES
from portal.domain.texts import Standing
from portal.services.texts import trials
from portal.services.texts.bench import Bench, Glance, TextRow
from portal.store import people
from portal.store.text_reviews import TextTrial


@dataclass(frozen=True)
class Cell:
    """The citizens' texts of one area in one language."""

    area: str
    locale: str
    counts: Mapping[Standing, int]
    trial: TextTrial | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def approved(self) -> int:
        return self.counts.get(Standing.NATIVE_APPROVED, 0)

    @property
    def translated(self) -> int:
        return self.total - self.counts.get(Standing.MISSING, 0) - self.counts.get(Standing.STALE, 0)


@dataclass(frozen=True)
class Stale:
    """``since``: when the Danish went live that it does not fit; None where it shipped so."""

    row: TextRow
    since: datetime | None


@dataclass(frozen=True)
class Language:
    """``citizens`` have it; ``approvers``: (name, texts that she stands for), the most first."""

    locale: str
    whole: Cell
    citizens: int
    oldest_stale: Stale | None
    approvers: Sequence[tuple[str, int]]

    @property
    def is_whole(self) -> bool:
        return self.whole.translated == self.whole.total

    @property
    def is_approved(self) -> bool:
        return self.whole.approved == self.whole.total


@dataclass(frozen=True)
class Coverage:
    languages: Sequence[Language]
    areas: Mapping[str, Sequence[Cell]]
    form_titles: Mapping[str, str]

    @property
    def citizens(self) -> int:
        return sum(each.citizens for each in self.languages)

    @property
    def reached_whole(self) -> int:
        """Citizens whose language has every text."""
        return sum(each.citizens for each in self.languages if each.is_whole)

    @property
    def reached_approved(self) -> int:
        """Citizens whose language has every text, and a native speaker's name on each."""
        return sum(each.citizens for each in self.languages if each.is_approved)


def measure(session: Session, bench: Bench) -> Coverage:
    """``bench``: of every language. Staff's own texts are Danish, and not counted."""
    met = met_by_citizens(bench.catalogs)
    texts = {locale: list(bench.glances(locale, met)) for locale in LOCALES}
    citizens, tried = people.count_by_language(session), trials.newest(session)
    counted = {locale: _by_area(found) for locale, found in texts.items()}
    areas = {
        area: [
            Cell(area, locale, counted[locale].get(area, {}), tried.get((locale, area))) for locale in LOCALES
        ]
        for area in counted[DEFAULT]
    }
    names = {each.id: each.name for each in people.colleagues(session, sorted(_approvers(texts)))}
    languages = [_language(bench, locale, found, citizens, names) for locale, found in texts.items()]
    return Coverage(languages, areas, bench.form_titles)


def _by_area(texts: Iterable[Glance]) -> Mapping[str, Mapping[Standing, int]]:
    counted: defaultdict[str, Counter[Standing]] = defaultdict(Counter)
    for each in texts:
        counted[each.area][each.standing] += 1
    return counted


def _approvers(texts: Mapping[str, Sequence[Glance]]) -> set[int]:
    return {each.approved_by for found in texts.values() for each in found if each.approved_by}


def _language(
    bench: Bench,
    locale: str,
    texts: Sequence[Glance],
    citizens: Mapping[str, int],
    names: Mapping[int, str],
) -> Language:
    rows = (bench.row(locale, each.key) for each in texts if each.standing is Standing.STALE)
    stale = [Stale(row, _since(bench, row)) for row in rows if row]
    dated = sorted((each for each in stale if each.since), key=lambda each: str(each.since))
    oldest = next(iter(dated or stale), None)
    approved = Counter(names[each.approved_by] for each in texts if each.approved_by)
    whole = Cell("", locale, Counter(each.standing for each in texts))
    return Language(locale, whole, citizens.get(locale, 0), oldest, approved.most_common())


def _since(bench: Bench, row: TextRow) -> datetime | None:
    danish = bench.kept.get(("da", row.key))
    return danish.published_at if danish and danish.forms else None


STANDINGS = tuple(reversed(Standing))


def as_csv(coverage: Coverage) -> bytes:
    """One line an area and language, as a Danish spreadsheet opens it: semicolons, and UTF-8 that says so."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=";").writerow
    write(["language", "area", "texts", *STANDINGS, "tested_on", "tested_by_citizens"])
    for area, cells in coverage.areas.items():
        for cell in cells:
            counts = [cell.counts.get(each, 0) for each in STANDINGS]
            tried = [cell.trial.tried_on, cell.trial.citizens] if cell.trial else ["", ""]
            write([cell.locale, area, cell.total, *counts, *tried])
    return out.getvalue().encode("utf-8-sig")
