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
    """``body`` in Danish, or ``body_<language>`` in each language; ``navn``: it goes out under the name."""
    form = request.form
    bodies = {code: form.get(f"body_{code}", "")[:LONGEST].strip() for code in LOCALES}
    fields = {code: f"body_{code}" for code in bodies}
    if "body" in form:
        bodies, fields = {"da": form["body"][:LONGEST].strip()}, {"da": "body"}
    with read() as session:
        found = drafts(bodies, house_rules(session), takes_replies="navn" not in form)
    return render_template(CHECK, drafts=found, fields=fields)
