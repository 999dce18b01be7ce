"""/mitid: the way in with MitID. She opens it from the site or types it; no SMS leads here, nor does the page behind
a link of an SMS."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.services import mitid
from portal.services.mitid import MitIdIn
from portal.services.openid.journey import NotProvedError, Why
from portal.web.citizen import mitid_cookie
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.language_switch import take_choice_along
from portal.web.citizen.mitid_cookie import Errand
from portal.web.citizen.pin import way_on
from portal.web.citizen.sessions import find_citizen, let_in_with_mitid
from portal.web.context import portal
from portal.web.guards import public
from portal.web.language import texts
from portal.web.limits import Limit, limited
from portal.web.mitid import broker

if TYPE_CHECKING:
    from portal.services.openid.broker import Broker

BROKER_PROVES = "the broker proves who she is"


@citizen.get("/mitid")
@public("the way in for who has MitID")
def show_mitid() -> ResponseReturnValue:
    the_broker()
    return render_template("pages/citizen/mitid.html", way_on=request.args.get("til", ""))


@citizen.get("/mitid/til")
@public(BROKER_PROVES)
def leave_for_mitid() -> ResponseReturnValue:
    """A link and not a button of a form: browsers hold a form's redirects to our own addresses, too."""
    settings, broker_ = portal().settings, the_broker()
    if settings.link_url != settings.public_url and request.host == urlsplit(settings.link_url).netloc:
        return redirect(f"{settings.public_url}{request.full_path}")  # what she brings back is kept there
    try:
        url, journey = broker_.begin(texts().locale.code)
    except NotProvedError as error:
        return _sorry(error.why)
    mitid_cookie.set_out(Errand(journey, way_on(), "kobl" in request.args))
    return redirect(url)


@citizen.get("/mitid/retur")
@public(BROKER_PROVES)
@limited(Limit.PIN)
def come_from_mitid() -> ResponseReturnValue:
    broker_, errand = the_broker(), mitid_cookie.come_back(request.args.get("state", ""))
    try:
        subject_index = broker_.finish(request.args.to_dict(), errand.journey if errand else None)
    except NotProvedError as error:
        return redirect(url_for("citizen.show_home")) if find_citizen() else _sorry(error.why)
    assert errand is not None  # noqa: S101 — else `finish` has raised
    pages = mitid.pages_of(portal().database, subject_index)
    if len(pages) == 1 and not errand.binds:
        return enter(pages[0], errand.way_on)
    mitid_cookie.arrive(subject_index, errand.way_on)
    is_new = errand.binds or not pages
    return redirect(url_for("citizen.show_bind" if is_new else "citizen.show_pages"))


@citizen.get("/mitid/vaelg")
@public(BROKER_PROVES)
def show_pages() -> ResponseReturnValue:
    """One MitID may open a page in each of several municipalities."""
    choices = [(page.municipality_id, portal().offices.of(page.municipality_id)) for page in _own_pages()]
    if not choices:
        return redirect(url_for("citizen.show_mitid"))
    return render_template("pages/citizen/mitid_pages.html", choices=choices)


@citizen.post("/mitid/vaelg")
@public(BROKER_PROVES)
def choose_page() -> ResponseReturnValue:
    found = mitid_cookie.arrived()
    chosen = request.form.get("municipality", "")
    for page in _own_pages():
        if found is not None and str(page.municipality_id) == chosen:
            return enter(page, found[1])
    return redirect(url_for("citizen.show_mitid"), 303)


@citizen.get("/mitid/farvel", endpoint="show_goodbye")
@citizen.get("/mitid/ude")
@public("says that she is signed out")
def show_all_out() -> ResponseReturnValue:
    return render_template("pages/citizen/mitid_goodbye.html", all_out=request.path == "/mitid/ude")


@citizen.get("/mitid/ud")
@public("leads to where she signs out of the broker")
def leave_broker() -> ResponseReturnValue:
    try:
        return redirect(the_broker().goodbye())
    except NotProvedError as error:
        return _sorry(error.why)


def enter(page: MitIdIn, wanted: str) -> Response:
    mitid_cookie.forget_arrival()
    let_in_with_mitid(page)
    take_choice_along(page)
    return make_response(redirect(wanted, 303))


def the_broker() -> Broker:
    """Where none is set up there are no such pages."""
    return broker() or abort(404)


def _own_pages() -> list[MitIdIn]:
    found = mitid_cookie.arrived()
    return mitid.pages_of(portal().database, found[0]) if found else []


def _sorry(why: Why) -> Response:
    """With the other way in beside it: she is never left without one."""
    page = render_template("pages/citizen/mitid_sorry.html", why=why.value)
    return make_response(page, 503 if why is Why.DOWN else 422)
