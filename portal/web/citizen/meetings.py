"""/hjem/moeder: her meetings, another time, an interpreter, the phone's calendar, and her own agenda."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from database.tenancy import TenantSession
from portal.domain.access import Resource
from portal.domain.meetings import INTERPRETERS
from portal.services import agendas, links, meetings, own_meetings
from portal.services.calendar import Words, calendar_of
from portal.services.thread import MAX_BODY
from portal.store.meetings import Meeting
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.link import enter_form
from portal.web.citizen.own import own_id
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t, texts

MEETING = "/hjem/moeder/<int:meeting_id>"


@citizen.get("/hjem/moeder")
@guard(Resource.OWN_THREAD)
def show_own_meetings() -> ResponseReturnValue:
    with read() as session:
        ahead = meetings.ahead(session, own_id(), now())
    return render_template("pages/citizen/meetings.html", ahead=ahead, languages=INTERPRETERS)


@citizen.get(f"{MEETING}/flyt")
@guard(Resource.OWN_THREAD)
def show_move(meeting_id: int) -> ResponseReturnValue:
    with read() as session:
        meeting = _hers(session, meeting_id)
    return _move(meeting)


@citizen.post(f"{MEETING}/flyt")
@guard(Resource.OWN_THREAD)
def ask_to_move(meeting_id: int) -> ResponseReturnValue:
    words = request.form.get("words", "")
    with portal().write(actor().municipality_id) as session:
        meeting = _hers(session, meeting_id)
        refusal = own_meetings.ask_to_move(session, meeting, words, now())
    if refusal is not None:
        return _move(meeting, words, t("meetings.move.too_long", n=MAX_BODY)), 422
    return _done("meetings.move.done")


@citizen.post(f"{MEETING}/flyt/fortryd")
@guard(Resource.OWN_THREAD)
def take_back_move(meeting_id: int) -> ResponseReturnValue:
    with write() as session:
        own_meetings.take_back_move(session, _hers(session, meeting_id), now())
    return _done("own_data.ask.taken_back")


@citizen.get(f"{MEETING}/tolk")
@guard(Resource.OWN_THREAD)
def show_interpreter(meeting_id: int) -> ResponseReturnValue:
    with read() as session:
        meeting = _hers(session, meeting_id)
    return render_template("pages/citizen/meeting_interpreter.html", meeting=meeting, languages=INTERPRETERS)


@citizen.post(f"{MEETING}/tolk")
@guard(Resource.OWN_THREAD)
def say_interpreter(meeting_id: int) -> ResponseReturnValue:
    code = request.form.get("language", "")
    with write() as session:
        meeting = _hers(session, meeting_id)
        if not own_meetings.say_interpreter(session, meeting, code, now()):
            abort(404)
    return _done("meetings.interpreter.done" if code else "meetings.interpreter.done_none")


@citizen.post(f"{MEETING}/dagsorden")
@guard(Resource.OWN_THREAD)
def write_agenda(meeting_id: int) -> ResponseReturnValue:
    with write() as session:
        invitation = agendas.invite(session, _hers(session, meeting_id), now())
        if invitation is None or invitation.finished_at or invitation.cancelled_at:
            abort(404)
        form = links.start_invited(session, invitation.id, texts().locale.code, now())
    return enter_form(form.ref, form.resume_at, actor().municipality_id)


@citizen.get(f"{MEETING}/kalender.ics")
@guard(Resource.OWN_THREAD)
def save_to_calendar(meeting_id: int) -> ResponseReturnValue:
    host = urlsplit(portal().settings.link_url).netloc
    with read() as session:
        file = calendar_of(_hers(session, meeting_id), Words(t("meetings.calendar.title"), host), now())
    headers = {"Content-Disposition": 'attachment; filename="aftale.ics"'}
    return Response(file, mimetype="text/calendar", headers=headers)


def _hers(session: TenantSession, meeting_id: int) -> Meeting:
    """One that is gone since she saw it leads back to those that are."""
    found = own_meetings.hers(session, own_id(), meeting_id, now())
    if found is None:
        flash(t("meetings.gone"))
        abort(redirect(url_for("citizen.show_own_meetings"), 303))
    return found


def _move(meeting: Meeting, words: str = "", problem: str = "") -> str:
    return render_template(
        "pages/citizen/meeting_move.html", meeting=meeting, words=words, problem=problem, longest=MAX_BODY
    )


def _done(said: str) -> ResponseReturnValue:
    flash(t(said))
    return redirect(url_for("citizen.show_own_meetings"), 303)
