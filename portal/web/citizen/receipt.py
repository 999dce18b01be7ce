"""After the last page: thanks, what happens next, the answers just given, and a box to write in."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.help import ALONE, Helper, helper_in, is_answer
from portal.services import entering, thread
from portal.services.forms import OpenForm
from portal.services.receipt import answer_lines
from portal.services.thread import NotWritten
from portal.store import responses
from portal.store.people import Citizen
from portal.web import kept
from portal.web.citizen.answering import own_form
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.grants import WRITER, leave_to_write
from portal.web.citizen.sessions import is_at_home
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t, texts
from portal.web.respond import leave_for

PAGE = "pages/citizen/receipt.html"


@citizen.get("/svar/<ref>/tak")
@guard(Resource.ANSWER_FORM)
def show_receipt(ref: str) -> ResponseReturnValue:
    form = own_form(ref)
    if form.finished_at is None:
        return leave_for(url_for("citizen.show_page", ref=ref, number=form.resume_at))
    return _page(form, is_written="skrevet" in request.args)


@citizen.post("/svar/<ref>/skriv")
@guard(Resource.ANSWER_FORM)
def write_to_caseworker(ref: str) -> ResponseReturnValue:
    form, body = own_form(ref), request.form.get("body", "")
    with write() as session:
        result = thread.write_as_citizen(session, form.citizen_id, body, now())
    if actor().may_only_write:
        return _thank_late(form) if not isinstance(result, NotWritten) else kept.way_in()
    if isinstance(result, NotWritten):
        error = t(f"errors.field.{result.reason}", max=thread.MAX_BODY)
        return make_response(_page(form, body=body, error=error), 422)
    return redirect(url_for("citizen.show_receipt", ref=ref, skrevet=1), 303)


@citizen.post("/svar/<ref>/hjaelp")
@guard(Resource.ANSWER_FORM)
def say_who_helped(ref: str) -> ResponseReturnValue:
    """Her own word, which she may change as long as the page is open to her."""
    form, helped, body = own_form(ref), request.form.get("hjaelp"), request.form.get("body", "")
    if not is_answer(helped) or form.finished_at is None:
        return redirect(url_for("citizen.show_receipt", ref=ref) + "#hjaelp", 303)
    with write() as session:
        entering.note_helper(session, form, helper_in(helped))
    if body.strip():  # half typed, and it stands there still
        return _page(form, body=body, has_said=True)
    return redirect(url_for("citizen.show_receipt", ref=ref, hjalp=1) + "#hjaelp", 303)


def _thank_late(form: OpenForm) -> Response:
    """The receipt is closed to her by now, and her answers with it."""
    flash(t("citizen.receipt.written", caseworker=texts().isolate(_caseworker(form))))
    return make_response(redirect(url_for("citizen.show_way_back"), 303))


def _caseworker(form: OpenForm) -> str:
    with read() as session:
        return session.get_one(Citizen, form.citizen_id).caseworker.name


def _belongs(form: OpenForm) -> tuple[tuple[str, str], ...]:
    """For the form of this page: whose it is, and that it may be sent though the page has closed."""
    owner = kept.mark_of(form.citizen_id)
    return (kept.OWNER, owner), (WRITER, leave_to_write(form.ref, actor().municipality_id))


def _page(
    form: OpenForm, *, body: str = "", error: str = "", is_written: bool = False, has_said: bool = False
) -> Response:
    chosen = request.form.get("hjaelp")
    with read() as session:
        given = responses.how_given(session, form.facts.measurement_id)
    page = render_template(
        PAGE,
        form=form,
        lines=answer_lines(form),
        caseworker=_caseworker(form),
        body=body,
        error=error,
        is_written=is_written,
        given=given,
        helpers=[ALONE, *Helper],
        chosen=chosen if is_answer(chosen) else "",
        has_said=has_said or "hjalp" in request.args,
        belongs=_belongs(form),
        is_at_home=is_at_home(form.citizen_id),
    )
    return make_response(page)
