"""/hjem/nummer: she changes her number; a code that comes to the new phone proves it hers."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import own_number
from portal.services.own_number import Answer, Change
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.own import own_id
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.language import t

LONGEST_FIELD = 40


@citizen.get("/hjem/nummer")
@guard(Resource.CHANGE_NUMBER)
def show_own_number() -> ResponseReturnValue:
    return _page(begins_anew="nyt" in request.args)


@citizen.post("/hjem/nummer")
@guard(Resource.CHANGE_NUMBER)
def ask_for_number() -> ResponseReturnValue:
    typed = _field("phone")
    with write() as session:
        answer = own_number.ask(session, own_id(), typed, now())
    if answer is not Answer.SENT:
        return make_response(_page(error=answer.value, typed=typed, begins_anew=True), 422)
    return redirect(url_for("citizen.show_own_number"), 303)


@citizen.post("/hjem/nummer/kode")
@guard(Resource.CHANGE_NUMBER)
def confirm_own_number() -> ResponseReturnValue:
    with write() as session:
        change = own_number.confirm(session, own_id(), _field("code"), now())
    if change.answer is not Answer.CHANGED:
        return _not_yet(change)
    flash(t("mitid.number.changed"))
    return redirect(url_for("citizen.show_own_number"), 303)


def _not_yet(change: Change) -> Response:
    is_over = change.answer is Answer.EXPIRED
    return make_response(_page(error=change.answer.value, left=change.left, begins_anew=is_over), 422)


def _page(error: str = "", typed: str = "", left: int = 0, *, begins_anew: bool = False) -> str:
    with read() as session:
        state = own_number.state_of(session, own_id(), now())
    asks_for_code = state.waiting_for is not None and not begins_anew
    return render_template(
        "pages/citizen/own_number.html",
        state=state,
        asks_for_code=asks_for_code,
        error=error,
        typed=typed,
        left=left,
    )


def _field(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST_FIELD]
