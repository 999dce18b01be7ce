"""/ukendte: SMS from numbers that are nobody's we know, or more than one citizen's."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import unplaced
from portal.web.context import now, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader


@staff.get("/ukendte")
@guard(Resource.UNPLACED_SMS)
def show_unplaced() -> ResponseReturnValue:
    with write() as session:
        messages = unplaced.list_unplaced(session, reader(), now())
    return render_template("pages/staff/unplaced.html", messages=messages)


@staff.post("/ukendte/<int:unplaced_id>/afslut")
@guard(Resource.UNPLACED_SMS)
def settle_unplaced(unplaced_id: int) -> ResponseReturnValue:
    with write() as session:
        if not unplaced.settle(session, reader(), unplaced_id, now()):
            abort(404)
    flash(t("thread.unplaced.settled"))
    return redirect(url_for("staff.show_unplaced"), 303)
