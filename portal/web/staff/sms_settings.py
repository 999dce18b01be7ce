"""/sms-indstillinger: what a part costs, and which words are too private for an SMS."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from messaging.content_guard import SENSITIVE_WORDS
from portal.domain.access import Resource
from portal.services import sms_settings as services
from portal.store import sms_settings
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff

PAGE = "pages/staff/sms_settings.html"


@staff.get("/sms-indstillinger")
@guard(Resource.SMS_SETTINGS)
def show_sms_settings() -> ResponseReturnValue:
    with read() as session:
        row = sms_settings.of_municipality(session)
    price = "" if row is None or row.part_price is None else str(row.part_price)
    return render_template(PAGE, price=price, words="\n".join(services.words_of(row)), errors={})


@staff.post("/sms-indstillinger")
@guard(Resource.SMS_SETTINGS)
def change_sms_settings() -> ResponseReturnValue:
    price, words = request.form.get("price", "").strip(), request.form.get("words", "")
    if "medfoelgende" in request.form:
        words = "\n".join(SENSITIVE_WORDS)
    with write() as session:
        problems = services.save(session, price, words, actor().staff_id or 0, now())
    if problems:
        errors = {
            name: t(f"hours.sms.error.{problem}", word=word) for name, (problem, word) in problems.items()
        }
        return make_response(render_template(PAGE, price=price, words=words, errors=errors), 422)
    flash(t("hours.sms.saved"))
    return redirect(url_for("staff.show_sms_settings"), 303)
