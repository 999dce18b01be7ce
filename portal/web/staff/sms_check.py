"""/sms/tjek: what texts would be as SMS, while somebody writes them. Nothing is kept, and nobody is named."""

from __future__ import annotations

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.services.sms.check_in_preview import framed
from portal.services.sms.draft import Frame, drafts, house_rules
from portal.web.context import actor, read
from portal.web.guards import guard
from portal.web.language import texts_in
from portal.web.staff.blueprint import staff
from portal.web.staff.check_in_form import own_kind

CHECK = "fragments/sms/_check.html"
LONGEST = 5_000
LONGEST_NAME = 80


@staff.post("/sms/tjek")
@guard(Resource.CITIZEN_THREAD)
def check_texts() -> ResponseReturnValue:
    """One text, in the field that ``felt`` names (else ``body``); or ``body_<language>`` in each language.
    ``navn``: it goes out under the name. ``sprog``: the languages of those who get it, for own words of a
    check-in, which stand between our words in their language. What goes by the page is no SMS, and
    nothing is said of it."""
    form, field = request.form, request.args.get("felt", "body")
    readers = [code for code in form.getlist("sprog") if code in LOCALES] or ["da"]
    fields = dict.fromkeys(readers, field) if field in form else {code: f"body_{code}" for code in LOCALES}
    if form.get("channel") == "portal" and own_kind(form, field)[0] is None:
        return ""
    bodies = {code: form.get(name, "")[:LONGEST].strip() for code, name in fields.items()}
    with read() as session:
        found = drafts(bodies, house_rules(session), takes_replies="navn" not in form, frames=_frames(fields))
    return render_template(CHECK, drafts=found, fields=fields)


def _frames(fields: dict[str, str]) -> dict[str, Frame]:
    """Around the own words of a check-in, by language; nothing around any other text."""
    found: dict[str, Frame] = {}
    for code, field in fields.items():
        kind, place = own_kind(request.form, field)
        if kind is not None:
            name = request.form.get("fornavn", "")[:LONGEST_NAME]
            found[code] = partial(
                framed, texts=texts_in(code), first_name=name, asker=actor().name, kind=kind, place=place
            )
    return found
