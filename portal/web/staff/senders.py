"""/sms-indstillinger/afsender: the name and the number that SMS come from, and those they came from before."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import senders
from portal.services.senders import Sender, Wrong
from portal.store import former_senders
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff


@staff.get("/sms-indstillinger/afsender")
@guard(Resource.SMS_SETTINGS)
def show_sender() -> ResponseReturnValue:
    return _page(None, {})


@staff.post("/sms-indstillinger/afsender")
@guard(Resource.SMS_SETTINGS)
def look_at_sender() -> ResponseReturnValue:
    """What would follow, before anything is changed."""
    typed = _typed()
    looked = senders.look(portal().database, actor().municipality_id, typed)
    if isinstance(looked, dict):
        return _page(typed, looked)
    if looked.is_none:
        flash(t("senders.same"))
        return _back()
    return render_template("pages/staff/sender_confirm.html", change=looked)


@staff.post("/sms-indstillinger/afsender/skift")
@guard(Resource.SMS_SETTINGS)
def change_sender() -> ResponseReturnValue:
    typed, who = _typed(), actor()
    changed = senders.change(portal().database, who.municipality_id, typed, who.staff_id or 0, now())
    if isinstance(changed, dict):
        return _page(typed, changed)
    flash(t("senders.changed"))
    return _back()


@staff.post("/sms-indstillinger/afsender/opgiv")
@guard(Resource.SMS_SETTINGS)
def give_up_sender() -> ResponseReturnValue:
    address = request.form.get("address", "")
    with write() as session:
        senders.give_up(session, address, actor().staff_id or 0, now()) or abort(404)
    flash(t("senders.given_up", address=address))
    return _back()


def _typed() -> Sender:
    return Sender(request.form.get("name", ""), request.form.get("number", ""))


def _back() -> ResponseReturnValue:
    portal().offices.forget(actor().municipality_id)
    return redirect(url_for("staff.show_sender"), 303)


def _page(typed: Sender | None, wrong: Wrong) -> ResponseReturnValue:
    with read() as session:
        values = {"present": senders.present(session), "former": former_senders.all_of(session)}
    errors = {field: t(f"senders.error.{problem}") for field, problem in wrong.items()}
    page = render_template(
        "pages/staff/sender.html", typed=typed or values["present"], errors=errors, **values
    )
    return make_response(page, 422 if errors else 200)
