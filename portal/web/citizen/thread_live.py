"""/hjem/samtale/lyt: a bell for the citizen's own open thread."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.web.citizen.blueprint import citizen
from portal.web.context import actor
from portal.web.guards import guard
from portal.web.live import asked_by_the_page
from portal.web.thread import bell, shown_so_far


@citizen.get("/hjem/samtale/lyt")
@guard(Resource.OWN_THREAD)
@asked_by_the_page
def listen() -> ResponseReturnValue:
    citizen_id = actor().citizen_id
    if citizen_id is None:
        abort(403)
    return bell(actor().municipality_id, citizen_id, shown_so_far())
