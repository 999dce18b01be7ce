"""Every text as a translator looks at it: what ships, what is the municipality's own, and what is on its way.

Catalogs and questionnaires are one source here: each text has a key, its Danish, and a standing in each language.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from sqlalchemy.orm import Session

from i18n.catalogs import Entry, Status
from i18n.checks import READ_BY_CITIZENS
from i18n.locales import DEFAULT, LOCALES
from i18n.texts import Catalogs, Forms, Overlay
from portal.domain.form_texts import PREFIX, FormText, is_form_key, texts_of
from portal.domain.questionnaires import Questionnaire, Respondent
from portal.domain.texts import Kind, Standing
from portal.store import questionnaires
from portal.store import texts as store
from portal.store.overlays import fresh
from portal.store.texts import KeptText


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
    """One text in one language.

    ``live`` is what citizens are shown in this language, () where Danish stands in. ``forms`` is the newest wording:
    the draft's, else the live one, else what a translator may start from. ``made_from`` is the Danish that the newest
    wording was made from, () where nobody knows; it differs from ``source`` when the text is stale. ``version`` goes
    with a change, so that nobody overwrites what she has not seen.
    """

    key: str
    locale: str
    entry: Entry
    area: str
    kind: Kind
    source: Forms
    shipped: Forms
    live: Forms
    forms: Forms
    made_from: Forms
    origin: Origin
    standing: Standing
    is_source: bool
    """Danish, or a form's own language: what the others are made from."""
    has_own: bool = False
    """Whether there is anything of the municipality's to take back."""
    has_draft: bool = False
    scale: str = ""
    question: str = ""
    version: int = 0
    changed_by: int | None = None
    changed_at: datetime | None = None
    approved_by: int | None = None
    approved_at: datetime | None = None
    upstream: Forms = ()
    """The Danish that ships now, where it has changed since the municipality made its own."""

    @property
    def is_shown(self) -> bool:
        return self.origin in (Origin.OWN, Origin.SHIPPED)

    @property
    def status(self) -> Status:
        """Of the newest wording, were it not stale. A text that is missing has yet to begin."""
        found = set(Status) & {self.standing.value}
        return Status(found.pop()) if found else Status.DRAFT


class Glance(NamedTuple):
    """What a count asks of a text."""

    key: str
    area: str
    standing: Standing
    approved_by: int | None


@dataclass(frozen=True)
class AreaCount:
    """``shown`` of ``total`` texts stand in the language itself; ``own`` are the municipality's."""

    area: str
    locale: str
    total: int
    shown: int
    own: int


Kept = Mapping[tuple[str, str], KeptText]
"""(locale, key) -> the municipality's own row."""


