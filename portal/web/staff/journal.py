"""/borgere/<id>/samtale/journal: the thread for the journal, as a page to print, as PDF and as plain text."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.periods import Period, PeriodError, read_period
from portal.services.journal.paper import as_pdf
from portal.services.journal.record import Exporter, record
from portal.services.journal.sheet import Sheet, as_text, sheet
from portal.services.workshop import NotDoneError
from portal.store.municipalities import own
from portal.store.people import Citizen
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import texts
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach

PAGE = "pages/staff/journal.html"
WHOLE = Period(None, None)


@staff.get("/borgere/<int:citizen_id>/samtale/journal")
@guard(Resource.CITIZEN_THREAD)
def show_journal(citizen_id: int) -> ResponseReturnValue:
    period = _period()
    error = period if isinstance(period, PeriodError) else None
    shown, citizen = _sheet(
        citizen_id, WHOLE if isinstance(period, PeriodError) else period, "thread.read", "journal"
    )
    page = render_template(
        PAGE, citizen=citizen, sheet=None if error else shown, error=error, typed=request.args
    )
    return make_response(page, 422 if error else 200)


@staff.get("/borgere/<int:citizen_id>/samtale/journal.txt")
@guard(Resource.CITIZEN_THREAD)
def save_journal_text(citizen_id: int) -> ResponseReturnValue:
    period = _period()
    if isinstance(period, PeriodError):
        return _back(citizen_id)
    shown, _ = _sheet(citizen_id, period, "thread.exported", _subject("text", period))
    return _download(as_text(shown).encode(), "text/plain; charset=utf-8", f"samtale-{citizen_id}.txt")


@staff.get("/borgere/<int:citizen_id>/samtale/journal.pdf")
@guard(Resource.CITIZEN_THREAD)
def save_journal_pdf(citizen_id: int) -> ResponseReturnValue:
    period = _period()
    if isinstance(period, PeriodError):
        return _back(citizen_id)
    shown, _ = _sheet(citizen_id, period, "thread.exported", _subject("pdf", period))
    try:
        return _download(as_pdf(shown), "application/pdf", f"samtale-{citizen_id}.pdf")
    except NotDoneError:
        abort(503)


def _period() -> Period | PeriodError:
    return read_period(request.args.get("fra", "")[:20], request.args.get("til", "")[:20])


def _sheet(citizen_id: int, period: Period, action: str, subject: str) -> tuple[Sheet, Citizen]:
    with reach(citizen_id, action, subject) as (session, citizen):
        municipality = own(session)
        office = f"{municipality.name}, {municipality.office_name}"
        found = record(session, citizen, period, Exporter(actor().name, office, now()))
    return sheet(found, texts()), citizen


def _subject(kind: str, period: Period) -> str:
    return f"{kind} {period.first or ''}–{period.last or ''}"


def _back(citizen_id: int) -> ResponseReturnValue:
    """The page says what is wrong with the period."""
    wanted = {name: request.args.get(name, "")[:20] for name in ("fra", "til")}
    return redirect(
        url_for("staff.show_journal", citizen_id=citizen_id, fra=wanted["fra"], til=wanted["til"])
    )


def _download(content: bytes, media_type: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "private, no-store"
    return response
