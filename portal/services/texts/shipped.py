"""An upgrade brings new texts: what it changed is kept, and what is the municipality's own stays as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from database.tenancy import EVERYONE
from i18n.texts import Catalogs
from i18n.word_diff import Run
from portal.runtime import Portal
from portal.services.texts.bench import Bench, TextRow
from portal.services.texts.history import compare
from portal.store import shipped
from portal.store.shipped import ShippedChange, ShippedTexts

Shipped = Mapping[str, list[str]]
"""key -> forms, of one language."""


def take_in(portal: Portal, now: datetime) -> int:
    """How many texts differ from those of the upgrade before; the first time there is none to differ from."""
    found = 0
    with portal.database.write(EVERYONE) as session:
        for locale in portal.catalogs.entries:
            new = _texts(portal.catalogs, locale)
            digest = hashlib.sha256(json.dumps(new, sort_keys=True).encode()).hexdigest()
            known = session.get(ShippedTexts, locale)
            if known is None:
                session.add(ShippedTexts(locale=locale, digest=digest, texts=dict(new)))
            elif known.digest != digest:
                rows = [*_changes(known.texts, new, locale, now)]
                session.add_all(rows)
                known.digest, known.texts = digest, dict(new)
                found += len(rows)
    return found


def _texts(catalogs: Catalogs, locale: str) -> Shipped:
    return {key: list(entry.forms) for key, entry in catalogs.entries[locale].items() if not entry.empty}


def _changes(old: Shipped, new: Shipped, locale: str, now: datetime) -> Iterator[ShippedChange]:
    for key in sorted({*old, *new}):
        before, after = old.get(key, []), new.get(key, [])
        if before != after:
            yield ShippedChange(at=now, locale=locale, key=key, before=before, after=after)


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
