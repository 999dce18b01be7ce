"""The manager's pages: how old the answers are, who stands behind each number, and how far invitations came."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from i18n.locales import DEFAULT
from portal.domain.access import Resource
from portal.services import overview
from portal.services.overview import ListChoice
from portal.store import accounts, status
from portal.store.questionnaires import Questionnaire, definition, newest_versions
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff

FIRST_SHOWN = "progression_citizen"
PERIODS = {"3": timedelta(days=92), "12": timedelta(days=366)}
"""Months, and how far back the funnel then looks."""
COLOURS = ("white", "yellow", "red", "grey")
OUTSIDE = ("exempt", "dropped_out")


@staff.get("/ledelse")
@guard(Resource.RESPONSE_RATES)
def show_overview() -> ResponseReturnValue:
    period = request.args.get("periode", "12")
    length = PERIODS.get(period) or abort(404)
    with read() as session:
        forms, chosen = _chosen(session)
        shown = _tables(session, chosen, length) if chosen else {}
        shown |= {"administrators": accounts.administrators(session)}
    return render_template("pages/manager/overview.html", forms=forms, period=period, **shown)


@staff.get("/ledelse/borgere")
@guard(Resource.CITIZEN_LIST)
def show_citizens_behind() -> ResponseReturnValue:
    choice = ListChoice(request.args.get("gruppe", ""), request.args.get("team", type=whole))
    if choice.group not in COLOURS + OUTSIDE:
        abort(404)
    with write() as session:
        forms, chosen = _chosen(session)
        team = status.team(session, choice.team_id) if choice.team_id else None
        if chosen is None or (choice.team_id and team is None):
            abort(404)
        values = {"team": team, "group": choice.group, "title": dict(forms)[chosen.key], "key": chosen.key}
        listed = overview.citizens_behind(session, chosen, choice, now(), actor().staff_id or 0)
        return render_template("pages/manager/citizens.html", listed=listed, **values)


def _chosen(session: Session) -> tuple[list[tuple[str, str]], Questionnaire | None]:
    """Key and title of all forms that citizens answer, and the one this page is about."""
    versions = [each for each in newest_versions(session) if each.questionnaire.respondent == "citizen"]
    titles = [(each.questionnaire.key, definition(each).titles[DEFAULT]) for each in versions]
    wanted = request.args.get("skema", FIRST_SHOWN)
    by_key = {each.questionnaire.key: each.questionnaire for each in versions}
    return titles, by_key.get(wanted) or next(iter(by_key.values()), None)


def _tables(session: Session, chosen: Questionnaire, length: timedelta) -> dict[str, object]:
    return {
        "chosen": chosen,
        "status": overview.status_overview(session, chosen, now()),
        "funnels": overview.funnel_overview(session, chosen, now(), length),
        "groups": COLOURS + OUTSIDE,
    }
