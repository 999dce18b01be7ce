"""What a running portal holds: built once by create_app, handed to web, workers and commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from huey import Huey

from database.engine import Database
from database.tenancy import Tenant, TenantSession
from i18n.texts import Catalogs
from messaging import inbound, outbox
from messaging.crew import Crew
from messaging.gateway import Gateway
from portal.config import Settings
from portal.store.municipalities import Offices
from portal.store.overlays import Overlays


def utc_now() -> datetime:
    return datetime.now(UTC)


def _nobody() -> None:
    """Before a worker is attached there is nobody to wake."""


@dataclass
class Portal:
    """``wake_…`` tell the workers that there is something to do; a lost call only costs time (the sweep)."""

    settings: Settings
    database: Database
    catalogs: Catalogs
    gateway: Gateway
    overlays: Overlays
    queue: Huey | None = None
    wake_delivery: Callable[[], object] = _nobody
    wake_inbound: Callable[[], object] = _nobody
    wake_sendings: Callable[[], object] = _nobody
    clock: Callable[[], datetime] = utc_now
    offices: Offices = field(init=False)
    crew: Crew = field(init=False)
    """The threads of this process that send."""

    def __post_init__(self) -> None:
        self.offices = Offices(self.database)
        self.crew = Crew(1 if self.settings.has_simulator else self.settings.sending_threads)

    @contextmanager
    def write(self, tenant: Tenant) -> Iterator[TenantSession]:
        """A writing session. After its commit the workers hear of what it left for them, so that no use case
        can forget to tell them."""
        with self.database.write(tenant) as session:
            yield session
        if session.info.get(outbox.LEFT_WORK):
            self.wake_delivery()
        if session.info.get(inbound.LEFT_WORK):
            self.wake_inbound()
