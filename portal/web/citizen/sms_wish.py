"""/hjem/kontakt/sms: no more SMS, or SMS again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import sms_wish
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.own import own_id
from portal.web.context import now, read, write
from portal.web.guards import guard
from portal.web.language import t


@citizen.get("/hjem/kontakt/sms")
@guard(Resource.OWN_THREAD)
def show_sms_wish() -> ResponseReturnValue:
    with read() as session:
        wish = sms_wish.wish_of(session, own_id())
    return render_template("pages/citizen/sms_wish.html", wish=wish)


@citizen.post("/hjem/kontakt/sms/stop")
@guard(Resource.OWN_THREAD)
def stop_sms() -> ResponseReturnValue:
    return _say(False, "citizen_home.sms.stopped")


@citizen.post("/hjem/kontakt/sms/start")
@guard(Resource.OWN_THREAD)
def start_sms() -> ResponseReturnValue:
    return _say(True, "citizen_home.sms.started")


def _say(wants_sms: bool, said: str) -> ResponseReturnValue:
    with write() as session:
        sms_wish.say(session, own_id(), wants_sms=wants_sms, now=now())
    flash(t(said))
    return redirect(url_for("citizen.show_wishes"), 303)
