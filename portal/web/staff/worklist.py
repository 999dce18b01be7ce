"""/borgere: whoever needs the caseworker today first, then the others."""

from __future__ import annotations

import secrets
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.ageing import Colour
from portal.services import unplaced
from portal.services.worklist import Wanted, Worklist, note_seen, worklist_of
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff import searches
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader


@staff.get("/borgere")
@guard(Resource.CITIZEN_CARD)
def show_worklist() -> ResponseReturnValue:
    wanted = _wanted()
    with write() as session:
        note_seen(session, reader(), now())
    with read() as session:
        found = worklist_of(session, reader(), wanted, now())
        strangers_in_need = unplaced.urgent(session, reader())
    values = {"found": found, "strangers_in_need": strangers_in_need} | _around(wanted, found)
    return render_template("pages/staff/worklist.html", **values)


@staff.post("/borgere")
@guard(Resource.CITIZEN_CARD)
def search_worklist() -> ResponseReturnValue:
    kept: dict[str, Any] = {name: request.form.get(name) for name in ("hvem", "farve")}
    found = url_for("staff.show_worklist", q=searches.sealed(searches.posted()), **kept)
    return redirect(found, 303)


def _around(wanted: Wanted, found: Worklist) -> dict[str, object]:
    """The filter, the ticks, and the key that makes two clicks on a button one."""
    return {
        "wanted": wanted,
        "colours": _colours(found),
        "all_ticked": "alle" in request.args,
        "all_path": _all_path(),
        "key": secrets.token_urlsafe(16),
    }


def _all_path() -> str:
    """This very list with every box ticked, or with none: for who has no script."""
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("q", "hvem", "farve") if name in request.args
    }
    return url_for("staff.show_worklist", **kept, alle=None if "alle" in request.args else "1")


def _colours(found: Worklist) -> list[tuple[str, str]]:
    """For the filter: each colour with how many there are."""
    named = [
        (colour.value, f"{t(f'manager.group.{colour.value}')} ({found.colours.get(colour, 0)})")
        for colour in Colour
    ]
    return [("", t("caseworker.list.all_colours")), *named]


def _wanted() -> Wanted:
    colour = request.args.get("farve", "")
    return Wanted(
        search=searches.in_address(),
        mine_only=request.args.get("hvem") != "team",
        colour=Colour(colour) if colour in {each.value for each in Colour} else None,
    )
