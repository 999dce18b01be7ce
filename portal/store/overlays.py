"""Each municipality's own texts, and where its recordings are, held in memory: no page asks the database for them.

A change bumps ``municipalities.texts_revision`` in the same transaction. The process that made it sees it at
once (``forget``); others ask for the revision at most every other second.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from i18n.catalogs import Status
from i18n.locales import DEFAULT
from i18n.texts import Catalogs, Forms, Overlay
from portal.domain.form_texts import is_form_key
from portal.store import recordings
from portal.store.recordings import Place, Recorded
from portal.store.texts import KeptText, TextOverride

LOOK_AGAIN_SECONDS = 2.0


@dataclass(frozen=True)
class _Held:
    overlay: Overlay
    drafts: frozenset[tuple[str, str]]
    revision: int
    looked_at: float
    recordings: Mapping[Place, Recorded] | None = None
    """None until a page of a form asks for them."""


class Overlays:
    def __init__(self, database: Database, catalogs: Catalogs) -> None:
        self._database = database
        self._catalogs = catalogs
        self._held: dict[int, _Held] = {}

    def of(self, municipality_id: int) -> Overlay:
        return self._current(municipality_id).overlay

    def drafts(self, municipality_id: int) -> frozenset[tuple[str, str]]:
        """Those of its texts that no native speaker has approved."""
        return self._current(municipality_id).drafts

    def recordings(self, municipality_id: int) -> Mapping[Place, Recorded]:
        held = self._current(municipality_id)
        if held.recordings is not None:
            return held.recordings
        with self._database.read(municipality_id) as session:
            found = recordings.all_of(session)
        self._held[municipality_id] = replace(held, recordings=found)
        return found

    def _current(self, municipality_id: int) -> _Held:
        held = self._held.get(municipality_id)
        if held is None or time.monotonic() - held.looked_at > LOOK_AGAIN_SECONDS:
            held = self._held[municipality_id] = self._look(municipality_id, held)
        return held

    def forget(self, municipality_id: int) -> None:
        self._held.pop(municipality_id, None)

    def _look(self, municipality_id: int, held: _Held | None) -> _Held:
        looked_at = time.monotonic()
        with self._database.read(municipality_id) as session:
            revision = session.scalar(select(Municipality.texts_revision)) or 0
            if held is not None and held.revision == revision:
                return replace(held, looked_at=looked_at)
            rows = session.scalars(select(TextOverride)).all()
        return _Held(fresh(rows, self._catalogs), _unapproved(rows), revision, looked_at)


def _unapproved(rows: Iterable[TextOverride]) -> frozenset[tuple[str, str]]:
    return frozenset((row.locale, row.key) for row in rows if row.live_status is not Status.NATIVE_APPROVED)


def fresh(rows: Iterable[TextOverride | KeptText], catalogs: Catalogs) -> Overlay:
    """What is live of their texts, without the translations of a Danish that has changed since."""
    rows = [row for row in rows if row.forms and not is_form_key(row.key)]
    danish = {row.key: tuple(row.forms) for row in rows if row.locale == DEFAULT}
    shipped = catalogs.entries[DEFAULT]

    def source(key: str) -> Forms:
        return danish.get(key) or (shipped[key].forms if key in shipped else ())

    return {
        (row.locale, row.key): tuple(row.forms)
        for row in rows
        if row.locale == DEFAULT or tuple(row.source) == source(row.key)
    }
