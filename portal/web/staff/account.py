"""One's own account: where one is signed in."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import sign_in as services
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.sessions import idle_limit


@staff.get("/konto")
@guard(Resource.OWN_ACCOUNT)
def show_account() -> ResponseReturnValue:
    with read() as session:
        sessions = services.open_sessions(session, actor().staff_id or 0, now(), idle_limit())
        minutes = portal().settings.staff_idle_minutes
        return render_template("pages/staff/account.html", sessions=sessions, idle_minutes=minutes)


@staff.post("/konto/sessioner/<int:session_id>/afslut")
@guard(Resource.OWN_ACCOUNT)
def end_session(session_id: int) -> ResponseReturnValue:
    with write() as session:
        if not services.end_session(session, actor().staff_id or 0, session_id, now()):
            abort(404)
    flash(t("staff.account.session_ended"))
    return redirect("/konto", 303)
