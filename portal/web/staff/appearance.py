"""/udseende: the names, the telephone, the colour and the logo that citizens know the municipality by."""

from __future__ import annotations

from contextlib import closing

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.colours import TooPale
from portal.services import branding
from portal.services.branding import LONGEST, Appearance, Problem
from portal.services.files import logo as logos
from portal.services.files.logo import LARGEST_UPLOAD, Logo, NoLogo
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t, texts
from portal.web.staff.blueprint import staff
from portal.web.uploads import takes_files

FIELDS = (*LONGEST, "colour")


@staff.get("/udseende")
@guard(Resource.APPEARANCE)
def show_appearance() -> ResponseReturnValue:
    with read() as session:
        typed, _ = branding.appearance(session)
    return _page(typed, {})


@staff.post("/udseende")
@takes_files
@guard(Resource.APPEARANCE)
def change_appearance() -> ResponseReturnValue:
    typed = Appearance(*(request.form.get(field, "").strip() for field in FIELDS))
    logo = _logo()
    if isinstance(logo, NoLogo):
        return _page(typed, {"logo": t(f"appearance.error.{logo.value}")})
    errors = _keep(typed, logo)
    if errors:
        return _page(typed, errors)
    portal().offices.forget(actor().municipality_id)
    flash(t("appearance.saved"))
    return redirect(url_for("staff.show_appearance"), 303)


def _keep(typed: Appearance, logo: Logo | None) -> dict[str, str]:
    """What is wrong, by field; nothing is kept then."""
    by = actor().staff_id or 0
    with write() as session:
        wrong = branding.save(
            session, typed, logo, staff_id=by, now=now(), drop_logo="uden_logo" in request.form
        )
    return {field: _sentence(field, problem) for field, problem in wrong.items()}


def _logo() -> Logo | NoLogo | None:
    """None where none was sent."""
    given = request.files.get("logo")
    if given is None or not given.filename:
        return None
    with closing(given):
        return logos.make(given.read(LARGEST_UPLOAD + 1))


def _sentence(field: str, problem: Problem | TooPale) -> str:
    if isinstance(problem, TooPale):
        found = texts().number(round(problem.contrast, 1))
        return t("appearance.error.too_pale", contrast=found, darker=problem.darker)
    return t(f"appearance.error.{problem.value}", most=LONGEST.get(field, 0))


def _page(typed: Appearance, errors: dict[str, str]) -> ResponseReturnValue:
    brand = portal().offices.of(actor().municipality_id).brand
    page = render_template("pages/staff/appearance.html", typed=typed, errors=errors, brand=brand)
    return make_response(page, 422 if errors else 200)
