"""What a view reaches for: the portal, the reader, a session, the texts. The one place that knows Flask's ``g``."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import abort, current_app, g

from database.tenancy import TenantSession
from portal.domain.access import Role
from portal.runtime import Portal


@dataclass(frozen=True)
class Actor:
    """Who asks. ``staff_id`` for staff; ``citizen_id`` and, by link alone, ``response_ref`` for citizens."""

    role: Role
    municipality_id: int
    staff_id: int | None = None
    team_id: int | None = None
    citizen_id: int | None = None
    response_ref: str | None = None
    name: str = ""
    session_id: int | None = None
    municipality: str = ""
    """Its name, for the header of staff's pages."""
    may_only_write: bool = False
    """The page that she writes from has closed: her words are taken, and nothing is shown."""


def portal() -> Portal:
    return cast(Portal, current_app.extensions["taletid"])


def now() -> datetime:
    """One time for the whole request, so that rules and rows agree."""
    if "now" not in g:
        g.now = portal().clock()
    return cast(datetime, g.now)


def actor() -> Actor:
    """The one who asks; only routes with a guard have one."""
    who = g.get("actor")
    if who is None:
        abort(403)
    return cast(Actor, who)


def actor_or_none() -> Actor | None:
    return cast("Actor | None", g.get("actor"))


def read() -> AbstractContextManager[TenantSession]:
    """A reading session, held to the actor's municipality."""
    return portal().database.read(actor().municipality_id)


def write() -> AbstractContextManager[TenantSession]:
    """A writing session, held to the actor's municipality; it commits when its block ends, and wakes the workers
    when it left them something."""
    return portal().write(actor().municipality_id)
