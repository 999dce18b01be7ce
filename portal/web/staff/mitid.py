"""/borgere/<id>/mitid: whether a MitID opens a citizen's page, and no more of it where she has asked for that."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import mitid
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach


@staff.get("/borgere/<int:citizen_id>/mitid")
@guard(Resource.SET_PIN)
def show_mitid(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "mitid") as (session, citizen):
        binding = mitid.binding_of(session, citizen_id)
    return render_template("pages/staff/citizen_mitid.html", citizen=citizen, binding=binding)


@staff.post("/borgere/<int:citizen_id>/mitid/fjern")
@guard(Resource.SET_PIN)
def unbind_mitid(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "mitid") as (session, _):
        mitid.unbind(session, citizen_id, now(), actor().staff_id)
    flash(t("mitid_desk.unbound"))
    return redirect(f"/borgere/{citizen_id}/mitid", 303)
