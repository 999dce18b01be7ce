"""/ukendte: SMS that are in nobody's thread, and what is done about each."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import blocked_numbers, unplaced
from portal.services.reach import OutOfReachError
from portal.services.unplaced import Discard, Problem
from portal.web.context import now, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff import searches
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader
from portal.web.thread import number


@staff.get("/ukendte")
@guard(Resource.UNPLACED_SMS)
def show_unplaced() -> ResponseReturnValue:
    with write() as session:
        messages = unplaced.list_unplaced(session, reader(), now())
    return render_template("pages/staff/unplaced.html", messages=messages)


@staff.get("/ukendte/lagt-vaek")
@guard(Resource.UNPLACED_SMS)
def show_put_away() -> ResponseReturnValue:
    with write() as session:
        messages = unplaced.list_put_away(session, reader(), now())
        placed = unplaced.list_placed(session, reader(), now())
    return render_template("pages/staff/unplaced_away.html", messages=messages, placed=placed)


@staff.get("/ukendte/spaerret")
@guard(Resource.UNPLACED_SMS)
def show_blocked() -> ResponseReturnValue:
    with write() as session:
        rows = blocked_numbers.list_blocked(session, reader(), now())
        listed = [(row.id, row.phone, row.since, row.staff.name if row.staff else "") for row in rows]
    return render_template("pages/staff/unplaced_blocked.html", listed=listed)


@staff.get("/ukendte/<int:unplaced_id>")
@guard(Resource.UNPLACED_SMS)
def show_one_unplaced(unplaced_id: int) -> ResponseReturnValue:
    return _one(unplaced_id)


@staff.post("/ukendte/<int:unplaced_id>")
@guard(Resource.UNPLACED_SMS)
def search_for_place(unplaced_id: int) -> ResponseReturnValue:
    return _one(unplaced_id)


@staff.post("/ukendte/<int:unplaced_id>/laeg")
@guard(Resource.UNPLACED_SMS)
def place_unplaced(unplaced_id: int) -> ResponseReturnValue:
    citizen_id, is_new = number("citizen_id"), "new_number" in request.form
    try:
        with write() as session:
            result = unplaced.place(
                session, reader(), unplaced_id, citizen_id or 0, now(), is_new_number=is_new
            )
    except OutOfReachError:
        return _refused(unplaced_id, Problem.NOBODY_CHOSEN)
    if result is None or isinstance(result, Problem):
        return _refused(unplaced_id, result)
    flash(t("thread.unplaced.placed"))
    return redirect(url_for("staff.show_thread", citizen_id=result) + "#slut", 303)


@staff.post("/ukendte/<int:unplaced_id>/afslut")
@guard(Resource.UNPLACED_SMS)
def settle_unplaced(unplaced_id: int) -> ResponseReturnValue:
    with write() as session:
        result = unplaced.discard(session, reader(), unplaced_id, request.form.get("reason", ""), now())
    if not isinstance(result, Discard):
        return _refused(unplaced_id, result)
    return _done("thread.unplaced.settled")


@staff.post("/ukendte/<int:unplaced_id>/fortryd")
@guard(Resource.UNPLACED_SMS)
def take_back_unplaced(unplaced_id: int) -> ResponseReturnValue:
    try:
        with write() as session:
            taken_back = unplaced.take_back(session, reader(), unplaced_id, now())
    except OutOfReachError:
        taken_back = False
    return _done("thread.unplaced.undone") if taken_back else abort(404)


@staff.post("/ukendte/<int:unplaced_id>/spaer")
@guard(Resource.UNPLACED_SMS)
def block_number(unplaced_id: int) -> ResponseReturnValue:
    with write() as session:
        result = blocked_numbers.block(session, reader(), unplaced_id, now())
    if isinstance(result, Problem):
        return _refused(unplaced_id, result)
    return _done("thread.unplaced.blocked") if result else abort(404)


@staff.post("/ukendte/spaerret/<int:quiet_id>/ophaev")
@guard(Resource.UNPLACED_SMS)
def unblock_number(quiet_id: int) -> ResponseReturnValue:
    with write() as session:
        if not blocked_numbers.unblock(session, reader(), quiet_id, now()):
            abort(404)
    flash(t("thread.unplaced.unblocked"))
    return redirect(url_for("staff.show_blocked"), 303)


def _one(unplaced_id: int, problem: Problem | None = None) -> str:
    search = searches.posted()
    with write() as session:
        looked = unplaced.look_at(session, reader(), unplaced_id, search, now()) or abort(404)
    return render_template(
        "pages/staff/unplaced_one.html", looked=looked, search=search, problem=problem, reasons=list(Discard)
    )


def _refused(unplaced_id: int, problem: Problem | None) -> ResponseReturnValue:
    return make_response(_one(unplaced_id, problem), 422) if problem else abort(404)


def _done(key: str) -> ResponseReturnValue:
    flash(t(key))
    return redirect(url_for("staff.show_unplaced"), 303)
