"""/udsendelser/<id>: a last look at a draft; how far a sending has come; pause, resume and stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from database.tenancy import TenantSession
from portal.domain.access import Resource
from portal.domain.sendings import SendingState, Step, can, next_look
from portal.services import sending_control as control
from portal.services import sending_drafts as drafts
from portal.services.reach import Reader
from portal.store import sending_pages
from portal.store.sendings import Sending
from portal.web.context import now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.respond import respond, wants_fragment
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader
from portal.web.staff.sending_content import last_look
from portal.web.staff.sendings import found, name_of

Act = Callable[[TenantSession, Reader, Sending, datetime], bool]
PAGE, PART = "pages/staff/sending.html", "fragments/sendings/_progress.html"


@staff.get("/udsendelser/<int:sending_id>")
@guard(Resource.SENDINGS)
def show_sending_to_many(sending_id: int) -> ResponseReturnValue:
    if wants_fragment():
        return _news(sending_id)
    with write() as session:
        sending = found(session, sending_id)
        if sending.state is SendingState.DRAFT:
            return last_look(session, sending) if sending.kind else _to_content(sending_id)
        drafts.record(session, reader(), "sending.read", sending, now())
        people, name = sending_pages.left_out(session, sending), name_of(session, sending)
        return respond(PAGE, PART, people=people, name=name, **_values(session, sending))


@staff.post("/udsendelser/<int:sending_id>/pause")
@guard(Resource.SENDINGS)
def pause_sending(sending_id: int) -> ResponseReturnValue:
    return _step(sending_id, control.pause, "paused")


@staff.post("/udsendelser/<int:sending_id>/fortsaet")
@guard(Resource.SENDINGS)
def resume_sending(sending_id: int) -> ResponseReturnValue:
    answer = _step(sending_id, control.resume, "resumed")
    portal().wake_sendings()
    portal().wake_delivery()
    return answer


@staff.post("/udsendelser/<int:sending_id>/stop")
@guard(Resource.SENDINGS)
def stop_sending(sending_id: int) -> ResponseReturnValue:
    return _step(sending_id, control.stop, "stopped")


def _news(sending_id: int) -> ResponseReturnValue:
    """What has changed in the counts. A sending in another state than the page shows gets a page anew."""
    with read() as session:
        sending = found(session, sending_id)
        values = _values(session, sending)
    if request.args.get("stand") != sending.state.value:
        response = make_response("", 200)
        response.headers["HX-Refresh"] = "true"
        return response
    return make_response(render_template(PART, **values))


def _values(session: TenantSession, sending: Sending) -> dict[str, Any]:
    progress = sending_pages.progress(session, sending.id)
    return {
        "sending": sending,
        "progress": progress,
        "look": next_look(progress, sending.state, now() - sending.changed_at),
        "steps": {step.value for step in Step if can(step, sending.state)},
    }


def _step(sending_id: int, act: Act, said: str) -> ResponseReturnValue:
    with write() as session:
        done = act(session, reader(), found(session, sending_id, hold=True), now())
    flash(t(f"sendings.said.{said}" if done else "sendings.said.nothing"))
    return redirect(url_for("staff.show_sending_to_many", sending_id=sending_id), 303)


def _to_content(sending_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.show_content", sending_id=sending_id), 303)
