"""/borgernes-data: what citizens may take home, and what the public pages say."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.formatting import COPENHAGEN
from portal.domain.access import Resource
from portal.domain.ageing import local_day
from portal.services import rights_settings as services
from portal.services.rights_settings import Typed
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff

PAGE = "pages/staff/rights_settings.html"
FIELDS = ("email", "dpo", "reviewed_on", "statement_url")


@staff.get("/borgernes-data")
@guard(Resource.RIGHTS_SETTINGS)
def show_rights_settings() -> ResponseReturnValue:
    with read() as session:
        return render_template(PAGE, typed=services.typed(session), errors={})


@staff.post("/borgernes-data")
@guard(Resource.RIGHTS_SETTINGS)
def change_rights_settings() -> ResponseReturnValue:
    typed = (request.form.get(name, "").strip() for name in FIELDS)
    given = Typed("download_by_pin" in request.form, *typed)
    with write() as session:
        today = local_day(now(), COPENHAGEN)
        problems = services.save(session, given, actor().staff_id or 0, now(), today)
    if problems:
        errors = {name: t(f"rights.settings.error.{problem}") for name, problem in problems.items()}
        return make_response(render_template(PAGE, typed=given, errors=errors), 422)
    flash(t("rights.settings.saved"))
    return redirect(url_for("staff.show_rights_settings"), 303)
