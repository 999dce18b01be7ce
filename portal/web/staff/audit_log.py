"""Who saw or changed what: the administrator's view of the audit log."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.store import audit_log, teams
from portal.store.audit_log import Filter
from portal.web.context import portal, read
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff.blueprint import staff

AREA = "audit"
_STAFF = re.compile(r"staff (\d+)(?: from (\d+))?")
_TEAM = re.compile(r"(?:(\w+) )?team (\d+|all)")


@staff.get("/logbog")
@guard(Resource.AUDIT_LOG)
def show_audit_log() -> ResponseReturnValue:
    arguments = request.args
    wanted = Filter(
        staff_id=arguments.get("medarbejder", type=whole),
        citizen_id=arguments.get("borger", type=whole),
        action=arguments.get("handling", "")[:60],
        before=arguments.get("foer", type=whole),
    )
    with read() as session:
        page, team_names = audit_log.page(session, wanted), teams.all_names(session)
    subjects = {each.id: _worded(each.subject or "", page.staff_names, team_names) for each in page.events}
    actions = [key.removeprefix(f"{AREA}.") for key in portal().catalogs.keys(AREA)]
    values = {"page": page, "wanted": wanted, "actions": actions, "subjects": subjects}
    return render_template("pages/staff/audit_log.html", **values)


def _worded(subject: str, staff_names: Mapping[int, str], team_names: Mapping[int, str]) -> str:
    """Colleagues and teams by name; what else was touched by the key it is stored under."""
    if person := _STAFF.fullmatch(subject):
        to, giver = (staff_names.get(int(each), each) if each else "" for each in person.groups())
        return t("staff.audit.given", to=to, giver=giver) if giver else to
    if team := _TEAM.fullmatch(subject):
        group, number = team.groups()
        name = t("manager.all") if number == "all" else team_names.get(int(number), subject)
        return f"{t(f'manager.group.{group}')}, {name}" if group else name
    return subject
