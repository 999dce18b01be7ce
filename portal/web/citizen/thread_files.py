"""/hjem/samtale/fil/<id>: a file of the citizen's own thread."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import attachments
from portal.web.citizen.blueprint import citizen
from portal.web.context import actor, read
from portal.web.guards import guard
from portal.web.uploads import hand_out


@citizen.get("/hjem/samtale/fil/<int:attachment_id>")
@guard(Resource.OWN_THREAD)
def open_file(attachment_id: int) -> ResponseReturnValue:
    with read() as session:
        preview = "lille" in request.args
        found = attachments.open_file(session, actor().citizen_id or 0, attachment_id, preview=preview)
    return hand_out(found)
