"""Where the link in the SMS leads: a quiet page with a button; only the button starts.

GET changes nothing but ``opened_at``, and that only when the request looks like a person's browser opening a
page: previews and scanners fetch links too. "Opened" is therefore an upper bound, "started" is certain.
"""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.links import LinkVerdict
from portal.services import links
from portal.services.links import OpenedLink
from portal.web import belated
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.grants import give_grant
from portal.web.citizen.language_switch import posted, switch_at
from portal.web.context import now, portal
from portal.web.guards import public
from portal.web.language import suggest, texts
from portal.web.limits import Limit, limited

RESCUE = "pages/citizen/link_rescue.html"
STATUS = {
    LinkVerdict.UNKNOWN: 404,
    LinkVerdict.EXPIRED: 410,
    LinkVerdict.REVOKED: 410,
    LinkVerdict.USED: 200,
}
RENEWED = (LinkVerdict.EXPIRED, LinkVerdict.USED)
REASON = "the token in the address is the key, and is checked here"


@citizen.get("/<token:token>")
@public(REASON)
@limited(Limit.LINK)
def show_link(token: str) -> ResponseReturnValue:
    opened = links.open_link(portal().database, token, now())
    if opened.verdict is not LinkVerdict.OPEN:
        return _rescue(opened, token)
    page = _welcome(opened, token)
    if not page.is_opened and _looks_like_a_person():
        with portal().write(opened.municipality_id) as session:
            links.mark_opened(session, opened.invitation_id, now())
    return render_template("pages/citizen/welcome.html", page=page, token=token)


@citizen.post("/<token:token>")
@public(REASON)
@limited(Limit.LINK)
def start_form(token: str) -> ResponseReturnValue:
    opened = links.open_link(portal().database, token, now())
    if opened.verdict is not LinkVerdict.OPEN:
        return _rescue(opened, token)
    _greet(opened)
    with portal().write(opened.municipality_id) as session:
        form = links.start_invited(session, opened.invitation_id, texts().locale.code, now())
    return enter_form(form.ref, form.resume_at, opened.municipality_id)


@citizen.post("/<token:token>/sprog")
@public(REASON)
@limited(Limit.LINK)
def choose_link_language(token: str) -> ResponseReturnValue:
    """Only an open link is hers to say it with."""
    opened = links.open_link(portal().database, token, now())
    if opened.verdict is LinkVerdict.OPEN:
        with portal().write(opened.municipality_id) as session:
            links.choose_language(session, opened.invitation_id, posted(), now())
    return redirect(url_for("citizen.show_link", token=token), 303)


@citizen.post("/<token:token>/nyt")
@public(REASON)
@limited(Limit.RESCUE)
def send_new_link(token: str) -> ResponseReturnValue:
    """Says the same whether or not the number still takes SMS: who holds an old link learns nothing of it."""
    opened = links.open_link(portal().database, token, now())
    if opened.verdict not in RENEWED:
        return _rescue(opened, token)
    with portal().write(opened.municipality_id) as session:
        links.send_new_link(session, opened, now())
    _greet(opened)
    return render_template("pages/citizen/link_sent.html", verdict=opened.verdict.value)


@citizen.post("/<token:token>/ikke-mig")
@public(REASON)
@limited(Limit.LINK)
def say_not_me(token: str) -> ResponseReturnValue:
    """The same page for every token, so that it tells nobody anything."""
    opened = links.open_link(portal().database, token, now())
    if opened.invitation_id:
        with portal().write(opened.municipality_id) as session:
            links.not_me(session, opened, now())
        _greet(opened)
    return render_template("pages/citizen/not_me.html")


def enter_form(ref: str, number: int, municipality_id: int) -> Response:
    """To the first page without an answer, with the cookie that lets this browser answer the form. Past what came
    too late and waits in the browser, if anything does: 307, for the browser posts on."""
    held = belated.waiting_for(ref)
    if held is not None:
        way = redirect(url_for("citizen.give_what_waited", ref=ref, number=held.number), 307)
    else:
        way = redirect(url_for("citizen.show_page", ref=ref, number=number), 303)
    return give_grant(make_response(way), ref, municipality_id)


def _welcome(opened: OpenedLink, token: str) -> links.Welcome:
    with portal().database.read(opened.municipality_id) as session:
        page = links.welcome(session, opened.invitation_id)
    suggest(page.language, opened.municipality_id)
    switch_at(url_for("citizen.choose_link_language", token=token))
    return page


def _rescue(opened: OpenedLink, token: str) -> Response:
    _greet(opened)
    page = render_template(RESCUE, verdict=opened.verdict.value, token=token)
    return make_response(page, STATUS.get(opened.verdict, 410))


def _greet(opened: OpenedLink) -> None:
    """In her language, and with the number to call, where the link is known."""
    if opened.invitation_id:
        with portal().database.read(opened.municipality_id) as session:
            suggest(links.language_of(session, opened.invitation_id), opened.municipality_id)


def _looks_like_a_person() -> bool:
    headers = request.headers
    if request.method != "GET" or "prefetch" in headers.get("Sec-Purpose", ""):
        return False
    mode = headers.get("Sec-Fetch-Mode")
    return mode == "navigate" if mode else "text/html" in headers.get("Accept", "")
