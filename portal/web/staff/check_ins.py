"""/borgere/<id>/tjek-ind: ask a citizen one to three short questions by SMS; see the SMS first."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.check_ins import TEMPLATES
from portal.services import check_in_composing, check_ins
from portal.services.check_in_composing import Composed, NotComposed, NotComposedReason, compose
from portal.services.check_ins import Asked, NotAsked
from portal.services.sms.check_in_preview import held_by, preview
from portal.services.sms.compose import Composer
from portal.store.check_in_asks import not_gone
from portal.web import context
from portal.web.context import actor, now, portal
from portal.web.guards import guard
from portal.web.language import t, texts
from portal.web.staff.blueprint import staff
from portal.web.staff.check_in_form import INDICATORS, CheckInForm, read
from portal.web.staff.reach import reach


@staff.get("/borgere/<int:citizen_id>/tjek-ind")
@guard(Resource.CHECK_INS)
def show_check_in(citizen_id: int) -> ResponseReturnValue:
    return _page(citizen_id, CheckInForm())


@staff.post("/borgere/<int:citizen_id>/tjek-ind")
@guard(Resource.CHECK_INS)
def ask_check_in(citizen_id: int) -> ResponseReturnValue:
    form = read(request.form)
    with context.read() as session:
        refusal = check_in_composing.why_not_composed(session, form.questions, confirmed=form.confirmed)
    wrong_time = form.wrong_time(now())
    if refusal or wrong_time or request.form.get("gem") != "send":
        return _page(citizen_id, form, refusal, wrong_time)
    _tell(*_ask(citizen_id, form))
    return redirect(url_for("staff.show_thread", citizen_id=citizen_id) + "#slut", 303)


@staff.post("/borgere/<int:citizen_id>/tjek-ind/<int:ask_id>/fortryd")
@guard(Resource.CHECK_INS)
def call_off_check_in(citizen_id: int, ask_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "check_in.call_off") as (session, _):
        called_off = check_ins.call_off(session, citizen_id, ask_id, now())
    flash(t("checkin_desk.called_off" if called_off else "checkin_desk.too_late"))
    return redirect(url_for("staff.show_thread", citizen_id=citizen_id) + "#slut", 303)


def _ask(citizen_id: int, form: CheckInForm) -> tuple[Asked | NotAsked, datetime | None]:
    """What came of it, and when the SMS goes: None at once."""
    staff_id = actor().staff_id or 0
    with reach(citizen_id, "check_in.ask") as (session, citizen):
        made = compose(session, form.questions, staff_id, now(), confirmed=form.confirmed)
        assert isinstance(made, Composed)  # noqa: S101 — it has just been looked at
        due_at, wait = form.due_at, held_by(session, citizen, form.due_at or now())
        asked = check_ins.ask(
            session, citizen.id, made.check_in_id, staff_id, now(), due_at=due_at, wait=wait
        )
        return asked, wait.until if wait else due_at


def _tell(result: Asked | NotAsked, goes_at: datetime | None) -> None:
    if isinstance(result, NotAsked):
        flash(t(f"checkin_desk.refused.{result.reason}"))
    elif not result.is_new:
        flash(t("checkin_desk.known"))
    elif goes_at is not None:
        flash(t("checkin_desk.done_later", time=texts().datetime(goes_at)))
    else:
        flash(t("checkin_desk.done"))


def _page(
    citizen_id: int,
    form: CheckInForm,
    refusal: NotComposed | None = None,
    wrong_time: str | None = None,
) -> Response:
    shown = None
    look_again = refusal is not None and refusal.reason is NotComposedReason.LOOK_AGAIN
    with reach(citizen_id, "citizen.read", "check_in") as (session, citizen):
        waiting = not_gone(session, citizen_id, now())
        if form.questions and (refusal is None or look_again) and wrong_time is None:
            composer = Composer(portal())
            shown = preview(composer, session, citizen, actor().name, form.questions, due_at=form.due_at)
    html = render_template(
        "pages/staff/check_in.html",
        citizen=citizen,
        waiting=waiting,
        form=form,
        refusal=refusal,
        wrong_time=wrong_time,
        place=form.place_of(refusal.place) + 1 if refusal else 0,
        preview=shown,
        templates=TEMPLATES,
        indicators=INDICATORS,
        today=now(),
        longest=check_in_composing.LONGEST,
    )
    failed = wrong_time is not None or (refusal is not None and request.method == "POST")
    return make_response(html, 422 if failed else 200)
