"""/sms/tjek: what texts would be as SMS, while somebody writes them. Nothing is kept, and nobody is named."""

from __future__ import annotations

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.services import sending_meter
from portal.services.sending_meter import Greet
from portal.services.sms.check_in_preview import framed
from portal.services.sms.draft import SmsDraft, drafts, house_rules
from portal.web.context import actor, read
from portal.web.guards import guard
from portal.web.language import texts_in
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff
from portal.web.staff.check_in_form import own_kind
from portal.web.staff.sendings import found

CHECK = "fragments/sms/_check.html"
LONGEST = 5_000
LONGEST_NAME = 80


@staff.post("/sms/tjek")
@guard(Resource.CITIZEN_THREAD)
def check_texts() -> ResponseReturnValue:
    """One text, in the field that ``felt`` names (else ``body``); or ``body_<language>`` in each language.
    ``navn``: it goes out under the name. ``udsendelse``: it goes to those of a sending, ``sprog``: to somebody who
    reads that; own words of a check-in stand between our words in the language of who gets them. What goes by the page
    is no SMS, and nothing is said of it."""
    field = request.args.get("felt", "body")
    if request.form.get("channel") == "portal" and own_kind(request.form, field)[0] is None:
        return ""
    sending_id = request.form.get("udsendelse", type=whole)
    drafts, fields = _to_many(sending_id, field) if sending_id else _to_one(field)
    return render_template(CHECK, drafts=drafts, fields=fields)


def _to_many(sending_id: int, field: str) -> tuple[dict[str, SmsDraft], dict[str, str]]:
    with read() as session:
        as_sms = sending_meter.as_sms(session, found(session, sending_id), _typed(field), _greet(field))
    return as_sms, dict.fromkeys(as_sms, field)


def _to_one(field: str) -> tuple[dict[str, SmsDraft], dict[str, str]]:
    form = request.form
    languages = [code for code in form.getlist("sprog") if code in LOCALES] or ["da"]
    fields = dict.fromkeys(languages, field) if field in form else {code: f"body_{code}" for code in LOCALES}
    greet = _greet(field)
    frames = {code: greet(code, form.get("fornavn", "")[:LONGEST_NAME]) for code in fields} if greet else {}
    bodies = {code: _typed(name) for code, name in fields.items()}
    word, by_name = form.get("kendeord", "")[:LONGEST_NAME] or None, "navn" in form
    with read() as session:
        rules = house_rules(session)
    return drafts(bodies, rules, kendeord=word, takes_replies=not by_name, frames=frames), fields


def _typed(field: str) -> str:
    return request.form.get(field, "")[:LONGEST].strip()


def _greet(field: str) -> Greet | None:
    """Around the own words of a check-in; nothing around any other text."""
    kind, place = own_kind(request.form, field)
    if kind is None:
        return None
    asker = actor().name
    return lambda code, first_name: partial(
        framed, texts=texts_in(code), first_name=first_name, asker=asker, kind=kind, place=place
    )
