"""/udsendelser: those of the team, and to whom a new one goes: a group, those ticked, or a list of numbers."""

from __future__ import annotations

import secrets

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from portal.domain import recipient_lists as files
from portal.domain.access import Resource
from portal.domain.recipient_lists import Unreadable
from portal.services import groups, recipient_lists
from portal.services import sending_drafts as drafts
from portal.services.citizen_card import forms_to_send
from portal.services.sending_drafts import Recipients
from portal.services.sms.check_ins import wording
from portal.store import sending_pages, sendings
from portal.store.sendings import Sending
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t, texts
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff
from portal.web.staff.groups import ticked
from portal.web.staff.reach import reader

ROWS_ON_A_PAGE = 200


@staff.get("/udsendelser")
@guard(Resource.SENDINGS)
def show_sendings() -> ResponseReturnValue:
    who = actor()
    with read() as session:
        rows = sending_pages.of_team(session, who.team_id or 0, who.staff_id or 0)
        names = _names(session, [row.sending for row in rows])
    return render_template("pages/staff/sendings.html", rows=rows, names=names)


@staff.get("/udsendelser/ny")
@guard(Resource.SENDINGS)
def show_new_sending() -> ResponseReturnValue:
    return _new()


@staff.post("/udsendelser/ny")
@guard(Resource.SENDINGS)
def begin_with_list() -> ResponseReturnValue:
    file, typed = request.files.get("file"), request.form.get("numbers", "")
    text = files.decode(file.read()) if file and file.filename else typed
    rows = files.read(text) if not isinstance(text, Unreadable) else text
    if isinstance(rows, Unreadable):
        return _new(typed, rows)
    with write() as session:
        judged = recipient_lists.judge(session, actor().team_id or 0, rows)
        sending = _begin(session, Recipients(drafts.ids_of(judged), rows=judged))
        drafts.record(session, reader(), "sending.list_read", sending, now())
    return redirect(url_for("staff.show_list", sending_id=sending.id), 303)


@staff.post("/udsendelser/gruppe")
@guard(Resource.SENDINGS)
def begin_with_group() -> ResponseReturnValue:
    with write() as session:
        group = groups.find(session, reader(), request.form.get("gruppe", 0, whole))
        ids = groups.ids(session, group) if group else []
        sending = _begin(session, Recipients(ids, group)) if ids else None
    if sending is None:
        return _new(problem="group_empty" if group else "no_group")
    return to("show_content", sending.id)


@staff.post("/udsendelser/valgte")
@guard(Resource.SENDINGS)
def begin_with_selection() -> ResponseReturnValue:
    if not ticked():
        flash(t("groups.nobody_ticked"))
        return redirect(url_for("staff.show_worklist"), 303)
    with write() as session:
        sending = _begin(session, Recipients(ticked()))
    return to("show_content", sending.id)


@staff.get("/udsendelser/<int:sending_id>/liste")
@guard(Resource.SENDINGS)
def show_list(sending_id: int) -> ResponseReturnValue:
    with write() as session:
        sending = found(session, sending_id)
        page = recipient_lists.page_of(
            session, sending, request.args.get("vis", ""), request.args.get("side", 1, whole), ROWS_ON_A_PAGE
        )
        drafts.record(session, reader(), "sending.read", sending, now())
    return render_template("pages/staff/sending_list.html", sending=sending, page=page or abort(404))


def found(session: TenantSession, sending_id: int, *, hold: bool = False) -> Sending:
    """404 for another team's. ``hold``: locked, so that two clicks take their turns."""
    who = reader()
    if hold:
        sendings.hold(session, sending_id)
    sending = sending_pages.of_team_by_id(session, who.team_id, sending_id) if who.team_id else None
    return sending or abort(404)


def name_of(session: Session, sending: Sending) -> str:
    return _names(session, [sending])[sending.id]


def _begin(session: TenantSession, recipients: Recipients) -> Sending:
    key = request.form.get("key", "")[:60] or secrets.token_urlsafe(16)
    return drafts.begin(session, reader(), key, recipients, now()) or abort(404)


def _names(session: Session, rows: list[Sending]) -> dict[int, str]:
    """What each sends, in a few words."""
    titles = {form.questionnaire_id: form.titles for form in forms_to_send(session)}
    asked = sending_pages.first_questions(session, [row.check_in_id for row in rows if row.check_in_id])
    found = {}
    for row in rows:
        if row.questionnaire_id in titles:
            name = titles[row.questionnaire_id]["da"]
        elif row.check_in_id in asked:
            name = wording(texts(), asked[row.check_in_id])
        else:
            name = " ".join((row.body or "").split())
        found[row.id] = name if len(name) <= 80 else f"{name[:79]}…"
    return found


def _new(typed: str = "", problem: str = "") -> Response:
    with read() as session:
        choices = groups.choices(session, reader())
    key, most = secrets.token_urlsafe(16), files.MOST_ROWS
    page = "pages/staff/sending_new.html"
    html = render_template(page, groups=choices, typed=typed, problem=problem, key=key, most=most)
    return make_response(html, 422 if problem else 200)


def to(view: str, sending_id: int) -> ResponseReturnValue:
    return redirect(url_for(f"staff.{view}", sending_id=sending_id), 303)
