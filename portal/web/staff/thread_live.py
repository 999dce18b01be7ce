"""/borgere/<id>/samtale/lyt: a bell for an open thread. It tells nothing of what is in it, and leaves no trace."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.web.context import actor
from portal.web.guards import guard
from portal.web.live import asked_by_the_page
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import glance
from portal.web.thread import bell, shown_so_far


@staff.get("/borgere/<int:citizen_id>/samtale/lyt")
@guard(Resource.CITIZEN_THREAD)
@asked_by_the_page
def listen(citizen_id: int) -> ResponseReturnValue:
    with glance(citizen_id):
        shown = shown_so_far()
    return bell(actor().municipality_id, citizen_id, shown)
