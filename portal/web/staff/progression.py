"""/borgere/<id>/udvikling and /svar/<ref>: what both answered over time, and one set of answers in full."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.blinding import Sight
from portal.domain.measurement_error import ITEM_SDC
from portal.services.progression import Audience, citizen_series
from portal.services.response_answers import response_view
from portal.store import check_in_results
from portal.web.charts import halves
from portal.web.guards import guard
from portal.web.language import texts
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach


@staff.get("/borgere/<int:citizen_id>/udvikling")
@guard(Resource.CITIZEN_CARD)
def show_progression(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "progression.read") as (session, citizen):
        forms = citizen_series(session, citizen_id, Audience.STAFF)
        by_sms = check_in_results.of_indicators(session, citizen_id)
    values = {"citizen": citizen, "forms": forms, "by_sms": by_sms, "item_sdc": ITEM_SDC, "halves": halves}
    return render_template("pages/staff/progression.html", **values)


@staff.get("/borgere/<int:citizen_id>/svar/<ref>")
@guard(Resource.CITIZEN_CARD)
def show_answers(citizen_id: int, ref: str) -> ResponseReturnValue:
    with reach(citizen_id, "answers.read", f"response {ref[:12]}") as (session, citizen):
        view = response_view(session, citizen_id, ref, texts().locale.code)
    if view is Sight.NOT_FINISHED:
        abort(404)
    return render_template(
        "pages/staff/answers.html", citizen=citizen, view=None if view is Sight.BLIND else view
    )
