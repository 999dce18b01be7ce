"""/borgere/<id>/samtale/her: who else has the thread open. Asked by the page itself."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import presence
from portal.web.context import actor, now, write
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import glance
from portal.web.thread import nothing_new


@staff.get("/borgere/<int:citizen_id>/samtale/her")
@guard(Resource.CITIZEN_THREAD)
def show_who_is_here(citizen_id: int) -> ResponseReturnValue:
    own_id, writing = actor().staff_id or 0, "skriver" in request.args
    with glance(citizen_id) as (session, _):
        here = presence.look(session, citizen_id, own_id, now(), writing=writing)
    if here.is_due:
        with write() as session:
            presence.note(session, citizen_id, own_id, now(), writing=writing)
    if request.args.get("her") == here.state:
        return nothing_new()
    return render_template("fragments/thread/_here.html", here=here)
