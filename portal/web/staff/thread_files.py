"""/borgere/<id>/samtale/fil/<id>: a file of the thread with a citizen. Every look leaves a trace, also at the
small picture that stands in the thread."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import attachments
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach
from portal.web.uploads import hand_out


@staff.get("/borgere/<int:citizen_id>/samtale/fil/<int:attachment_id>")
@guard(Resource.CITIZEN_THREAD)
def open_file(citizen_id: int, attachment_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "thread.file", f"file {attachment_id}") as (session, _):
        preview = "lille" in request.args
        return hand_out(attachments.open_file(session, citizen_id, attachment_id, preview=preview))
