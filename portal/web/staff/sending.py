"""/borgere/<id>/send: pick a questionnaire, see what will happen, send it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from database.tenancy import TenantSession
from portal.domain.access import Resource
from portal.services.citizen_card import Form, forms_to_send
from portal.services.invitations import Invited, NotSent, send_questionnaire
from portal.services.sms import asking
from portal.services.sms.compose import Composer
from portal.web.context import actor, now, portal
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach


@staff.get("/borgere/<int:citizen_id>/send")
@guard(Resource.SEND_QUESTIONNAIRE)
def show_sending(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "citizen.read", "sending") as (session, citizen):
        form = _form(session, request.args.get("skema", 0, whole))
        preview = asking.preview(Composer(portal()), session, citizen, actor().name, form.minutes)
    return render_template("pages/staff/send.html", citizen=citizen, form=form, preview=preview)


@staff.post("/borgere/<int:citizen_id>/send")
@guard(Resource.SEND_QUESTIONNAIRE)
def send(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "questionnaire.send") as (session, citizen):
        form = _form(session, request.form.get("skema", 0, whole))
        sent = send_questionnaire(
            session,
            citizen.id,
            form.questionnaire_id,
            actor().staff_id or 0,
            now(),
            remind="paamind" in request.form,
        )
    portal().wake_delivery()
    flash(_said(sent, citizen.first_name))
    return redirect(f"/borgere/{citizen_id}", 303)


def _said(sent: Invited | NotSent, name: str) -> str:
    if isinstance(sent, Invited):
        return t("caseworker.send.done" if sent.is_new else "caseworker.send.known", name=name)
    return t(f"caseworker.send.refused.{sent.reason}", name=name)


def _form(session: TenantSession, questionnaire_id: int) -> Form:
    found = next((f for f in forms_to_send(session) if f.questionnaire_id == questionnaire_id), None)
    return found or abort(404)
