"""/ikke-sendt: every SMS of the team that was not sent or did not arrive, why, and what to do."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services.unsent import list_unsent
from portal.web.context import now, write
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader


@staff.get("/ikke-sendt")
@guard(Resource.CITIZEN_CARD)
def show_unsent() -> ResponseReturnValue:
    with write() as session:
        found = list_unsent(session, reader(), now())
    return render_template("pages/staff/unsent.html", found=found)
