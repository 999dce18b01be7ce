"""The municipality's own texts: looked up beside what ships, checked, changed and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from unicodedata import category

from sqlalchemy.orm import Session

from i18n.catalogs import Entry
from i18n.checks import Problem, check_page, check_text, page_of
from i18n.formatting import fill, placeholders
from i18n.locales import DEFAULT, LOCALES
from i18n.plain_language import Severity
from i18n.texts import Catalogs, Forms, Overlay
from messaging.segments import Measure, measure
from portal.runtime import Portal
from portal.store import audit
from portal.store import texts as store
from portal.store.overlays import fresh
from portal.store.texts import TextOverride

SMS_VALUES = {
    "name": "Mohammad",
    "caseworker": "Kirsten",
    "minutes": "12",
    "word": "solsikke",
    "link": "L" * 45,
}
"""Ordinary names and the longest link: what an SMS is measured with."""
LONGEST_TEXT = 4_000
LONGEST_SUBJECT = 80


class Fault(StrEnum):
    """What no catalog would have, but a form or a file may send."""

    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"


class Origin(StrEnum):
    """Where the text that a reader sees comes from."""

    OWN = "own"
    SHIPPED = "shipped"
    STALE = "stale"
    """The Danish has changed since it was translated: Danish stands in its place."""
    MISSING = "missing"
    """Not translated: Danish stands in its place."""


@dataclass(frozen=True)
class TextRow:
    """``forms`` is what is shown in this language; for a stale or missing text what a translator starts from."""

    key: str
    entry: Entry
    source: Forms
    shipped: Forms
    forms: Forms
    origin: Origin

    @property
    def is_shown(self) -> bool:
        return self.origin in (Origin.OWN, Origin.SHIPPED)

    @property
    def has_own(self) -> bool:
        return self.origin is Origin.OWN or (self.origin is Origin.STALE and self.forms != self.shipped)


@dataclass(frozen=True)
class AreaCount:
    """``shown`` of ``total`` texts stand in the language itself; ``own`` are the municipality's."""

    area: str
    locale: str
    total: int
    shown: int
    own: int


@dataclass(frozen=True)
class Checked:
    """An ERROR among the problems refuses the text. ``sms`` measures a text of an SMS, else it is None."""

    problems: tuple[Problem, ...]
    sms: Measure | None = None

    @property
    def refused(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True)
class Bench:
    """What ships and what is the municipality's own, as a translator looks at it. Reads nothing more."""

    catalogs: Catalogs
    overlay: Overlay
    stale: Mapping[tuple[str, str], Forms]

    def row(self, locale: str, key: str) -> TextRow | None:
        danish = self.catalogs.entry(DEFAULT, key)
        if danish is None or locale not in LOCALES:
            return None
        source = self.overlay.get((DEFAULT, key), danish.forms)
        entry = self.catalogs.entry(locale, key)
        shipped = entry.forms if entry and not entry.empty else ()
        own, old = self.overlay.get((locale, key)), self.stale.get((locale, key))
        if own:
            return TextRow(key, danish, source, shipped, own, Origin.OWN)
        if old or (shipped and (source != danish.forms or (entry and entry.stale))):
            return TextRow(key, danish, source, shipped, old or shipped, Origin.STALE)
        return TextRow(key, danish, source, shipped, shipped, Origin.SHIPPED if shipped else Origin.MISSING)

    def rows(self, locale: str, area: str, search: str = "") -> list[TextRow]:
        """The texts of an area; ``search`` is looked for in key, context, Danish and translation."""
        found = (self.row(locale, key) for key in self.catalogs.keys(area))
        words = search.casefold().split()
        return [row for row in found if row and all(word in _searched(row) for word in words)]

    def counts(self, areas: Collection[str], locales: Sequence[str]) -> list[list[AreaCount]]:
        """For each of the areas that there are, its counts in each language."""
        known = [area for area in self.catalogs.areas() if area in areas]
        return [[self._count(locale, area) for locale in locales] for area in known]

    def _count(self, locale: str, area: str) -> AreaCount:
        rows = self.rows(locale, area)
        shown = sum(row.is_shown for row in rows)
        own = sum(row.origin is Origin.OWN for row in rows)
        return AreaCount(area, locale, len(rows), shown, own)


def _searched(row: TextRow) -> str:
    return "\n".join((row.key, row.entry.context, *row.source, *row.forms)).casefold()


