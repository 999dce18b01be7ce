"""/borgere/liste: new citizens from a spreadsheet, looked at row by row before any is taken.

What was looked at travels in the page, sealed: nothing of it is stored until it is taken, and what is taken is what
was seen.
"""

from __future__ import annotations

import json

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from database.encryption import UndecryptableError, keyring
from portal.domain.access import Resource
from portal.domain.newcomer_lists import MOST_ROWS, Column, ListedPerson
from portal.services import newcomer_lists as services
from portal.services.newcomer_lists import HARMLESS, Judged
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader

FORM = "pages/staff/newcomer_list.html"
GONE = "gone"


@staff.get("/borgere/liste")
@guard(Resource.ADD_CITIZEN)
def show_newcomer_list() -> ResponseReturnValue:
    return _form()


@staff.post("/borgere/liste")
@guard(Resource.ADD_CITIZEN)
def look_at_newcomers() -> ResponseReturnValue:
    file, typed = request.files.get("file"), request.form.get("rows", "")
    people = services.read_file(file.read() if file and file.filename else typed.encode())
    if not isinstance(people, tuple):
        return _form(typed, people)
    with read() as session:
        judged = services.judge(session, reader(), people)
    return _preview(judged, people)


@staff.post("/borgere/liste/tilfoej")
@guard(Resource.ADD_CITIZEN)
def take_newcomers() -> ResponseReturnValue:
    people = _opened(request.form.get("people", ""))
    if people is None:
        return _form(unfit=GONE)
    with write() as session:
        judged, taken = services.take(session, reader(), people, now())
    if not taken:  # somebody has added one of them meanwhile, say
        return _preview(judged, people)
    flash(t("beginning.list.done", n=judged.ready))
    return redirect(url_for("staff.show_worklist"), 303)


def _form(typed: str = "", unfit: str = "") -> Response:
    page = render_template(FORM, typed=typed, unfit=unfit, most=MOST_ROWS)
    return make_response(page, 422 if unfit else 200)


def _preview(judged: Judged, people: tuple[ListedPerson, ...]) -> Response:
    sealed = _sealed(people) if judged.may_be_taken else ""
    page = "pages/staff/newcomer_preview.html"
    html = render_template(page, judged=judged, sealed=sealed, harmless=HARMLESS)
    return make_response(html, 200 if judged.may_be_taken else 422)


def _sealed(people: tuple[ListedPerson, ...]) -> str:
    rows = [[person.number, dict(person.cells)] for person in people]
    return keyring().encrypt(json.dumps({"staff": actor().staff_id, "rows": rows}))


def _opened(sealed: str) -> tuple[ListedPerson, ...] | None:
    """None for what this very reader has not looked at."""
    try:
        kept = json.loads(keyring().decrypt(sealed))
    except (UndecryptableError, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("staff") != actor().staff_id or "rows" not in kept:
        return None
    return tuple(
        ListedPerson(number, {Column(name): text for name, text in cells.items()})
        for number, cells in kept["rows"]
    )
