"""/borgere/<id>: the citizen's card, and the same on one sheet of paper for the conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from portal.domain.access import Resource
from portal.domain.ageing import local_day
from portal.domain.contact_wishes import HOURS
from portal.services import agendas, meetings
from portal.services.citizen_card import card, status
from portal.services.contact_wishes import wishes_of
from portal.services.progression import Audience, citizen_series
from portal.services.reminders import is_paused
from portal.services.shared_words import shared_words
from portal.store import rights
from portal.web.context import now
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach


@staff.get("/borgere/<int:citizen_id>")
@guard(Resource.CITIZEN_CARD)
def show_citizen(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read") as (session, citizen):
        shown, shared = card(session, citizen, now()), shared_words(session, citizen_id)
        met = meeting_and_agenda(session, citizen_id, now())
        asked = rights.open_of_citizen(session, citizen_id)
    values = {"citizen": citizen, "card": shown, "shared": shared, "wishes": wishes_of(citizen), **met}
    values["asked"] = asked
    paused = is_paused(citizen, local_day(now(), COPENHAGEN))
    return render_template("pages/staff/citizen.html", is_paused=paused, hours=HOURS, **values)


@staff.get("/borgere/<int:citizen_id>/samtaleark")
@guard(Resource.CITIZEN_CARD)
def show_sheet(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "sheet") as (session, citizen):
        stands = status(session, citizen, now())
        forms = citizen_series(session, citizen_id, Audience.STAFF)
        shared = shared_words(session, citizen_id)
        met = meeting_and_agenda(session, citizen_id, now())
    values = {"citizen": citizen, "status": stands, "forms": forms, "shared": shared, "today": now(), **met}
    return render_template("pages/staff/sheet.html", **values)


def meeting_and_agenda(session: TenantSession, citizen_id: int, moment: datetime) -> dict[str, Any]:
    """The next meeting, and what she has sent in about it."""
    coming = next(iter(meetings.ahead(session, citizen_id, moment)), None)
    return {"coming": coming, "agenda": agendas.said(session, coming.agenda if coming else None)}
