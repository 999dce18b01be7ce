"""/tekster/maerk: what makes a Danish text hard, marked while somebody writes it. Nothing is kept.

For all staff: who writes to a citizen writes plain Danish, whether it is a text of the product or a message.
"""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.web.guards import guard
from portal.web.respond import respond
from portal.web.staff.blueprint import staff

LONGEST = 20_000
LONGEST_NAME = 80


@staff.get("/tekster/maerk")
@guard(Resource.OWN_ACCOUNT)
def show_marks() -> ResponseReturnValue:
    """Any text of one's own: a letter, a web page, an e-mail."""
    return render_template("pages/staff/marked.html", field="tekst", text="", before="", key="")


@staff.post("/tekster/maerk")
@guard(Resource.OWN_ACCOUNT)
def mark_text() -> ResponseReturnValue:
    """The text in the field that ``felt`` names; ``<felt>-foer`` holds how it stands today, ``noegle`` whose it is."""
    field = request.args.get("felt", "tekst")[:LONGEST_NAME]
    return respond(
        "pages/staff/marked.html",
        "fragments/texts/_marked.html",
        field=field,
        text=typed(field),
        before=typed(f"{field}-foer"),
        key=request.args.get("noegle", "")[:LONGEST_NAME],
        live=True,
    )


def typed(field: str) -> str:
    """As the page's own script counts it: a browser sends line ends as CR LF."""
    return request.form.get(field, "")[:LONGEST].replace("\r\n", "\n")
