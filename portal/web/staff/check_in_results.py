"""/tjek-ind: the caseworker's own check-ins, and what was answered."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import check_in_results
from portal.store import audit
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader


@staff.get("/tjek-ind")
@guard(Resource.CHECK_INS)
def show_check_ins() -> ResponseReturnValue:
    with read() as session:
        found = check_in_results.own(session, reader())
    return render_template("pages/staff/check_ins.html", found=found)


@staff.get("/tjek-ind/<int:check_in_id>")
@guard(Resource.CHECK_INS)
def show_check_in_results(check_in_id: int) -> ResponseReturnValue:
    who = reader()
    with write() as session:
        found = check_in_results.details(session, who, check_in_id)
        if found is None:
            abort(404)
        audit.record(
            session,
            "check_in.read",
            now(),
            staff_id=who.staff_id,
            subject=f"check-in {check_in_id}",
            request_id=who.request_id or None,
        )
    return render_template("pages/staff/check_in_results.html", found=found)
