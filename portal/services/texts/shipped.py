"""An upgrade brings new texts: what it changed is kept, and what is the municipality's own stays as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.base import Municipality
from database.tenancy import EVERYONE
from i18n.texts import Catalogs
from i18n.word_diff import Run
from portal.domain.form_texts import texts_of
from portal.runtime import Portal
from portal.services import publishing
from portal.services.texts.bench import Bench, TextRow
from portal.services.texts.history import compare
from portal.store import shipped
from portal.store.shipped import ShippedChange, ShippedTexts

Shipped = Mapping[str, list[str]]
"""key -> forms, of one language."""


FORMS = "forms"
"""The questionnaires stand beside the languages: each of their keys begins with the language."""


def take_in(portal: Portal, now: datetime) -> int:
    """How many texts differ from those of the upgrade before; the first time there is none to differ from.

    A questionnaire that stands as it shipped gets the newer wording as its next version; one that a municipality has
    changed stays.
    """
    with portal.database.write(EVERYONE) as session:
        texts = ((locale, _texts(portal.catalogs, locale)) for locale in portal.catalogs.entries)
        in_catalogs = sum(_compare(session, locale, new, now) for locale, new in texts)
        in_forms = _compare_forms(session, now)
        municipalities = session.scalars(select(Municipality.id)).all() if in_forms else ()
    for municipality_id in municipalities:
        with portal.database.write(municipality_id) as own:
            publishing.ship(own, now)
    return in_catalogs + in_forms


def _compare_forms(session: Session, now: datetime) -> int:
    """Reading the forms themselves takes a second: at every start, nobody has it to spare."""
    files = sorted(publishing.SHIPPED.glob("*.md"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    known = session.get(ShippedTexts, FORMS)
    if known and known.digest == digest:
        return 0
    new = {f"{locale} {key}": [text] for locale, key, text in _texts_of_forms()}
    return _compare(session, FORMS, new, now, digest)


def _compare(session: Session, name: str, new: Shipped, now: datetime, digest: str = "") -> int:
    """Keeps the new ones; how many differ from those that were kept."""
    digest = digest or hashlib.sha256(json.dumps(new, sort_keys=True).encode()).hexdigest()
    known = session.get(ShippedTexts, name)
    if known is None:
        session.add(ShippedTexts(locale=name, digest=digest, texts=dict(new)))
        return 0
    if known.digest == digest:
        return 0
    rows = [*_changes(known.texts, new, name, now)]
    session.add_all(rows)
    known.digest, known.texts = digest, dict(new)
    return len(rows)


def _texts_of_forms() -> Iterator[tuple[str, str, str]]:
    for form in publishing.shipped_forms():
        for key, text in texts_of(form).items():
            yield from ((locale, key, wording) for locale, wording in text.texts.items())


def _texts(catalogs: Catalogs, locale: str) -> Shipped:
    return {key: list(entry.forms) for key, entry in catalogs.entries[locale].items() if not entry.empty}


def _changes(old: Shipped, new: Shipped, locale: str, now: datetime) -> Iterator[ShippedChange]:
    for key in sorted({*old, *new}):
        before, after = old.get(key, []), new.get(key, [])
        if before != after:
            language, _, own = key.rpartition(" ")
            yield ShippedChange(at=now, locale=language or locale, key=own, before=before, after=after)


@dataclass(frozen=True)
class News:
    """One text that the upgrade changed. ``row`` is how it stands here, None when there is no such text any more."""

    change: ShippedChange
    runs: tuple[tuple[Run, ...], ...]
    row: TextRow | None


@dataclass(frozen=True)
class Upgrade:
    """``counts``: language -> how many texts it touched; ``changes`` are of one language."""

    at: datetime
    counts: Mapping[str, int]
    changes: Sequence[ShippedChange]
    all_of_them: Sequence[datetime]
    """When each was, the newest first."""


def upgrade(portal: Portal, number: int, locale: str) -> Upgrade | None:
    """The last one is number 0; None where there is none such."""
    with portal.database.read(EVERYONE) as session:
        all_of_them = shipped.upgrades(session)
        if number >= len(all_of_them):
            return None
        at = all_of_them[number]
        found = shipped.changes(session, at, locale)
        return Upgrade(at, shipped.counts(session, at), found, all_of_them)


def news(bench: Bench, changes: Sequence[ShippedChange], locale: str) -> list[News]:
    """What stands above a text of the municipality's own comes first: there is something to decide."""
    rows = (News(each, compare(each.before, each.after), bench.row(locale, each.key)) for each in changes)
    return sorted(rows, key=lambda each: not (each.row and each.row.has_own))
