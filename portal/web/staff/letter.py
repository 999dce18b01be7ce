"""The letter with a one-time code: in the citizen's own language, shown once, for the printer."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from i18n.locales import DEFAULT, LOCALES
from i18n.texts import Texts
from portal.domain.access import Resource
from portal.services import pins
from portal.store.municipalities import own
from portal.store.people import Citizen
from portal.web.context import now, portal
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach


@staff.post("/borgere/<int:citizen_id>/brevkode")
@guard(Resource.SET_PIN)
def make_letter(citizen_id: int) -> ResponseReturnValue:
    """The page is the answer to the post and is kept nowhere: whoever reloads it makes a new code."""
    with reach(citizen_id, "citizen.letter_code_made") as (session, citizen):
        code = pins.new_letter_code(session, citizen.id, now())
        office = own(session)
    shown = {"citizen": citizen, "code": code, "office": office, "today": now()}
    address = f"{portal().settings.public_url}/kode/brev"
    return render_template(
        "pages/staff/citizen_letter.html", letter=_texts(citizen), address=address, **shown
    )


def _texts(citizen: Citizen) -> Texts:
    """In her language, or all in Danish: a letter in two languages reads like a mistake."""
    overlay = portal().overlays.of(citizen.municipality_id)
    locale = citizen.language if citizen.language in LOCALES else DEFAULT
    hers = portal().catalogs.texts(locale, overlay)
    whole = all(hers.lang(key) == locale for key in portal().catalogs.keys("letter"))
    return hers if whole else portal().catalogs.texts(DEFAULT, overlay)
