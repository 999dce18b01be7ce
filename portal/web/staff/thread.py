"""/borgere/<id>/samtale: the thread with a citizen, and writing in it."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from messaging.policy import Purpose, Wait
from messaging.replacements import simplified
from portal.domain.access import Resource
from portal.services import conversation, thread, whatsapp
from portal.services.conversation import Reader
from portal.services.opening_hours import reply_time
from portal.services.sms.draft import draft, house_rules
from portal.services.sms.permission import Matter, decision
from portal.services.thread import Channel, NotWritten, StaffWriting
from portal.store import check_in_asks, crisis
from portal.store.people import Citizen
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.respond import wants_fragment
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import glance, reach
from portal.web.thread import Question, nothing_new, number, question
from portal.web.uploads import takes_files, uploaded

PAGE = "pages/staff/thread.html"
NEWS = "fragments/thread/_staff_news.html"
FORM = "fragments/thread/_staff_form.html"
CHECK = "fragments/thread/_check.html"


class _RefusedError(Exception):
    """Takes the audit event of a writing that was none back with it."""

    def __init__(self, refusal: NotWritten) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


@staff.get("/borgere/<int:citizen_id>/samtale")
@guard(Resource.CITIZEN_THREAD)
def show_thread(citizen_id: int) -> ResponseReturnValue:
    asked = question()
    return _page(citizen_id) if asked is None else _news(citizen_id, asked)


@staff.post("/borgere/<int:citizen_id>/samtale")
@guard(Resource.CITIZEN_THREAD)
@takes_files
def write_message(citizen_id: int) -> ResponseReturnValue:
    writing, files = _writing(), uploaded()
    if isinstance(files, NotWritten):
        refusal: NotWritten | None = files
    else:
        writing = replace(writing, files=files)
        refusal = _write(citizen_id, writing)
    if refusal is None and not wants_fragment():
        return redirect(url_for("staff.show_thread", citizen_id=citizen_id) + "#slut", 303)
    return _answer(citizen_id, writing, refusal)


def _write(citizen_id: int, writing: StaffWriting) -> NotWritten | None:
    try:
        with reach(citizen_id, "thread.write") as (session, _):
            result = thread.write_as_staff(session, citizen_id, writing, now())
            if isinstance(result, NotWritten):
                raise _RefusedError(result)
    except _RefusedError as error:
        return error.refusal
    return None


@staff.post("/borgere/<int:citizen_id>/samtale/tjek")
@guard(Resource.CITIZEN_THREAD)
def check_sms(citizen_id: int) -> ResponseReturnValue:
    """While she writes: how many parts, what they cost, and what does not belong in an SMS. Who has no script asks
    by a button; another replaces the signs that make it dear."""
    writing = _writing()
    if "ret" in request.form:
        writing = replace(writing, body=simplified(writing.body))
    if "tjek" in request.form or ("ret" in request.form and not wants_fragment()):
        return _page(citizen_id, writing)
    with glance(citizen_id) as (session, citizen):
        values = _form_values(session, citizen, writing, None)
    return render_template(FORM if "ret" in request.form else CHECK, focus=True, **values)


def _page(citizen_id: int, typed: StaffWriting | None = None, refusal: NotWritten | None = None) -> Response:
    with reach(citizen_id, "thread.read") as (session, citizen):
        shown = conversation.open_thread(session, citizen_id, Reader.STAFF, now(), number("foer"))
        alarm, has_planned = crisis.newest_open_and_planned(session, citizen_id)
        reply = reply_time(session, citizen, now())
        values = _form_values(session, citizen, typed, refusal)
        values["waiting"] = check_in_asks.not_gone(session, citizen_id, now()) if has_planned else []
    # An older piece of the thread shows no end of it to compare with.
    values["shown_id"] = "" if number("foer") else shown.last_id
    page = render_template(PAGE, thread=shown, alarm=alarm, reply=reply, **values)
    return make_response(page, 422 if refusal else 200)


def _news(citizen_id: int, asked: Question) -> Response:
    with glance(citizen_id) as (session, _):
        if not conversation.has_changed(session, citizen_id, asked.after_id, asked.state):
            return nothing_new()
    with reach(citizen_id, "thread.read", "news") as (session, citizen):
        if asked.unseen:
            news = conversation.news(session, citizen_id, asked.after_id)
        else:
            news = conversation.hear_news(session, citizen_id, Reader.STAFF, asked.after_id, now())
        reply = reply_time(session, citizen, now())
    return make_response(render_template(NEWS, citizen=citizen, news=news, reply=reply))


def _answer(citizen_id: int, writing: StaffWriting, refusal: NotWritten | None) -> Response:
    """To htmx: the form again, empty when it was taken, and what is new in the thread."""
    if not wants_fragment():
        return _page(citizen_id, writing, refusal)
    with reach(citizen_id, "thread.read", "news") as (session, citizen):
        after_id = number("efter") or 0
        news = conversation.hear_news(session, citizen_id, Reader.STAFF, after_id, now())
        reply = reply_time(session, citizen, now())
        typed = writing if refusal else StaffWriting(writing.staff_id, "", writing.channel)
        values = {**_form_values(session, citizen, typed, refusal), "shown_id": news.last_id}
    form = render_template(FORM, focus=True, **values)
    html = form + render_template(NEWS, news=news, reply=reply, **values)
    return make_response(html, 422 if refusal else 200)


def _ways(session: Session, citizen: Citizen) -> dict[str, object]:
    """How she can be written to, besides in the portal."""
    municipality, heard_at = whatsapp.own_and_last_heard(session, citizen.id)
    decided = decision(session, citizen, municipality, Matter(Purpose.WRITTEN), now())
    return {
        "sms_later": decided.until if isinstance(decided, Wait) else None,
        "no_sms": thread.why_no_sms(citizen, municipality.reply_number),
        "reply_number": municipality.reply_number,
        "whatsapp": whatsapp.offer(municipality.whatsapp_number, heard_at, citizen, now()),
    }


def _form_values(
    session: TenantSession, citizen: Citizen, typed: StaffWriting | None, refusal: NotWritten | None
) -> dict[str, object]:
    typed = typed or StaffWriting(actor().staff_id or 0, "")
    body = typed.body.strip()
    is_sms = bool(body) and typed.channel is not Channel.PORTAL
    return {
        "citizen": citizen,
        "typed": typed,
        "refusal": refusal,
        **_ways(session, citizen),
        "sms": draft(body, citizen.kendeord, house_rules(session)) if is_sms else None,
        "longest": thread.MAX_BODY,
        "shown_id": "" if typed.shown_id is None else typed.shown_id,
    }


def _writing() -> StaffWriting:
    said = Channel.PORTAL if "i_stedet" in request.form else request.form.get("channel", "")
    channel = Channel(said) if said in set(Channel) else Channel.PORTAL
    body = request.form.get("body", "")
    return StaffWriting(
        actor().staff_id or 0,
        body,
        channel,
        confirmed="confirmed" in request.form,
        shown_id=number("vist"),
    )
