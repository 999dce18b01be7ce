"""Erase one citizen, by an administrator who has read what will happen and typed her code."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import data_requests, erasing
from portal.services.erasing import Erasing
from portal.store import rights
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.request_log import request_id as trace
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach

ERASE = "/borgere/<int:citizen_id>/anmodninger/<int:request_id>/slet"


@staff.get(ERASE)
@guard(Resource.ERASE_CITIZEN)
def show_erasure(citizen_id: int, request_id: int) -> ResponseReturnValue:
    return _page(citizen_id, request_id)


@staff.post(ERASE)
@guard(Resource.ERASE_CITIZEN)
def erase_citizen(citizen_id: int, request_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "data_request.read", "erasure") as (session, citizen):
        row = rights.one_of(session, citizen_id, request_id, lock=True) or abort(404)
        if not data_requests.may_erase(actor().role, row):
            abort(404)
        is_meant = request.form.get("code", "").strip() == citizen.short_code
        if is_meant:
            erasing.erase_citizen(
                session, citizen_id, Erasing(request_id, actor().staff_id or 0, trace()), now()
            )
    if not is_meant:
        return _page(citizen_id, request_id, t("rights.erase.error"))
    flash(t("rights.erase.done"))
    return redirect(url_for("staff.show_data_requests"), 303)


def _page(citizen_id: int, request_id: int, error: str = "") -> Response:
    with reach(citizen_id, "data_request.read", "erasure") as (session, citizen):
        row = rights.one_of(session, citizen_id, request_id) or abort(404)
        if not data_requests.may_erase(actor().role, row):
            abort(404)
        plan = erasing.plan(session, citizen_id)
    page = render_template(
        "pages/staff/erasure.html", citizen=citizen, request_id=request_id, plan=plan, error=error
    )
    return make_response(page, 422 if error else 200)
