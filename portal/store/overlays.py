"""Each municipality's own texts, held in memory: no page asks the database for a text.

A change bumps ``municipalities.texts_revision`` in the same transaction. The process that made it sees it at
once (``forget``); others ask for the revision at most every other second.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from i18n.texts import Overlay
from portal.store.texts import TextOverride

LOOK_AGAIN_SECONDS = 2.0


@dataclass(frozen=True)
class _Held:
    overlay: Overlay
    revision: int
    looked_at: float


class Overlays:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[int, _Held] = {}

    def of(self, municipality_id: int) -> Overlay:
        held = self._held.get(municipality_id)
        if held is None or time.monotonic() - held.looked_at > LOOK_AGAIN_SECONDS:
            held = self._held[municipality_id] = self._look(municipality_id, held)
        return held.overlay

    def forget(self, municipality_id: int) -> None:
        self._held.pop(municipality_id, None)

    def _look(self, municipality_id: int, held: _Held | None) -> _Held:
        looked_at = time.monotonic()
        with self._database.read(municipality_id) as session:
            revision = session.scalar(select(Municipality.texts_revision)) or 0
            if held is not None and held.revision == revision:
                return _Held(held.overlay, revision, looked_at)
            rows = session.execute(select(TextOverride.locale, TextOverride.key, TextOverride.forms))
            overlay = {(locale, key): tuple(forms) for locale, key, forms in rows}
        return _Held(overlay, revision, looked_at)
