"""Who saw or changed what: the administrator's view of the audit log."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.store import audit_log
from portal.store.audit_log import Filter
from portal.web.context import portal, read
from portal.web.guards import guard
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff

AREA = "audit"


@staff.get("/logbog")
@guard(Resource.AUDIT_LOG)
def show_audit_log() -> ResponseReturnValue:
    arguments = request.args
    wanted = Filter(
        staff_id=arguments.get("medarbejder", type=whole),
        citizen_id=arguments.get("borger", type=whole),
        action=arguments.get("handling", "")[:60],
        before=arguments.get("foer", type=whole),
    )
    with read() as session:
        page = audit_log.page(session, wanted)
    actions = [key.removeprefix(f"{AREA}.") for key in portal().catalogs.keys(AREA)]
    return render_template("pages/staff/audit_log.html", page=page, wanted=wanted, actions=actions)