@dataclass(frozen=True)
class Bench:
    """All texts of some languages; Danish is always among them. Reads nothing more."""

    catalogs: Catalogs
    overlay: Overlay
    kept: Kept = field(default_factory=dict)
    forms: Sequence[Questionnaire] = ()
    shipped_forms: frozenset[str] = frozenset()
    """The keys of those questionnaires that stand as they ship."""

    def keys(self, area: str | None = None) -> tuple[str, ...]:
        """In the order they are met; of one area ("sms", "form.progression_citizen") or of all."""
        in_forms = (key for key, text in self.form_texts.items() if area in (None, text.area))
        return (*self.catalogs.keys(area), *in_forms)

    def areas(self) -> tuple[str, ...]:
        return (*self.catalogs.areas(), *dict.fromkeys(text.area for text in self.form_texts.values()))

    @cached_property
    def form_texts(self) -> Mapping[str, FormText]:
        return {key: text for form in self.forms for key, text in texts_of(form).items()}

    @property
    def form_titles(self) -> Mapping[str, str]:
        """Area -> what the form is called in its own language."""
        return {
            f"{PREFIX}{form.key}": form.titles.get(form.default_language, form.key) for form in self.forms
        }

    def row(self, locale: str, key: str) -> TextRow | None:
        """None for an unknown key or language."""
        if locale not in LOCALES:
            return None
        if is_form_key(key):
            text = self.form_texts.get(key)
            return self._of_form(locale, text) if text else None
        danish = self.catalogs.entry(DEFAULT, key)
        return self._of_catalog(locale, danish) if danish else None

    def rows(
        self, locale: str, area: str | None = None, search: str = "", among: Container[str] | None = None
    ) -> list[TextRow]:
        """The texts of an area, or all; ``search`` is looked for in key, context, Danish and translation. ``among``:
        of the catalogs these alone."""
        keys = self.keys(area)
        if among is not None:
            keys = tuple(key for key in keys if key in among or is_form_key(key))
        found = (self.row(locale, key) for key in keys)
        words = search.casefold().split()
        return [row for row in found if row and all(word in _searched(row) for word in words)]

    def glances(self, locale: str, among: Iterable[str]) -> Iterator[Glance]:
        """The texts that citizens meet: ``among`` the catalogs', and those of their forms. A tenth of what their rows
        cost, since most are as they ship."""
        for key in among:
            danish = self.catalogs.entry(DEFAULT, key)
            if danish is not None:
                is_own = (locale, key) in self.kept or (DEFAULT, key) in self.overlay
                yield self._glance(locale, key) if is_own else self._shipped(locale, danish)
        for key, text in self.form_texts.items():
            if text.respondent is Respondent.CITIZEN:
                is_own = (locale, key) in self.kept
                yield self._glance(locale, key) if is_own else self._published(locale, text)

    def _glance(self, locale: str, key: str) -> Glance:
        row = self.row(locale, key)
        assert row is not None  # noqa: S101 — its Danish has been found
        return Glance(key, row.area, row.standing, row.approved_by)

    def _shipped(self, locale: str, danish: Entry) -> Glance:
        entry = self.catalogs.entry(locale, danish.key)
        if entry is None or entry.empty:
            standing = Standing.MISSING
        else:
            status = Status.NATIVE_APPROVED if locale == DEFAULT else entry.status
            standing = Standing.STALE if entry.stale else _STANDINGS[status]
        return Glance(danish.key, danish.area, standing, None)

    def _published(self, locale: str, text: FormText) -> Glance:
        status = self._status_of_form(locale, text)
        standing = _STANDINGS[status] if text.texts.get(locale, "").strip() else Standing.MISSING
        return Glance(text.key, text.area, standing, None)

    def _status_of_form(self, locale: str, text: FormText) -> Status:
        if locale == text.source_locale:
            return Status.NATIVE_APPROVED
        return Status.MACHINE_DRAFT if text.form in self.shipped_forms else Status.DRAFT

    def scale(self, locale: str, scale: str) -> list[TextRow]:
        """All labels of one scale: they are approved together."""
        keys = (key for key, text in self.form_texts.items() if text.scale == scale)
        return [row for key in keys if (row := self.row(locale, key))]

    def counts(self, areas: Collection[str], locales: Sequence[str]) -> list[list[AreaCount]]:
        """For each of the areas that there are, its counts in each language."""
        known = [area for area in self.areas() if area in areas]
        return [[self._count(locale, area) for locale in locales] for area in known]

    def _count(self, locale: str, area: str) -> AreaCount:
        rows = self.rows(locale, area)
        shown = sum(row.is_shown for row in rows)
        own = sum(row.origin is Origin.OWN for row in rows)
        return AreaCount(area, locale, len(rows), shown, own)

    def _of_catalog(self, locale: str, danish: Entry) -> TextRow:
        key, own = danish.key, self.kept.get((locale, danish.key))
        entry = self.catalogs.entry(locale, key)
        shipped = entry.forms if entry and not entry.empty else ()
        source = self.overlay.get((DEFAULT, key), danish.forms)
        is_fresh = locale == DEFAULT or bool(entry and not entry.stale and source == danish.forms)
        theirs = self.overlay.get((locale, key), ())
        shipped_status = Status.NATIVE_APPROVED if locale == DEFAULT else (entry or danish).status
        return _row(
            _Place(key, locale, danish, danish.area, kind_of(danish.area)),
            _Wordings(
                *(source, shipped, theirs or (shipped if is_fresh else ()), is_fresh, shipped_status),
                source if locale == DEFAULT else _shipped_from(danish, entry),
            ),
            own,
            Origin.OWN if theirs else Origin.SHIPPED,
        )

    def _of_form(self, locale: str, text: FormText) -> TextRow:
        own, status = self.kept.get((locale, text.key)), self._status_of_form(locale, text)
        live = (text.texts[locale],) if text.texts.get(locale) else ()
        staffs = text.respondent is not Respondent.CITIZEN
        kind = Kind.STAFF if staffs else Kind.CHOICE if text.scale else Kind.QUESTION
        is_own = bool(own and own.forms and tuple(own.forms) == live)
        return _row(
            _Place(text.key, locale, Entry(text.key, (text.source,)), text.area, kind, text),
            _Wordings((text.source,), () if is_own else live, live, True, status, (text.source,)),
            own,
            Origin.OWN if is_own else Origin.SHIPPED,
        )


