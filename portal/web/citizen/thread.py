"""/hjem/samtale: the citizen's own thread with her caseworkers, and writing in it."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from database.encryption import blind_index
from database.tenancy import TenantSession
from portal.domain.access import Resource
from portal.domain.files import CleanFile
from portal.services import conversation, thread
from portal.services.conversation import Reader
from portal.services.opening_hours import reply_time
from portal.services.thread import NotWritten
from portal.store.people import Citizen
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.own import own_id
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.respond import wants_fragment
from portal.web.thread import Question, nothing_new, number, question
from portal.web.uploads import takes_files, uploaded

PAGE = "pages/citizen/thread.html"
NEWS = "fragments/thread/_citizen_news.html"
FORM = "fragments/thread/_citizen_form.html"


@citizen.get("/hjem/samtale")
@guard(Resource.OWN_THREAD)
def show_thread() -> ResponseReturnValue:
    asked = question()
    return page() if asked is None else _news(asked)


@citizen.post("/hjem/samtale")
@guard(Resource.OWN_THREAD)
@takes_files
def write_message() -> ResponseReturnValue:
    body, files = request.form.get("body", ""), uploaded()
    refusal = files if isinstance(files, NotWritten) else _write(body, files)
    if wants_fragment():
        return _answer(body, refusal)
    if refusal is not None:
        return page(body, refusal)
    return redirect(url_for("citizen.show_thread") + "#slut", 303)


def _write(body: str, files: tuple[CleanFile, ...]) -> NotWritten | None:
    with write() as session:
        result = thread.write_as_citizen(session, own_id(), body, now(), files)
    return result if isinstance(result, NotWritten) else None


def page(body: str = "", refusal: NotWritten | None = None) -> Response:
    with write() as session:
        person = session.get_one(Citizen, own_id())
        shown = conversation.open_thread(session, person.id, Reader.CITIZEN, now(), number("foer"))
        values = _values(session, person)
    html = render_template(PAGE, thread=shown, body=body, refusal=refusal, **values)
    return make_response(html, 422 if refusal else 200)


def _news(asked: Question) -> Response:
    with read() as session:
        if not conversation.has_changed(session, own_id(), asked.after_id, asked.state):
            return nothing_new()
    with write() as session:
        if asked.unseen:
            news = conversation.news(session, own_id(), asked.after_id)
        else:
            news = conversation.hear_news(session, own_id(), Reader.CITIZEN, asked.after_id, now())
        values = _values(session, session.get_one(Citizen, own_id()))
    return make_response(render_template(NEWS, news=news, **values))


def _answer(body: str, refusal: NotWritten | None) -> Response:
    """To htmx: the form again, empty when it was taken, and what is new in the thread."""
    with write() as session:
        person = session.get_one(Citizen, own_id())
        after_id = number("efter") or 0
        news = conversation.hear_news(session, person.id, Reader.CITIZEN, after_id, now())
        values = {**_values(session, person), "refusal": refusal}
    form = render_template(FORM, focus=True, body=body if refusal else "", **values)
    html = form + render_template(NEWS, news=news, **values)
    return make_response(html, 422 if refusal else 200)


def _values(session: TenantSession, person: Citizen) -> dict[str, object]:
    return {
        "citizen": person,
        "caseworker": person.caseworker.name,
        "reply": reply_time(session, person, now()),
        "longest": thread.MAX_BODY,
        "draft_of": blind_index("draft", str(person.id))[:12],
    }
