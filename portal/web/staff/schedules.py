"""/planer: schedules that ask a team's citizens by themselves: shown before they are made, paused, stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from flask import Response, abort, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from i18n.formatting import COPENHAGEN
from portal.domain.access import Resource
from portal.domain.ageing import local_day
from portal.domain.schedules import ScheduleKind
from portal.services import schedules as services
from portal.services.citizen_card import forms_to_send
from portal.services.schedules import Preview, Problem, Typed
from portal.store import groups
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader

LONGEST = 20
"""Characters of a field: ids, numbers and days."""


@staff.get("/planer")
@guard(Resource.REMINDER_SCHEDULES)
def show_schedules() -> ResponseReturnValue:
    with read() as session:
        found = services.list_of(session, reader())
    return render_template("pages/staff/schedules.html", found=found)


@staff.get("/planer/ny")
@guard(Resource.REMINDER_SCHEDULES)
def show_new_schedule() -> ResponseReturnValue:
    today = local_day(now(), COPENHAGEN).isoformat()
    return _form(_typed(request.args.to_dict(), Typed(starts_on=today)))


@staff.post("/planer/ny")
@guard(Resource.REMINDER_SCHEDULES)
def preview_schedule() -> ResponseReturnValue:
    """Shows what it will do; makes nothing yet."""
    typed = _typed(request.form.to_dict())
    with read() as session:
        shown = services.preview(session, reader(), typed, now())
    if not isinstance(shown, Preview):
        return _form(typed, shown)
    return render_template("pages/staff/schedule_preview.html", shown=shown, typed=typed, fields=_names())


@staff.post("/planer")
@guard(Resource.REMINDER_SCHEDULES)
def make_schedule() -> ResponseReturnValue:
    typed = _typed(request.form.to_dict())
    with write() as session:
        services.make(session, reader(), typed, now()) or abort(422)
    return _done("made")


@staff.post("/planer/<int:schedule_id>/pause")
@guard(Resource.REMINDER_SCHEDULES)
def pause_schedule(schedule_id: int) -> ResponseReturnValue:
    return _change(services.pause, schedule_id, "paused")


@staff.post("/planer/<int:schedule_id>/genoptag")
@guard(Resource.REMINDER_SCHEDULES)
def resume_schedule(schedule_id: int) -> ResponseReturnValue:
    return _change(services.resume, schedule_id, "resumed")


@staff.post("/planer/<int:schedule_id>/stop")
@guard(Resource.REMINDER_SCHEDULES)
def stop_schedule(schedule_id: int) -> ResponseReturnValue:
    return _change(services.stop, schedule_id, "stopped")


def _change(change: Callable[..., bool], schedule_id: int, said: str) -> ResponseReturnValue:
    with write() as session:
        if not change(session, reader(), schedule_id, now()):
            abort(404)
    return _done(said)


def _form(typed: Typed, problems: tuple[Problem, ...] = ()) -> Response:
    with read() as session:
        forms = forms_to_send(session)
        of_team = groups.names_of_team(session, reader().team_id or 0)
    page = render_template(
        "pages/staff/schedule_new.html",
        typed=typed,
        problems=[problem.value for problem in problems],
        forms=forms,
        groups=of_team,
        kinds=[kind.value for kind in ScheduleKind],
    )
    return make_response(page, 422 if problems else 200)


def _names() -> list[str]:
    return [each.name for each in fields(Typed)]


def _typed(sent: dict[str, str], default: Typed | None = None) -> Typed:
    default = default or Typed()
    return Typed(**{name: sent.get(name, getattr(default, name))[:LONGEST].strip() for name in _names()})


def _done(said: str) -> ResponseReturnValue:
    flash(t(f"schedules.done.{said}"))
    return redirect("/planer", 303)
