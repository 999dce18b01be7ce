"""/mitid/kobl and /hjem/mitid: a MitID is bound to her page once, and unbound by herself."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource, Role
from portal.services import mitid
from portal.services.mitid import MitIdIn, Taken
from portal.services.pins import Refused
from portal.web.citizen import mitid_cookie
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.mitid import enter, the_broker
from portal.web.citizen.own import own_id
from portal.web.citizen.sessions import let_out
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard, public
from portal.web.language import t
from portal.web.limits import Limit, limited

LONGEST_FIELD = 60
PAGE = "pages/citizen/mitid_bind.html"


@citizen.get("/mitid/kobl")
@public("asks for MitID where nobody has come from there")
def show_bind() -> ResponseReturnValue:
    the_broker()
    if mitid_cookie.arrived() is None:
        return redirect(url_for("citizen.show_mitid"))
    return render_template(PAGE)


@citizen.post("/mitid/kobl")
@public("checks code and PIN, or letter, itself")
@limited(Limit.PIN)
def bind_mitid() -> ResponseReturnValue:
    found = mitid_cookie.arrived()
    if found is None:
        return redirect(url_for("citizen.show_mitid"), 303)
    proven = mitid.prove(portal().database, _field("code"), _field("secret"), now())
    if isinstance(proven, Refused):
        return _again(reason=proven.reason.value, left=proven.left)
    with portal().write(proven.who.municipality_id) as session:
        bound = mitid.bind(session, proven, found[0], now())
    return _again(taken=bound.value) if isinstance(bound, Taken) else _welcome(bound)


@citizen.get("/hjem/mitid")
@guard(Resource.OWN_HISTORY)
def show_binding() -> ResponseReturnValue:
    the_broker()
    with read() as session:
        binding = mitid.binding_of(session, own_id())
    is_at_level = actor().role is Role.CITIZEN_MITID
    return render_template("pages/citizen/mitid_binding.html", binding=binding, is_at_level=is_at_level)


@citizen.post("/hjem/mitid/fra")
@guard(Resource.UNBIND_MITID)
def unbind_mitid() -> ResponseReturnValue:
    with write() as session:
        mitid.unbind(session, own_id(), now())
    let_out()
    flash(t("mitid.unbound"))
    return redirect(url_for("citizen.show_goodbye"), 303)


def _welcome(page: MitIdIn) -> Response:
    flash(t("mitid.bound"))
    return enter(page, url_for("citizen.show_binding"))


def _again(reason: str = "", left: int | None = None, taken: str = "") -> Response:
    html = render_template(PAGE, reason=reason, left=left, taken=taken, code=_field("code"))
    return make_response(html, 422)


def _field(name: str) -> str:
    return request.form.get(name, "")[:LONGEST_FIELD]
