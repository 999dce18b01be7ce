"""/udsendelser/<id>/indhold: what a draft sends and when, and the click that sends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from messaging.replacements import simplified
from portal.domain.access import Resource
from portal.domain.check_ins import TEMPLATES
from portal.domain.sendings import SendingKind, SendingState
from portal.services import sending_drafts as drafts
from portal.services.check_in_composing import LONGEST
from portal.services.citizen_card import forms_to_send
from portal.services.sending_drafts import Content, Unfit
from portal.services.sending_meter import as_sms
from portal.services.sending_preview import outcome
from portal.services.sms.check_ins import wording
from portal.services.sms.compose import Composer
from portal.services.thread import MAX_BODY, Channel
from portal.store import check_in_asks, sending_pages
from portal.store.check_ins import CheckInQuestion
from portal.store.municipalities import own
from portal.store.sendings import Sending
from portal.web.context import now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t, texts
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff
from portal.web.staff.check_in_form import INDICATORS, as_typed
from portal.web.staff.check_in_form import read as read_check_in
from portal.web.staff.reach import reader
from portal.web.staff.sendings import found, name_of, to


@staff.get("/udsendelser/<int:sending_id>/indhold")
@guard(Resource.SENDINGS)
def show_content(sending_id: int) -> ResponseReturnValue:
    return _content(sending_id)


@staff.post("/udsendelser/<int:sending_id>/indhold")
@guard(Resource.SENDINGS)
def choose_content(sending_id: int) -> ResponseReturnValue:
    content = _typed()
    if "tjek" in request.form or "ret" in request.form:
        body = simplified(content.body) if "ret" in request.form else content.body
        return _content(sending_id, replace(content, body=body), looked=True)
    with write() as session:
        sending = _draft(session, sending_id)
        unfit = drafts.choose(session, reader(), sending, content, now())
    return _content(sending_id, content, unfit) if unfit else to("show_sending_to_many", sending_id)


@staff.post("/udsendelser/<int:sending_id>/send")
@guard(Resource.SENDINGS)
def confirm_sending(sending_id: int) -> ResponseReturnValue:
    with write() as session:
        sending = found(session, sending_id, hold=True)
        confirmed = drafts.confirm(session, reader(), sending, now())
    if confirmed:
        portal().wake_sendings()
        flash(t(f"sendings.confirmed.{sending.state.value}"))
    return to("show_sending_to_many", sending_id)


@staff.post("/udsendelser/<int:sending_id>/kasser")
@guard(Resource.SENDINGS)
def discard_sending(sending_id: int) -> ResponseReturnValue:
    with write() as session:
        gone = drafts.discard(session, reader(), found(session, sending_id, hold=True), now())
    if not gone:
        return to("show_sending_to_many", sending_id)
    flash(t("sendings.discarded"))
    return redirect(url_for("staff.show_sendings"), 303)


def last_look(session: TenantSession, sending: Sending) -> str:
    """The page that says what will happen, before it does."""
    drafts.record(session, reader(), "sending.read", sending, now())
    result = outcome(Composer(portal()), session, sending, now())
    name = name_of(session, sending)
    then = [wording(texts(), each) for each in _questions(session, sending)[1:]]
    page = "pages/staff/sending_confirm.html"
    return render_template(page, sending=sending, outcome=result, name=name, then=then)


def _draft(session: TenantSession, sending_id: int) -> Sending:
    sending = found(session, sending_id, hold=True)
    return sending if sending.state is SendingState.DRAFT else abort(404)


def _content(
    sending_id: int, content: Content | None = None, unfit: Unfit | None = None, *, looked: bool = False
) -> Response:
    """``looked``: somebody without a script asked what the text would be as an SMS."""
    with read() as session:
        sending = _draft(session, sending_id)
        people = sending_pages.progress(session, sending_id).total
        forms = [(form.questionnaire_id, form.titles["da"]) for form in forms_to_send(session)]
        check_in_form = (
            as_typed(_questions(session, sending)) if content is None else read_check_in(request.form)
        )
        reply_number = own(session).reply_number
        is_sms = content is not None and looked and content.channel is Channel.SMS
        checked = as_sms(session, sending, content.body.strip()) if content and is_sms else {}
    unfit = unfit or Unfit()
    refusal = unfit.not_composed
    html = render_template(
        "pages/staff/sending_content.html",
        sending=sending,
        people=people,
        typed=content or _kept(sending),
        planned=_local(content.planned_at if content else sending.planned_at),
        unfit=unfit,
        forms=forms,
        form=check_in_form,
        refusal=refusal,
        place=check_in_form.place_of(refusal.place) + 1 if refusal else 0,
        templates=TEMPLATES,
        indicators=INDICATORS,
        reply_number=reply_number,
        longest=LONGEST,
        longest_body=MAX_BODY,
        drafts=checked,
        fields={"da": "body"},
    )
    return make_response(html, 422 if unfit.problems or refusal else 200)


def _questions(session: TenantSession, sending: Sending) -> Sequence[CheckInQuestion]:
    check_in = check_in_asks.with_questions(session, sending.check_in_id) if sending.check_in_id else None
    return check_in.questions if check_in else ()


def _kept(sending: Sending) -> Content:
    return Content(
        kind=sending.kind,
        questionnaire_id=sending.questionnaire_id,
        body=sending.body or "",
        channel=Channel(sending.channel or Channel.PORTAL),
        words_confirmed=sending.words_confirmed,
        at_once=sending.planned_at is None,
        planned_at=sending.planned_at,
    )


def _typed() -> Content:
    form = request.form
    kind = form.get("kind", "")
    return Content(
        kind=SendingKind(kind) if kind in {each.value for each in SendingKind} else None,
        questionnaire_id=form.get("questionnaire", type=whole),
        questions=read_check_in(form).questions,
        body=form.get("body", ""),
        channel=Channel.SMS if form.get("channel") == Channel.SMS else Channel.PORTAL,
        words_confirmed="confirmed" in form,
        at_once=form.get("when") != "later",
        planned_at=_moment(form.get("planned", "")),
    )


def _moment(typed: str) -> datetime | None:
    """A browser's local date and time, as the clock on the wall in Denmark."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=COPENHAGEN).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _local(moment: datetime | None) -> str:
    return moment.astimezone(COPENHAGEN).strftime("%Y-%m-%dT%H:%M") if moment else ""
