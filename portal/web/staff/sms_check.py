"""/sms/tjek: what texts would be as SMS, while somebody writes them. Nothing is kept, and nobody is named."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.services.sms.draft import drafts, house_rules
from portal.web.context import read
from portal.web.guards import guard
from portal.web.staff.blueprint import staff

CHECK = "fragments/sms/_check.html"
LONGEST = 5_000


@staff.post("/sms/tjek")
@guard(Resource.CITIZEN_THREAD)
def check_texts() -> ResponseReturnValue:
    """One text, in the field that ``felt`` names (else ``body``); or ``body_<language>`` in each language.
    ``navn``: it goes out under the name. What goes by the page is no SMS, and nothing is said of it."""
    form, field = request.form, request.args.get("felt", "body")
    fields = {"da": field} if field in form else {code: f"body_{code}" for code in LOCALES}
    if form.get("channel") == "portal":
        return ""
    bodies = {code: form.get(name, "")[:LONGEST].strip() for code, name in fields.items()}
    with read() as session:
        found = drafts(bodies, house_rules(session), takes_replies="navn" not in form)
    return render_template(CHECK, drafts=found, fields=fields)
