"""What the workers do, each a function of the portal: called by huey's tasks, and by tests directly."""

from __future__ import annotations

from database.tenancy import EVERYONE
from portal.runtime import Portal
from portal.services import readiness
from portal.store import rate_limits


def sweep(portal: Portal) -> None:
    """Each minute and at a start: tell that we live, and pick up what no wake-up told of."""
    readiness.beat(portal.database, portal.clock())
    with portal.database.write(EVERYONE) as session:
        rate_limits.forget_expired(session, portal.clock())
