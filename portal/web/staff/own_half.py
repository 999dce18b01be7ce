"""/borgere/<id>/vurdering: the caseworker's own half, blind to the citizen's."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services.own_half import HalfFinished, NoHalf, OwnHalf, fill_half, open_half
from portal.services.whole_form import Filled
from portal.store.people import Citizen
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach

NOT_ANSWERS = frozenset({"csrf_token", "finish"})


@staff.get("/borgere/<int:citizen_id>/vurdering")
@guard(Resource.CASEWORKER_ANSWERS)
def show_own_half(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "own_half.read") as (session, citizen):
        half = open_half(session, citizen_id)
    return _page(citizen, half)


@staff.post("/borgere/<int:citizen_id>/vurdering")
@guard(Resource.CASEWORKER_ANSWERS)
def fill_own_half(citizen_id: int) -> ResponseReturnValue:
    filled = Filled(_posted(), finish="finish" in request.form)
    with reach(citizen_id, "own_half.fill") as (session, citizen):
        half = fill_half(session, citizen_id, actor().staff_id or 0, filled, now())
    if isinstance(half, HalfFinished):
        flash(t("caseworker.half.finished"))
        return redirect(f"/borgere/{citizen_id}/udvikling", 303)
    if isinstance(half, OwnHalf) and not half.errors and not filled.finish:
        return _saved(citizen_id)
    return _page(citizen, half, 422)


def _posted() -> dict[str, list[str]]:
    return {name: values for name, values in request.form.lists() if name not in NOT_ANSWERS}


def _saved(citizen_id: int) -> ResponseReturnValue:
    """htmx saves while she answers, and only the small note beside the button changes."""
    if request.headers.get("HX-Request") == "true":
        return render_template("fragments/own_half/_saved.html", at=now())
    flash(t("caseworker.half.saved"))
    return redirect(f"/borgere/{citizen_id}/vurdering", 303)


def _page(citizen: Citizen, half: OwnHalf | HalfFinished | NoHalf, status: int = 200) -> ResponseReturnValue:
    if request.headers.get("HX-Request") == "true":
        return "", 204  # what is wrong with a draft is told when it is sent in
    if isinstance(half, NoHalf):
        return render_template("pages/staff/no_half.html", citizen=citizen, why=half.value)
    return render_template("pages/staff/own_half.html", citizen=citizen, half=half), status
