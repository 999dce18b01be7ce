"""/borgere/<id>/flyt and /borgere/flyt: one citizen, or those ticked on the list, get another caseworker."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import handover
from portal.services.handover import Moved, place_of
from portal.services.reach import reach_several
from portal.store.people import Citizen
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff
from portal.web.staff.groups import ticked
from portal.web.staff.reach import glance, reach, reader


@staff.get("/borgere/<int:citizen_id>/flyt")
@guard(Resource.MOVE_CITIZEN)
def show_move(citizen_id: int) -> ResponseReturnValue:
    return _page_of(citizen_id)


@staff.post("/borgere/<int:citizen_id>/flyt")
@guard(Resource.MOVE_CITIZEN)
def move_citizen(citizen_id: int) -> ResponseReturnValue:
    with glance(citizen_id):  # 404 for who is out of reach
        pass
    moved = _move([citizen_id])
    if moved is None:
        return _page_of(citizen_id, t("beginning.move.choose"))
    _tell(moved)
    with read() as session:
        is_still_ours = bool(reach_several(session, reader(), [citizen_id], Resource.CITIZEN_CARD, now()))
    return redirect(f"/borgere/{citizen_id}" if is_still_ours else url_for("staff.show_worklist"), 303)


@staff.post("/borgere/flyt")
@guard(Resource.MOVE_CITIZEN)
def show_move_of_several() -> ResponseReturnValue:
    """Whoever was ticked on the list; they move with the next click."""
    return _page_of_several()


@staff.post("/borgere/flyt/udfoer")
@guard(Resource.MOVE_CITIZEN)
def move_several() -> ResponseReturnValue:
    moved = _move(ticked())
    if moved is None:
        return _page_of_several(t("beginning.move.choose"))
    _tell(moved)
    return redirect(url_for("staff.show_worklist"), 303)


def _move(citizen_ids: Sequence[int]) -> Moved | None:
    with write() as session:
        return handover.move(session, reader(), citizen_ids, request.form.get("caseworker", 0, whole), now())


def _tell(moved: Moved) -> None:
    flash(t("beginning.move.done", n=moved.moved, name=moved.to.name))
    if moved.left:
        flash(t("beginning.move.left", n=moved.left))


def _page_of(citizen_id: int, error: str = "") -> Response:
    with reach(citizen_id, "citizen.read", "move") as (session, citizen):
        able = handover.choices(session, [place_of(citizen.team)])
    return _page([citizen], [each for each in able if each.id != citizen.caseworker_id], error)


def _page_of_several(error: str = "") -> Response:
    with read() as session:
        found = reach_several(session, reader(), ticked(), Resource.MOVE_CITIZEN, now())
        able = handover.choices(session, {place_of(citizen.team) for citizen in found})
    if not found:
        flash(t("groups.nobody_ticked"))
        return make_response(redirect(url_for("staff.show_worklist"), 303))
    return _page(found, able, error, is_several=True)


def _page(found: Sequence[Citizen], able: object, error: str, *, is_several: bool = False) -> Response:
    page = "pages/staff/handover_several.html" if is_several else "pages/staff/handover.html"
    chosen = request.form.get("caseworker", "")
    html = render_template(page, citizen=found[0], people=found, able=able, chosen=chosen, error=error)
    return make_response(html, 422 if error else 200)
