"""The way in and out for staff: one form, one answer to every refusal."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource, Role
from portal.services import sign_in as services
from portal.services.sign_in import Attempt
from portal.web.context import actor, now, portal, write
from portal.web.guards import guard, public
from portal.web.language import t
from portal.web.limits import Limit, limited
from portal.web.staff.blueprint import START, navigation, staff
from portal.web.staff.devices import device_name
from portal.web.staff.sessions import find_staff, forget_token, keep_token

LONGEST_FIELD = 200
PAGE = "pages/staff/sign_in.html"


@staff.get("/log-ind")
@public("the way in for staff")
def show_sign_in() -> ResponseReturnValue:
    who = find_staff()
    if who is not None:
        return redirect(way_on(who.role))
    return render_template(PAGE, next=request.args.get("next", ""))


@staff.post("/log-ind")
@public("checks e-mail, password and code itself")
@limited(Limit.SIGN_IN)
def sign_in() -> ResponseReturnValue:
    signed_in = services.sign_in(portal().database, _attempt(), now())
    if signed_in is None:
        page = render_template(PAGE, refused=True, next=_field("next"), email=_field("email"))
        return make_response(page, 422)
    return keep_token(_see_other(way_on(signed_in.role, _field("next"))), signed_in.token)


@staff.post("/log-ud")
@guard(Resource.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    who = actor()
    with write() as session:
        services.end_session(session, who.staff_id or 0, who.session_id or 0, now())
    flash(t("staff.sign_in.signed_out"))
    return forget_token(_see_other("/log-ind"))


def way_on(role: Role, wanted: str = "") -> str:
    """Where the person was going, if that is a path of ours; else the role's first page."""
    if is_own_path(wanted):
        return wanted
    pages = [entry.path for entry in navigation(role)]
    return START[role] if START[role] in pages else "/konto"


def is_own_path(address: str) -> bool:
    r"""Browsers read ``//x``, ``/\x`` and a tab in the way as the address of another site."""
    if not address.startswith("/") or address.startswith("/log-") or "\\" in address:
        return False
    if any(ord(sign) < 33 for sign in address):
        return False
    parts = urlsplit(address)
    return not (parts.scheme or parts.netloc or parts.path.startswith("//"))


def _attempt() -> Attempt:
    device = device_name(request.user_agent.string)
    return Attempt(_field("email"), _field("password"), _field("code"), device)


def _field(name: str) -> str:
    return request.form.get(name, "")[:LONGEST_FIELD]


def _see_other(address: str) -> Response:
    return make_response(redirect(address, 303))
