"""/borgere/<id>/nummer: a citizen's number is changed, confirmed to be hers, or put back where she changed it."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import numbers, own_number
from portal.services.numbers import Changed
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach

LONGEST = 40


@staff.get("/borgere/<int:citizen_id>/nummer")
@guard(Resource.CITIZEN_CARD)
def show_number(citizen_id: int) -> ResponseReturnValue:
    return _page(citizen_id, "", "")


@staff.post("/borgere/<int:citizen_id>/nummer")
@guard(Resource.CITIZEN_CARD)
def change_number(citizen_id: int) -> ResponseReturnValue:
    typed = request.form.get("phone", "").strip()[:LONGEST]
    phone = numbers.e164(typed)
    if phone is None:
        return make_response(_page(citizen_id, typed, t("caseworker.number.error")), 422)
    with reach(citizen_id, "citizen.number_changed") as (session, citizen):
        changed = numbers.change_number(session, citizen, phone, actor().staff_id or 0, now())
        is_shared = numbers.shares_number(session, citizen)
    return _done(citizen_id, changed, is_shared)


@staff.post("/borgere/<int:citizen_id>/nummer-rigtigt")
@guard(Resource.CITIZEN_CARD)
def confirm_number(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.freeze_lifted") as (session, citizen):
        numbers.confirm_number(session, citizen, actor().staff_id or 0, now())
    return _done(citizen_id, Changed.CONFIRMED, False)


@staff.post("/borgere/<int:citizen_id>/nummer-tilbage")
@guard(Resource.CITIZEN_CARD)
def undo_own_number(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.own_number_undone") as (session, citizen):
        undone = own_number.undo(session, citizen, actor().staff_id or 0, now())
    flash(t("mitid_desk.undone" if undone else "mitid_desk.too_late"))
    return redirect(f"/borgere/{citizen_id}/nummer", 303)


def _page(citizen_id: int, typed: str, error: str) -> str:
    with reach(citizen_id, "citizen.read", "number") as (session, citizen):
        is_shared = numbers.shares_number(session, citizen)
        own_change = own_number.undoable(session, citizen, now())
    return render_template(
        "pages/staff/citizen_number.html",
        citizen=citizen,
        typed=typed,
        error=error,
        is_shared=is_shared,
        own_change=own_change,
    )


def _done(citizen_id: int, changed: Changed, is_shared: bool) -> ResponseReturnValue:
    flash(t(f"caseworker.number.{changed.value}"))
    if is_shared:
        flash(t("caseworker.number.shared"))
    return redirect(f"/borgere/{citizen_id}", 303)
