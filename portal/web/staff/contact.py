"""What a caseworker changes about a citizen: language, word, standing; the lock and the PIN."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.domain.ageing import Standing
from portal.domain.pins import PinVerdict
from portal.services import pins
from portal.services.contact import Contact, change_contact, unlock_pin
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach

LANGUAGES = [(locale.code, locale.name) for locale in LOCALES.values()]


@staff.get("/borgere/<int:citizen_id>/oplysninger")
@guard(Resource.CITIZEN_CARD)
def show_contact(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "contact") as (_, citizen):
        typed = Contact(citizen.language, citizen.kendeord or "", citizen.standing)
    return _page("contact", citizen=citizen, typed=typed, errors=())


@staff.post("/borgere/<int:citizen_id>/oplysninger")
@guard(Resource.CITIZEN_CARD)
def change_citizen(citizen_id: int) -> ResponseReturnValue:
    typed = Contact(*(request.form.get(name, "").strip() for name in ("language", "kendeord", "standing")))
    with reach(citizen_id, "citizen.read", "contact") as (session, citizen):
        errors = change_contact(session, citizen, typed, actor().staff_id or 0, now())
    if errors:
        return _page("contact", citizen=citizen, typed=typed, errors=errors), 422
    return _done(citizen_id, "caseworker.contact.saved")


@staff.get("/borgere/<int:citizen_id>/pinkode")
@guard(Resource.SET_PIN)
def show_pin(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "pin") as (_, citizen):
        return _page("pin", citizen=citizen, verdict=None)


@staff.post("/borgere/<int:citizen_id>/pinkode")
@guard(Resource.SET_PIN)
def set_pin(citizen_id: int) -> ResponseReturnValue:
    typed = request.form.get("pin", "")
    hashed = pins.judge_and_hash(typed)
    differs = typed != request.form.get("again", "")
    if isinstance(hashed, PinVerdict) or differs:
        verdict = hashed.value if isinstance(hashed, PinVerdict) else "differ"
        with reach(citizen_id, "citizen.read", "pin") as (_, citizen):
            return _page("pin", citizen=citizen, verdict=verdict), 422
    with reach(citizen_id, "citizen.pin_set") as (session, citizen):
        pins.choose_pin(session, citizen.id, hashed, now())
    return _done(citizen_id, "caseworker.pin.saved")


@staff.post("/borgere/<int:citizen_id>/laas-op")
@guard(Resource.SET_PIN)
def unlock(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.pin_unlocked") as (_, citizen):
        unlock_pin(citizen)
    return _done(citizen_id, "caseworker.pin.unlocked")


def _page(name: str, **values: object) -> str:
    standings = [(each.value, t(f"caseworker.standing.{each.value}")) for each in Standing]
    return render_template(
        f"pages/staff/citizen_{name}.html", languages=LANGUAGES, standings=standings, **values
    )


def _done(citizen_id: int, key: str) -> ResponseReturnValue:
    flash(t(key))
    return redirect(f"/borgere/{citizen_id}", 303)
