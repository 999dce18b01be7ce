"""A portal without web and workers, for tests of what its use cases do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from database.engine import Database
from i18n.texts import shipped_catalogs
from messaging.gateway import Gateway
from portal.config import Settings
from portal.runtime import Portal
from portal.store.overlays import Overlays
from tests.conftest import NOW


def portal_on(
    database: Database,
    clock: Callable[[], datetime] = lambda: NOW,
    way_out: Gateway | None = None,
    **settings: object,
) -> Portal:
    """With short links. Without a ``way_out`` nothing may be sent."""
    given = {"link_url": "https://svar.aakoebing", **settings}
    return Portal(
        settings=Settings("s" * 32, ("e" * 32,), "i" * 32, **given),  # type: ignore[arg-type]
        database=database,
        catalogs=shipped_catalogs(),
        gateway=way_out,  # type: ignore[arg-type]
        overlays=Overlays(database, shipped_catalogs()),
        clock=clock,
    )
