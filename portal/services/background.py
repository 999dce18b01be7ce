"""What the workers do, each a function of the portal: called by huey's tasks, and by tests directly."""

from __future__ import annotations

from portal.runtime import Portal
from portal.services import readiness


def sweep(portal: Portal) -> None:
    """Each minute and at a start: tell that we live, and pick up what no wake-up told of."""
    readiness.beat(portal.database, portal.clock())
