"""How a staff view gets at a citizen: one door, with the scope checked and the reading written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import abort, current_app, request

from database.tenancy import TenantSession
from portal.domain.access import Resource
from portal.services import reach as services
from portal.services.reach import OutOfReachError, Reader, Reading, reach_citizen
from portal.store.people import Citizen
from portal.web.context import actor, now, read, write
from portal.web.request_log import request_id


@contextmanager
def reach(
    citizen_id: int, action: str, subject: str | None = None
) -> Iterator[tuple[TenantSession, Citizen]]:
    """A writing session with the citizen in it; how far it reaches follows from the route's own guard.

    404 for a citizen out of reach: a 403 would tell that she exists. Nothing is kept, the audit event
    neither, when the block raises.
    """
    with write() as session:
        try:
            reading = Reading(_resource(), action, subject)
            citizen = reach_citizen(session, reader(), citizen_id, reading, now())
        except OutOfReachError:
            abort(404)
        yield session, citizen


@contextmanager
def glance(citizen_id: int) -> Iterator[tuple[TenantSession, Citizen]]:
    """A reading session with the citizen in it, for an answer that shows nothing of her: it leaves no trace."""
    with read() as session:
        try:
            citizen = services.glance(session, reader(), citizen_id, _resource(), now())
        except OutOfReachError:
            abort(404)
        yield session, citizen


def reader() -> Reader:
    who = actor()
    if who.staff_id is None:
        abort(404)
    return Reader(who.staff_id, who.role, who.team_id, request_id())


def _resource() -> Resource:
    view: Any = current_app.view_functions[request.endpoint or ""]
    return cast(Resource, view.guarded_by)
