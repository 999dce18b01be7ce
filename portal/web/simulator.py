"""The citizens' phones and the staff's code app, for trying the product. Only where the gateway is simulated."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from database.tenancy import EVERYONE
from i18n.locales import LOCALES
from messaging.simulator import CannotReplyError, PhoneState
from portal.services import phones
from portal.services.demo import accounts
from portal.services.phones import MAX_TEXT, Screen
from portal.web.context import now, portal
from portal.web.guards import public
from portal.web.numbers import whole
from portal.web.respond import respond, wants_fragment

simulator = Blueprint("simulator", __name__)
A_DEMO_TOOL = "a phone without a lock: simulated, and not there with a real gateway"
DEMO_CODES = "codes of invented people only, where phones are simulated"


@simulator.get("/telefon")
@public(A_DEMO_TOOL)
def list_phones() -> ResponseReturnValue:
    search = request.args.get("q", "")[:60]
    page = request.args.get("side", 1, type=whole)
    with portal().database.read(EVERYONE) as session:
        found = phones.list_phones(session, search, page)
    return respond(
        "pages/simulator/phones.html",
        "fragments/simulator/_phones.html",
        found=found,
        search=search,
        languages=LOCALES,
    )


@simulator.get("/telefon/<int:digits>")
@public(A_DEMO_TOOL)
def show_phone(digits: int) -> ResponseReturnValue:
    screen = _screen(digits)
    if wants_fragment() and request.args.get("set") == screen.version:
        return "", 204
    if wants_fragment() and screen.answers_to and "svar" not in request.args:
        return "", 200, {"HX-Refresh": "true"}  # the first number that can be answered: the page gets its box
    return respond(
        "pages/simulator/phone.html", "fragments/simulator/_screen.html", screen=screen, digits=digits
    )


@simulator.post("/telefon/<int:digits>/svar")
@public(A_DEMO_TOOL)
def reply(digits: int) -> ResponseReturnValue:
    text = request.form.get("text", "").strip()
    problem = "empty" if not text else "too_long" if len(text) > MAX_TEXT else None
    if problem:
        page = "pages/simulator/phone.html"
        return render_template(page, screen=_screen(digits), digits=digits, problem=problem, typed=text), 422
    try:
        phones.reply(portal(), f"+{digits}", text, now())
    except CannotReplyError:
        abort(404)
    return redirect(url_for("simulator.show_phone", digits=digits), 303)


@simulator.post("/telefon/<int:digits>/tilstand")
@public(A_DEMO_TOOL)
def switch_phone(digits: int) -> ResponseReturnValue:
    try:
        state = PhoneState(request.form.get("state", ""))
    except ValueError:
        abort(400)
    phones.switch(portal(), f"+{digits}", state)
    return redirect(url_for("simulator.show_phone", digits=digits), 303)


@simulator.get("/telefon/koder")
@public(DEMO_CODES)
def show_codes() -> ResponseReturnValue:
    with portal().database.read(EVERYONE) as session:
        found = accounts.accounts(session, now())
    return respond(
        "pages/simulator/codes.html",
        "fragments/simulator/_codes.html",
        accounts=found,
        seconds=accounts.seconds_left(now()),
    )


def _screen(digits: int) -> Screen:
    settings = portal().settings
    with portal().database.read(EVERYONE) as session:
        screen = phones.screen(session, f"+{digits}", (settings.link_url, settings.public_url))
    if screen is None:
        abort(404)
    return screen
