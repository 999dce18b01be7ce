"""/anmodninger: what citizens ask about their data, with the day by which they must have an answer."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.formatting import COPENHAGEN
from portal.domain.access import Resource
from portal.domain.ageing import local_day
from portal.domain.data_requests import LONGEST, Outcome, RequestKind, RequestRefusal
from portal.services import data_requests
from portal.services.data_requests import Answering
from portal.store import rights
from portal.web.context import actor, now, write
from portal.web.guards import guard
from portal.web.language import t, texts
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach, reader

ONE = "/borgere/<int:citizen_id>/anmodninger/<int:request_id>"
NEW = "/borgere/<int:citizen_id>/anmodninger/ny"


@staff.get("/anmodninger")
@guard(Resource.DATA_REQUESTS)
def show_data_requests() -> ResponseReturnValue:
    with write() as session:
        found = data_requests.waiting(session, reader(), now())
    return render_template("pages/staff/data_requests.html", found=found)


@staff.get(ONE)
@guard(Resource.DATA_REQUESTS)
def show_data_request(citizen_id: int, request_id: int) -> ResponseReturnValue:
    return _one(citizen_id, request_id)


@staff.post(ONE)
@guard(Resource.DATA_REQUESTS)
def answer_data_request(citizen_id: int, request_id: int) -> ResponseReturnValue:
    given = Answering(request.form.get("outcome", ""), request.form.get("answer", ""), actor().staff_id or 0)
    with reach(citizen_id, "data_request.read", f"request {request_id}") as (session, _):
        row = rights.one_of(session, citizen_id, request_id, lock=True) or abort(404)
        refusal = data_requests.answer(session, row, given, now())
    if refusal is not None:
        return _one(citizen_id, request_id, refusal, given)
    flash(t("rights.one.sent"))
    return redirect(url_for("staff.show_data_request", citizen_id=citizen_id, request_id=request_id), 303)


@staff.get(NEW)
@guard(Resource.CITIZEN_CARD)
def show_register_request(citizen_id: int) -> ResponseReturnValue:
    return _register(citizen_id)


@staff.post(NEW)
@guard(Resource.CITIZEN_CARD)
def register_request(citizen_id: int) -> ResponseReturnValue:
    """She asked by phone, by letter or at a meeting: the same month counts."""
    kind, words = request.form.get("kind", ""), request.form.get("words", "")
    with reach(citizen_id, "data_request.registered") as (session, _):
        result = data_requests.ask(session, citizen_id, kind, words, now())
    if isinstance(result, RequestRefusal):
        return _register(citizen_id, result, words)
    flash(t("rights.card.registered", day=texts().date(result.due_on)))
    return redirect(url_for("staff.show_citizen", citizen_id=citizen_id), 303)


def _one(
    citizen_id: int,
    request_id: int,
    refusal: RequestRefusal | None = None,
    given: Answering = Answering("", "", 0),  # noqa: B008 — frozen
) -> Response:
    with reach(citizen_id, "data_request.read", f"request {request_id}") as (session, citizen):
        row = rights.one_of(session, citizen_id, request_id) or abort(404)
        page = render_template(
            "pages/staff/data_request.html",
            citizen=citizen,
            each=data_requests.shown(row, local_day(now(), COPENHAGEN)),
            may_erase=data_requests.may_erase(actor().role, row),
            outcomes=tuple(Outcome),
            error=_error(refusal),
            given=given,
        )
    return make_response(page, 422 if refusal else 200)


def _register(citizen_id: int, refusal: RequestRefusal | None = None, words: str = "") -> Response:
    with reach(citizen_id, "citizen.read", "request") as (_, citizen):
        page = render_template(
            "pages/staff/data_request_new.html",
            citizen=citizen,
            kinds=tuple(RequestKind),
            error=_error(refusal),
            words=words,
        )
    return make_response(page, 422 if refusal else 200)


def _error(refusal: RequestRefusal | None) -> str:
    return t(f"rights.error.{refusal.value}", max=LONGEST) if refusal else ""
