"""Is the portal ready to serve: database, schema, worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from database.engine import Database
from database.tenancy import EVERYONE
from messaging.once import add_once
from portal.store import schema
from portal.store.system import Heartbeat

WORKER = "worker"
HEARTBEAT_TOO_OLD = timedelta(minutes=3)
"""The worker writes one each minute."""


def check(database: Database, now: datetime) -> dict[str, str]:
    """Each part's name -> "ok" or what is wrong with it."""
    try:
        with database.read(EVERYONE) as session:
            migrations = "ok" if schema.is_at_head(session) else "not at head: run “flask db upgrade”"
            beat = session.get(Heartbeat, WORKER)
    except SQLAlchemyError:
        return {"database": "does not answer or has no tables", "migrations": "unknown", "worker": "unknown"}
    alive = beat is not None and now - beat.at < HEARTBEAT_TOO_OLD
    return {
        "database": "ok",
        "migrations": migrations,
        "worker": "ok" if alive else "no sign of life for 3 minutes",
    }


def beat(database: Database, now: datetime) -> None:
    with database.write(EVERYONE) as session:
        beat, _ = add_once(
            session, lambda: session.get(Heartbeat, WORKER), lambda: Heartbeat(name=WORKER, at=now)
        )  # two workers may start in the same moment
        beat.at = now
