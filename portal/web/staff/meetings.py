"""/borgere/<id>/moeder: a citizen's meetings, and what she has asked of them."""

from __future__ import annotations

from dataclasses import fields

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from database.tenancy import TenantSession
from portal.domain.access import Resource
from portal.domain.meetings import INTERPRETERS, MINUTES, Way
from portal.services import meetings
from portal.services.meetings import By, Problem, Typed
from portal.store.meetings import Meeting, one_of
from portal.store.people import Citizen
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach

MEETING = "/borgere/<int:citizen_id>/moeder/<int:meeting_id>"
LONGEST_FIELD = 1000


@staff.get("/borgere/<int:citizen_id>/moeder")
@guard(Resource.CITIZEN_CARD)
def show_meetings(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "meetings") as (session, citizen):
        ahead = meetings.ahead(session, citizen_id, now())
    return render_template("pages/staff/citizen_meetings.html", citizen=citizen, ahead=ahead)


@staff.get("/borgere/<int:citizen_id>/moeder/nyt")
@guard(Resource.CITIZEN_CARD)
def show_new_meeting(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "meetings") as (_, citizen):
        return _form(citizen, Typed())


@staff.post("/borgere/<int:citizen_id>/moeder/nyt")
@guard(Resource.CITIZEN_CARD)
def set_meeting(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "meeting.set") as (session, citizen):
        typed = _typed()
        wrong = meetings.problems(session, typed, now())
        if wrong:
            return _form(citizen, typed, wrong), 422
        meetings.set_meeting(session, citizen, typed, _by())
    return _done(citizen_id, "set")


@staff.get(MEETING)
@guard(Resource.CITIZEN_CARD)
def show_meeting(citizen_id: int, meeting_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "meetings") as (session, citizen):
        meeting = _meeting(session, citizen_id, meeting_id)
        return _form(citizen, meetings.typed_of(meeting), meeting=meeting)


@staff.post(MEETING)
@guard(Resource.CITIZEN_CARD)
def change_meeting(citizen_id: int, meeting_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "meeting.changed") as (session, citizen):
        meeting, typed = _meeting(session, citizen_id, meeting_id), _typed()
        wrong = meetings.problems(session, typed, now())
        if wrong:
            return _form(citizen, typed, wrong, meeting), 422
        changed = meetings.change_meeting(session, citizen, meeting, typed, _by())
    return _done(citizen_id, "changed" if changed else "as_before")


@staff.post(f"{MEETING}/aflys")
@guard(Resource.CITIZEN_CARD)
def cancel_meeting(citizen_id: int, meeting_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "meeting.cancelled") as (session, citizen):
        meeting = one_of(session, citizen_id, meeting_id) or abort(404)
        meetings.cancel_meeting(session, citizen, meeting, _by())
    return _done(citizen_id, "cancelled")


@staff.post(f"{MEETING}/set")
@guard(Resource.CITIZEN_CARD)
def settle_meeting(citizen_id: int, meeting_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "meeting.settled") as (session, _):
        meetings.settle(_meeting(session, citizen_id, meeting_id))
    return _done(citizen_id, "settled")


def _meeting(session: TenantSession, citizen_id: int, meeting_id: int) -> Meeting:
    found = one_of(session, citizen_id, meeting_id)
    return found if found is not None and found.cancelled_at is None else abort(404)


def _typed() -> Typed:
    named = (request.form.get(each.name, "").strip()[:LONGEST_FIELD] for each in fields(Typed))
    return Typed(*(value.replace("\r\n", "\n") for value in named))


def _by() -> By:
    return By(actor().staff_id or 0, now(), "tell" in request.form)


def _form(
    citizen: Citizen, typed: Typed, wrong: dict[str, Problem] | None = None, meeting: Meeting | None = None
) -> str:
    return render_template(
        "pages/staff/citizen_meeting.html",
        citizen=citizen,
        typed=typed,
        errors={name: t(f"meeting_desk.error.{problem}") for name, problem in (wrong or {}).items()},
        meeting=meeting,
        ways=[(way.value, t(f"meetings.way.{way}")) for way in Way],
        minutes=[(n, t("meeting_desk.minutes", n=n)) for n in MINUTES],
        interpreters=[("", t("meeting_desk.no_interpreter")), *INTERPRETERS.items()],
    )


def _done(citizen_id: int, said: str) -> ResponseReturnValue:
    flash(t(f"meeting_desk.done.{said}"))
    return redirect(f"/borgere/{citizen_id}/moeder", 303)
