"""/hjem/mine-data: all that is stored about her, who has looked at it, and a copy to take home."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services.own_data import export, reading, seen
from portal.services.own_data.fields import Field
from portal.services.own_data.reading import Names, Record
from portal.services.own_data.sections import BY_NAME
from portal.services.own_data.wording import shown
from portal.web.citizen.blueprint import citizen
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import texts

MEDIA = {"html": "text/html", "json": "application/json"}


@citizen.get("/hjem/mine-data")
@guard(Resource.OWN_DATA)
def show_own_data() -> ResponseReturnValue:
    with read() as session:
        counts = reading.counts(session, own_id())
        may_copy = export.is_allowed(session, actor().role)
    return render_template("pages/citizen/own_data.html", counts=counts, sections=BY_NAME, may_copy=may_copy)


@citizen.get("/hjem/mine-data/emne/<name>")
@guard(Resource.OWN_DATA)
def show_own_section(name: str) -> ResponseReturnValue:
    section = BY_NAME.get(name) or abort(404)
    with read() as session:
        records = reading.records(session, section, own_id(), Names(session))
    return render_template("pages/citizen/own_section.html", name=name, records=records, say=say)


@citizen.get("/hjem/mine-data/hvem")
@guard(Resource.OWN_DATA)
def show_who_has_seen() -> ResponseReturnValue:
    with read() as session:
        page = seen.seen(session, own_id(), _day(request.args.get("foer", "")))
    return render_template("pages/citizen/who_has_seen.html", page=page)


@citizen.post("/hjem/mine-data/kopi")
@guard(Resource.OWN_DATA)
def take_copy() -> ResponseReturnValue:
    """By POST: a copy is written down, and nothing fetches one by itself."""
    form = request.form.get("form", "")
    if form not in MEDIA:
        abort(400)
    with write() as session:
        if not export.is_allowed(session, actor().role):
            abort(403)
        copy = export.copy_of(session, own_id(), now())
    return _attached(_page(copy) if form == "html" else export.as_json_file(copy), form)


def own_id() -> int:
    """Whose data these are; a guard that let in anyone else is a fault."""
    citizen_id = actor().citizen_id
    return citizen_id if citizen_id is not None else abort(403)


def say(record: Record) -> list[tuple[Field, str]]:
    """What it tells in her language; what is empty is left out."""
    said = ((told.field, shown(told, texts())) for told in record.told)
    return [each for each in said if each[1]]


def _page(copy: export.Copy) -> str:
    return render_template("pages/citizen/own_data_file.html", copy=copy, say=say)


def _attached(content: str, form: str) -> Response:
    response = make_response(content)
    response.mimetype = MEDIA[form]
    response.headers["Content-Disposition"] = f"attachment; filename=mine-data-{now():%Y-%m-%d}.{form}"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _day(typed: str) -> date | None:
    """None for what is no day: the newest are shown."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
