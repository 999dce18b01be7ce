"""/hjem/kontakt/hoejt: the pages are read aloud on this phone, or not."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.display import display, keep, known
from portal.web.guards import guard
from portal.web.language import t

MARK = "aloud"


@citizen.get("/hjem/kontakt/hoejt")
@guard(Resource.OWN_THREAD)
def show_aloud_wish() -> str:
    return render_template("pages/citizen/contact_aloud.html")


@citizen.post("/hjem/kontakt/hoejt")
@guard(Resource.OWN_THREAD)
def choose_aloud() -> ResponseReturnValue:
    """Whatever else she has chosen for this phone stays."""
    others = [word for word in display() if word != MARK]
    response = make_response(redirect(url_for("citizen.show_wishes"), 303))
    keep(response, known([*others, MARK] if request.form.get("value") == "1" else others))
    flash(t("reading.display.saved"))
    return response
