"""/borgere/<id>/paamindelser: the pause, the days that schedules count from, and what her reminders came to."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.schedules import DateKind
from portal.services import reminders
from portal.store import ladders
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach

PAGE = "pages/staff/citizen_reminders.html"


@staff.get("/borgere/<int:citizen_id>/paamindelser")
@guard(Resource.CITIZEN_CARD)
def show_reminders(citizen_id: int) -> ResponseReturnValue:
    return _page(citizen_id)


@staff.post("/borgere/<int:citizen_id>/paamindelser/pause")
@guard(Resource.CITIZEN_CARD)
def pause_reminders(citizen_id: int) -> ResponseReturnValue:
    typed = request.form.get("until", "").strip()
    until = _day(typed)
    if typed and (until is None or not reminders.is_ahead(until, now())):
        return _page(citizen_id, "until"), 422
    with reach(citizen_id, "reminders.paused", typed or None) as (_, citizen):
        reminders.pause(citizen, until, now())
    return _done(citizen_id, "paused")


@staff.post("/borgere/<int:citizen_id>/paamindelser/genoptag")
@guard(Resource.CITIZEN_CARD)
def resume_reminders(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "reminders.resumed") as (_, citizen):
        reminders.resume(citizen)
    return _done(citizen_id, "resumed")


@staff.post("/borgere/<int:citizen_id>/paamindelser/taget")
@guard(Resource.CITIZEN_CARD)
def settle_ladder(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "reminders.settled") as (session, citizen):
        ladders.settle(session, citizen.id, actor().staff_id or 0, now())
    return _done(citizen_id, "settled")


@staff.post("/borgere/<int:citizen_id>/paamindelser/datoer")
@guard(Resource.CITIZEN_CARD)
def set_dates(citizen_id: int) -> ResponseReturnValue:
    typed = {kind: request.form.get(kind.value, "").strip() for kind in DateKind}
    wrong = next((kind.value for kind, text in typed.items() if text and _day(text) is None), None)
    if wrong is not None:
        return _page(citizen_id, wrong), 422
    with reach(citizen_id, "citizen.dates_set") as (session, citizen):
        days = {kind: _day(text) for kind, text in typed.items()}
        reminders.set_dates(session, citizen, days, actor().staff_id or 0, now())
    return _done(citizen_id, "dates_saved")


def _page(citizen_id: int, wrong: str = "") -> str:
    with reach(citizen_id, "citizen.read", "reminders") as (session, citizen):
        found = reminders.of_citizen(session, citizen, now())
    return render_template(PAGE, citizen=citizen, found=found, wrong=wrong, kinds=list(DateKind))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _done(citizen_id: int, said: str) -> ResponseReturnValue:
    flash(t(f"reminders.done.{said}"))
    return redirect(f"/borgere/{citizen_id}/paamindelser", 303)