@dataclass(frozen=True)
class _Place:
    key: str
    locale: str
    entry: Entry
    area: str
    kind: Kind
    form: FormText | None = None

    @property
    def is_source(self) -> bool:
        return self.locale == (self.form.source_locale if self.form else DEFAULT)


@dataclass(frozen=True)
class _Wordings:
    """What ships (for a form: what is published), and what of all is shown. ``shipped_from``: the Danish that it was
    made from, () where nobody knows."""

    source: Forms
    shipped: Forms
    live: Forms
    shipped_is_fresh: bool
    shipped_status: Status
    shipped_from: Forms


def _row(place: _Place, wordings: _Wordings, own: KeptText | None, shown: Origin) -> TextRow:
    draft = tuple(own.draft_forms) if own and own.draft_forms is not None else None
    theirs = tuple(own.forms) if own else ()
    newest = draft if draft is not None else theirs or wordings.shipped or wordings.live
    if own and (draft is not None or theirs):
        made_from = tuple((own.draft_source if draft is not None else own.source) or ())
        is_stale, status = not place.is_source and made_from != wordings.source, own.status
    else:
        is_stale, status = not wordings.shipped_is_fresh, wordings.shipped_status
        made_from = wordings.shipped_from
    upstream = place.entry.forms if place.is_source and theirs and made_from != place.entry.forms else ()
    return TextRow(
        place.key,
        place.locale,
        place.entry,
        place.area,
        place.kind,
        wordings.source,
        wordings.shipped,
        wordings.live,
        newest,
        made_from,
        origin=shown if wordings.live else Origin.STALE if any(newest) else Origin.MISSING,
        standing=_standing(newest, status, is_stale=is_stale),
        is_source=place.is_source,
        has_own=draft is not None or bool(theirs),
        has_draft=draft is not None,
        scale=place.form.scale if place.form else "",
        question=place.form.question if place.form else "",
        version=own.version if own else 0,
        changed_by=own.changed_by if own else None,
        changed_at=own.changed_at if own else None,
        approved_by=own.approved_by if own else None,
        approved_at=own.approved_at if own else None,
        upstream=() if place.form else upstream,
    )


def _shipped_from(danish: Entry, entry: Entry | None) -> Forms:
    """A translation that has fallen behind the Danish it ships with keeps the Danish of then, where it is known."""
    if entry is None or entry.empty:
        return ()
    return entry.former if entry.stale else danish.forms


def _standing(newest: Forms, status: Status, *, is_stale: bool) -> Standing:
    if not any(form.strip() for form in newest):
        return Standing.MISSING
    return Standing.STALE if is_stale else _STANDINGS[status]


_STANDINGS = {status: Standing(status.value) for status in Status}


def kind_of(area: str) -> Kind:
    """Of a catalog's texts."""
    if area in ("sms", "letter", "glossary"):
        return Kind(area)
    return Kind.PAGE if area in READ_BY_CITIZENS else Kind.STAFF


def _searched(row: TextRow) -> str:
    return "\n".join((row.key, row.entry.context, *row.source, *row.forms)).casefold()


def open_bench(session: Session, catalogs: Catalogs, locales: Collection[str] = tuple(LOCALES)) -> Bench:
    """The texts of these languages."""
    rows = store.kept_in(session, {*locales, DEFAULT})
    versions = questionnaires.newest_versions(session)
    forms = questionnaires.definitions(session, versions)
    as_shipped = (each.questionnaire.key for each in versions if each.origin is questionnaires.Origin.SHIPPED)
    kept = {(row.locale, row.key): row for row in rows}
    return Bench(catalogs, fresh(rows, catalogs), kept, forms, frozenset(as_shipped))
