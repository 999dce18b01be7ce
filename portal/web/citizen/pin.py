"""The way in without a link: short code and PIN, or a letter's one-time code that lets her choose a PIN."""

from __future__ import annotations

import re

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from portal.domain.pins import PinVerdict
from portal.services import pins
from portal.services.pins import Refused
from portal.web import belated, kept
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.language_switch import take_choice_along
from portal.web.citizen.sessions import (
    begin_choosing,
    came_with_mitid,
    end_visit,
    find_citizen,
    let_in,
    who_is_choosing,
)
from portal.web.context import now, portal
from portal.web.errors import show_error
from portal.web.guards import public
from portal.web.limits import Limit, limited
from portal.web.mitid import broker
from portal.web.respond import wants_fragment

LONGEST_FIELD = 60
OWN_PAGE = re.compile(r"/hjem[a-z0-9_/-]*|/svar/[\w-]+/(?:skriv|hjaelp)")
OFFERS_MITID = "/kode"
"""The front page does not: an SMS may lead there, and no SMS leads to a sign-in with MitID."""
CHECKS_ITSELF = "checks code and PIN itself"
PIN_PAGE, LETTER_PAGE = "pages/citizen/pin.html", "pages/citizen/letter.html"
FETCHED_AGAIN = {
    "citizen.sign_in": PIN_PAGE,
    "citizen.check_letter": LETTER_PAGE,
    "citizen.choose_pin": LETTER_PAGE,
}
OF_MITID = ("citizen.bind_mitid", "citizen.choose_page")
STALE = "stale"


@citizen.get("/", endpoint="show_front")
@citizen.get("/kode")
@public("the way in for citizens")
def show_pin() -> ResponseReturnValue:
    if find_citizen() is not None:
        return redirect(way_on())
    offers = broker() is not None and request.path == OFFERS_MITID
    return render_template(PIN_PAGE, way_on=request.args.get("til", ""), offers_mitid=offers)


@citizen.post("/kode")
@public(CHECKS_ITSELF)
@limited(Limit.PIN)
def sign_in() -> ResponseReturnValue:
    who = pins.sign_in(portal().database, _field("code"), _field("pin"), now())
    if isinstance(who, Refused):
        return _again(PIN_PAGE, who.reason.value, who.left)
    is_hers = kept.is_hers(who.citizen_id)
    let_in(who)
    take_choice_along(who)
    if not kept.waits():
        return redirect(way_on(), 303)
    # 307: the browser sends the same form again, now to the page that it was meant for.
    return redirect(way_on(), 307) if is_hers else redirect(url_for("citizen.show_home"), 303)


@citizen.get("/kode/brev")
@public("the way in for who has a letter")
def show_letter() -> ResponseReturnValue:
    return render_template(LETTER_PAGE)


@citizen.post("/kode/brev")
@public(CHECKS_ITSELF)
@limited(Limit.PIN)
def check_letter() -> ResponseReturnValue:
    who = pins.check_letter(portal().database, _field("code"), _field("letter"), now())
    if isinstance(who, Refused):
        return _again(LETTER_PAGE, who.reason.value, who.left)
    begin_choosing(who)
    return redirect(url_for("citizen.show_choose_pin"), 303)


@citizen.get("/kode/ny")
@public("asks for the letter's code where it has not been typed")
def show_choose_pin() -> ResponseReturnValue:
    if who_is_choosing() is None:
        return redirect(url_for("citizen.show_letter"))
    return render_template("pages/citizen/choose_pin.html")


@citizen.post("/kode/ny")
@public("asks for the letter's code where it has not been typed")
@limited(Limit.PIN)
def choose_pin() -> ResponseReturnValue:
    who, hashed = who_is_choosing(), pins.judge_and_hash(_field("pin"))
    if who is None:
        return _again(LETTER_PAGE, STALE)
    if isinstance(hashed, PinVerdict):
        return make_response(render_template("pages/citizen/choose_pin.html", verdict=hashed.value), 422)
    with portal().write(who.municipality_id) as session:
        let_in(pins.choose_pin(session, who.citizen_id, hashed, now()))
    take_choice_along(who)
    return redirect(url_for("citizen.show_home"), 303)


@citizen.post("/farvel")
@public("ends the session of whoever asks")
def sign_out() -> ResponseReturnValue:
    page = "citizen.show_goodbye" if came_with_mitid() else "citizen.show_pin"
    end_visit()
    response = redirect(url_for(page), 303)
    response.headers["Clear-Site-Data"] = '"storage"'  # what is half written on a phone that others may use
    return belated.forget(response)


@citizen.errorhandler(CSRFError)
def come_back(error: CSRFError) -> Response:
    """The browser has lost the session that the page was fetched with, as phones do with a tab of yesterday."""
    if request.endpoint in FETCHED_AGAIN:
        return _again(FETCHED_AGAIN[request.endpoint], STALE)
    if kept.came_too_late() and not wants_fragment():
        return kept.way_in()
    if request.endpoint == "citizen.sign_out" and belated.is_ours():
        return make_response(sign_out())  # she is out already, or has come in anew in another tab
    if request.endpoint in OF_MITID:
        return make_response(redirect(url_for("citizen.show_mitid"), 303))
    return show_error(error, "expired")


def _again(page: str, reason: str, left: int | None = None) -> Response:
    html = render_template(
        page,
        reason=reason,
        left=left,
        code=_field("code"),
        way_on=request.form.get("til", ""),
        kept=kept.fields() if kept.waits() else None,
    )
    return make_response(html, 400 if reason == STALE else 422)


def way_on() -> str:
    """Where she was going, if that is a page of hers."""
    wanted = request.values.get("til", "")
    return wanted if OWN_PAGE.fullmatch(wanted) else url_for("citizen.show_home")


def _field(name: str) -> str:
    return request.form.get(name, "")[:LONGEST_FIELD]
