"""A home of one's own, behind the PIN: what waits, how it goes, what was answered."""

from __future__ import annotations

from flask import abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import home, links
from portal.services.receipt import answer_lines
from portal.store import responses
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.link import enter_form
from portal.web.citizen.own import own_id
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import texts

THREAD = "citizen.show_thread"


@citizen.get("/hjem")
@guard(Resource.OWN_HISTORY)
def show_home() -> ResponseReturnValue:
    with read() as session:
        page = home.home_of(session, own_id(), now())
    thread_url = url_for(THREAD, _anchor="slut") if THREAD in current_app.view_functions else ""
    return render_template("pages/citizen/home.html", page=page, thread_url=thread_url)


@citizen.post("/hjem/begynd/<int:invitation_id>")
@guard(Resource.OWN_HISTORY)
def begin_waiting_form(invitation_id: int) -> ResponseReturnValue:
    with write() as session:
        if not home.may_begin(session, own_id(), invitation_id):
            abort(404)
        form = links.start_invited(session, invitation_id, texts().locale.code, now())
    return enter_form(form.ref, form.resume_at, actor().municipality_id)


@citizen.get("/hjem/svar")
@guard(Resource.OWN_HISTORY)
def show_answered() -> ResponseReturnValue:
    with read() as session:
        answered = home.answered_forms(session, own_id())
    return render_template("pages/citizen/answered.html", answered=answered)


@citizen.get("/hjem/svar/<ref>")
@guard(Resource.OWN_HISTORY)
def show_own_answers(ref: str) -> ResponseReturnValue:
    with read() as session:
        form = home.answered_form(session, own_id(), ref) or abort(404)
        given = responses.how_given(session, form.facts.measurement_id)
    return render_template("pages/citizen/own_answers.html", form=form, lines=answer_lines(form), given=given)
