"""A demo municipality for tests. It takes seconds: who needs that of ``NOW`` has a copy of ``demo_file``."""

from __future__ import annotations

from datetime import datetime

from portal.app import build_portal
from portal.runtime import Portal
from portal.services.demo.build import build
from portal.store import tables
from tests.conftest import NOW
from tests.web.conftest import settings_for


def build_demo(database_url: str, now: datetime = NOW) -> Portal:
    portal = demo_portal(database_url, now)
    tables.METADATA.create_all(portal.database.engine)
    build(portal, now)
    return portal


def demo_portal(database_url: str, now: datetime = NOW) -> Portal:
    portal = build_portal(settings_for(database_url))
    portal.clock = lambda: now
    return portal