def open_bench(session: Session, catalogs: Catalogs, locales: Collection[str] = tuple(LOCALES)) -> Bench:
    """The texts of these languages; Danish is always among them."""
    rows = store.in_locales(session, (*locales, DEFAULT))
    overlay = fresh(rows, catalogs)
    stale = {(row.locale, row.key): tuple(row.forms) for row in rows if (row.locale, row.key) not in overlay}
    return Bench(catalogs, overlay, stale)


def check(bench: Bench, row: TextRow, forms: Forms, locale: str) -> Checked:
    """Placeholders, plural forms and markup; for citizens' Danish also plain language, of the text and of the
    page it stands on; for an SMS its parts."""
    problems = [
        *_unreadable(row.key, forms, locale),
        *check_text(row.entry, forms, locale, bench.catalogs.glossary(DEFAULT)),
    ]
    if locale == DEFAULT:
        problems.extend(_page_problems(bench, row, forms))
    return Checked(tuple(problems), sms_measure(forms[0]) if row.entry.area == "sms" and forms else None)


def _page_problems(bench: Bench, row: TextRow, forms: Forms) -> Iterator[Problem]:
    page = page_of(row.key)
    if page is None or not forms:
        return
    rest = (bench.row(DEFAULT, key) for key in bench.catalogs.keys(row.entry.area) if page_of(key) == page)
    others = [each.forms[-1] for each in rest if each and each.key != row.key]
    for problem in check_page(page, (forms[-1], *others)):
        yield replace(problem, code=f"page_{problem.code}")


def _unreadable(key: str, forms: Forms, locale: str) -> Iterator[Problem]:
    if any(len(form) > LONGEST_TEXT for form in forms):
        yield Problem(Severity.ERROR, Fault.TOO_LONG, locale, key, str(LONGEST_TEXT))
    for sign in {sign for form in forms for sign in form if category(sign) == "Cc" and sign != "\n"}:
        yield Problem(Severity.ERROR, Fault.CONTROL_CHARACTER, locale, key, f"U+{ord(sign):04X}")


def sms_measure(text: str) -> Measure:
    """Of the SMS as it will be: with ordinary names and the longest link."""
    return measure(fill(text, {name: SMS_VALUES.get(name, name) for name in placeholders(text)}))


@dataclass(frozen=True)
class TextChange:
    locale: str
    key: str
    forms: Forms


@dataclass(frozen=True)
class Author:
    """Who changes the texts, and of which municipality."""

    municipality_id: int
    staff_id: int


def save(portal: Portal, author: Author, change: TextChange, now: datetime) -> Checked | None:
    """Stores the text unless it is refused; the next page and the next SMS show it. None for an unknown key."""
    with portal.database.write(author.municipality_id) as session:
        bench = open_bench(session, portal.catalogs, (change.locale,))
        row = bench.row(change.locale, change.key)
        if row is None:
            return None
        checked = check(bench, row, change.forms, change.locale)
        if not checked.refused:
            store_changes(session, [(change, row.source)], author.staff_id, now)
    portal.overlays.forget(author.municipality_id)
    return checked


def revert(portal: Portal, author: Author, locale: str, key: str, now: datetime) -> None:
    """Back to the text that ships with the product."""
    with portal.database.write(author.municipality_id) as session:
        store.remove(session, locale, key)
        _note(session, "text.reverted", f"{locale} {key}", author.staff_id, now)
        store.bump_revision(session)
    portal.overlays.forget(author.municipality_id)


def store_changes(
    session: Session, changes: Iterable[tuple[TextChange, Forms]], staff_id: int, now: datetime
) -> None:
    """Each change with the Danish it was made from. Whoever calls makes the process forget its overlay."""
    for change, source in changes:
        row = store.find(session, change.locale, change.key)
        if row is None:
            row = TextOverride(locale=change.locale, key=change.key)
            session.add(row)
        row.forms, row.source = list(change.forms), list(source)
        row.changed_by, row.changed_at = staff_id, now
        _note(session, "text.saved", f"{change.locale} {change.key}", staff_id, now)
    store.bump_revision(session)


def _note(session: Session, action: str, text: str, staff_id: int, now: datetime) -> None:
    audit.record(session, action, now, staff_id=staff_id, subject=f"text {text}"[:LONGEST_SUBJECT])
