"""One page of a form at a time: shown, saved, and the next one shown. The same addresses with and without htmx."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from flask import Response, abort, get_flashed_messages, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.answering import AnswerError, Raw
from portal.domain.questionnaires import Page
from portal.services import answering, forms, waiting
from portal.services.answering import (
    AlreadyFinished,
    Finished,
    NextPage,
    NoSuchForm,
    NoSuchPage,
    Overtaken,
    Rejected,
    Submitted,
)
from portal.services.forms import OpenForm
from portal.web import belated
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.grants import give_grant
from portal.web.citizen.language_switch import HERE, keep_choice, switch_at
from portal.web.context import actor, now, read, write
from portal.web.guards import guard, public
from portal.web.language import texts
from portal.web.questions import Step, Typed, show
from portal.web.respond import Ready, hand_out, leave_for, make_ready, respond, wants_fragment

PAGE = "pages/citizen/question.html"
FRAGMENT = "fragments/answering/_step.html"
"""It names the form's pages as seen from each other: so a page looks the same in everybody's form."""
WAITED, WAY_UP = "citizen.give_what_waited", "../"
"""The one view that shows a page at an address below it."""


@citizen.get("/svar/<ref>/<int:number>")
@guard(Resource.ANSWER_FORM)
def show_page(ref: str, number: int) -> ResponseReturnValue:
    form = own_form(ref)
    if form.finished_at is not None:
        return leave_for(url_for("citizen.show_receipt", ref=ref))
    page = form.page_at(number)
    if page is None:
        return _to_page(ref, form.resume_at)
    return _step(form, page, has_sent="sendt" in request.args)


@citizen.post("/svar/<ref>/<int:number>")
@guard(Resource.ANSWER_FORM)
def submit_page(ref: str, number: int) -> ResponseReturnValue:
    """``paa``: the language she read the page in. Another tab may have changed to another since."""
    raw, said = dict(request.form.lists()), request.args
    if HERE in said:
        return _switch_language(ref, _to_page(ref, number))
    with write() as session:
        result = answering.submit_page(
            session, ref, number, raw, now(), language=texts().locale.code, citizen_id=_self(),
            read_in=said.get("paa"), waited=said.get("ventede"),
        )  # fmt: skip
    return _answer_to(result, ref)


@citizen.post("/svar/<ref>/<int:number>/ventede")
@guard(Resource.ANSWER_FORM)
def give_what_waited(ref: str, number: int) -> ResponseReturnValue:
    """The way in leads here while this browser holds an answer to the form: it is given now, or shown."""
    if HERE in request.args:
        return _switch_language(ref, _to_page(ref, number))
    held = belated.waiting_for(ref)
    if held is None:
        return _to_page(ref, own_form(ref).resume_at)
    with write() as session:
        result = answering.submit_page(
            session, ref, held.number, held.raw, now(), language=texts().locale.code, citizen_id=_self(),
            read_in=held.read_in, waited=held.mark,
        )  # fmt: skip
    if isinstance(result, NextPage):
        return belated.forget(_to_page(ref, result.form.number_of(result.page), has_sent=True))
    return belated.forget(_answer_to(result, ref))


@citizen.post("/svar/<ref>/sprog")
@guard(Resource.ANSWER_FORM)
def switch_form_language(ref: str) -> ResponseReturnValue:
    return _switch_language(ref, leave_for(url_for("citizen.show_receipt", ref=ref)))


@citizen.get("/svar/<ref>/")
@guard(Resource.ANSWER_FORM)
def resume_form(ref: str) -> ResponseReturnValue:
    return _to_page(ref, own_form(ref).resume_at)


@citizen.get("/svar")
@public("says how to get back to a form, and knows no form")
def show_way_back() -> ResponseReturnValue:
    """For who comes without a grant: it has ended, or it never was. Nothing tells the two apart."""
    said = get_flashed_messages()
    page = render_template("pages/citizen/way_back.html", waits=belated.waiting(), said=said)
    return make_response(page, 200 if said else 401)


def own_form(ref: str) -> OpenForm:
    """The form in the address, for who holds its grant or is signed in as the citizen whose it is."""
    with read() as session:
        form = forms.load(session, ref)
    if form is None or _self() not in (None, form.citizen_id):
        abort(404)
    switch_at(url_for("citizen.switch_form_language", ref=ref))
    return form


def _switch_language(ref: str, back: Response) -> Response:
    """Nothing of the form changes; the grant that goes back with her says the language of the pages around it."""
    keep_choice(own_form(ref).citizen_id)
    return give_grant(back, ref, actor().municipality_id)


def _self() -> int | None:
    """Whose form it must be; None where the grant already says which form."""
    return actor().citizen_id


def _answer_to(result: Submitted, ref: str) -> Response:
    if isinstance(result, NoSuchForm):
        abort(404)
    if isinstance(result, AlreadyFinished | Finished):
        return leave_for(url_for("citizen.show_receipt", ref=ref))
    if isinstance(result, Rejected):
        return _step(result.form, result.page, result.errors, result.typed)
    if isinstance(result, Overtaken):
        return _step(result.form, result.page, waited=result.typed)
    if isinstance(result, NoSuchPage):
        return _to_page(ref, result.form.resume_at)
    return _go_on(result)


def _to_page(ref: str, number: int, *, has_sent: bool = False) -> Response:
    return leave_for(url_for("citizen.show_page", ref=ref, number=number, sendt=1 if has_sent else None))


def _go_on(result: NextPage) -> Response:
    """htmx gets the next question at once, and its address; without it, the address alone."""
    number = result.form.number_of(result.page)
    if not wants_fragment():
        return _to_page(result.form.ref, number)
    response = _step(result.form, result.page)
    response.headers["HX-Push-Url"] = f"/svar/{result.form.ref}/{number}"
    return response


def _step(
    form: OpenForm,
    page: Page,
    errors: Mapping[str, AnswerError] | None = None,
    typed: Raw | None = None,
    waited: Raw | None = None,
    *,
    has_sent: bool = False,
) -> Response:
    step = show(form, page, Typed(errors or {}, typed or {}))
    if step.is_shared and not waited and wants_fragment():
        return hand_out(_ready(step))
    switch_at(f"?{HERE}")
    status = 422 if errors else 409 if waited else 200
    way = WAY_UP if request.endpoint == WAITED else ""
    return respond(
        PAGE, FRAGMENT, status, step=step, way=way, waited=waited, mark=_mark(form, page), has_sent=has_sent
    )


@lru_cache(maxsize=2000)
def _ready(step: Step) -> Ready:
    return make_ready(render_template(FRAGMENT, step=step))


def _mark(form: OpenForm, page: Page) -> str:
    """A page that is met for the first time has none, and asks nothing for it."""
    if not waiting.is_answered(form, page):
        return ""
    with read() as session:
        return waiting.mark_of(session, form, page)
