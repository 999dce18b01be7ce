"""/hjem/mine-data/anmodning: ask us to correct or erase, and see what became of it."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.formatting import COPENHAGEN
from portal.domain.access import Resource
from portal.domain.ageing import local_day
from portal.domain.data_requests import LONGEST, RequestKind, RequestRefusal
from portal.services import data_requests
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.own_data import own_id
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.language import t, texts


@citizen.get("/hjem/mine-data/anmodning")
@guard(Resource.OWN_DATA)
def show_data_requests() -> ResponseReturnValue:
    return _page()


@citizen.post("/hjem/mine-data/anmodning")
@guard(Resource.OWN_DATA)
def ask_about_data() -> ResponseReturnValue:
    kind, words = request.form.get("kind", ""), request.form.get("words", "")
    with write() as session:
        result = data_requests.ask(session, own_id(), kind, words, now())
    if isinstance(result, RequestRefusal):
        return _page(result, kind, words)
    flash(t("own_data.ask.sent", day=texts().date(result.due_on)))
    return redirect(url_for("citizen.show_data_requests"), 303)


@citizen.post("/hjem/mine-data/anmodning/<int:request_id>/fortryd")
@guard(Resource.OWN_DATA)
def take_back_request(request_id: int) -> ResponseReturnValue:
    with write() as session:
        done = data_requests.take_back(session, own_id(), request_id, now())
    kind, words = request.form.get("kind", ""), request.form.get("words", "")
    if not done:
        return _page(None, kind, words, status=404)
    flash(t("own_data.ask.taken_back"))
    if kind or words.strip():  # half typed, and it stands there still
        return _page(None, kind, words)
    return redirect(url_for("citizen.show_data_requests"), 303)


def _page(
    refusal: RequestRefusal | None = None, kind: str = "", words: str = "", status: int = 200
) -> Response:
    with read() as session:
        asked = data_requests.of_citizen(session, own_id(), local_day(now(), COPENHAGEN))
    page = render_template(
        "pages/citizen/data_requests.html",
        asked=asked,
        refusal=refusal,
        kind=kind,
        words=words,
        kinds=tuple(RequestKind),
        longest=LONGEST,
    )
    return make_response(page, 422 if refusal else status)
