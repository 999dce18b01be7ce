"""The staff's pages: one blueprint, one layout, and a menu made from the access table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, request

from portal.domain.access import Resource, Role, allowed
from portal.web.context import actor_or_none

staff = Blueprint("staff", __name__)


@dataclass(frozen=True)
class Entry:
    """One line of the menu: ``path`` is also what the pages below it begin with."""

    path: str
    resource: Resource
    label: str


MENU = (
    Entry("/borgere", Resource.CITIZEN_CARD, "staff.menu.citizens"),
    Entry("/tjek-ind", Resource.CHECK_INS, "staff.menu.check_ins"),
    Entry("/grupper", Resource.GROUPS, "staff.menu.groups"),
    Entry("/udsendelser", Resource.SENDINGS, "staff.menu.sendings"),
    Entry("/planer", Resource.REMINDER_SCHEDULES, "staff.menu.schedules"),
    Entry("/ikke-sendt", Resource.CITIZEN_CARD, "staff.menu.unsent"),
    Entry("/ukendte", Resource.UNPLACED_SMS, "staff.menu.unplaced"),
    Entry("/anmodninger", Resource.DATA_REQUESTS, "rights.menu"),
    Entry("/fravaer", Resource.OWN_ABSENCE, "staff.menu.absence"),
    Entry("/ledelse", Resource.RESPONSE_RATES, "staff.menu.management"),
    Entry("/tekster", Resource.TEXTS, "staff.menu.texts"),
    Entry("/kriseord", Resource.TEXTS, "translator.crisis.menu"),
    Entry("/spoergeskemaer", Resource.QUESTIONNAIRES_VIEW, "staff.menu.questionnaires"),
    Entry("/administration", Resource.STAFF_ACCOUNTS, "staff.menu.accounts"),
    Entry("/teams", Resource.TEAMS, "beginning.teams.menu"),
    Entry("/aabningstider", Resource.OPENING_HOURS, "staff.menu.hours"),
    Entry("/udseende", Resource.APPEARANCE, "appearance.menu"),
    Entry("/sms-indstillinger", Resource.SMS_SETTINGS, "staff.menu.sms"),
    Entry("/borgernes-data", Resource.RIGHTS_SETTINGS, "rights.settings_menu"),
    Entry("/logbog", Resource.AUDIT_LOG, "staff.menu.audit_log"),
)
START = {
    Role.CASEWORKER: "/borgere",
    Role.MANAGER: "/ledelse",
    Role.TRANSLATOR: "/tekster",
    Role.APPROVER: "/tekster",
    Role.ADMINISTRATOR: "/administration",
}


def navigation(role: Role) -> list[Entry]:
    """What the role may open, of the pages that this portal has."""
    paths = {rule.rule for rule in current_app.url_map.iter_rules()}
    return [entry for entry in MENU if allowed(role, entry.resource) and entry.path in paths]


def is_current(entry: Entry) -> bool:
    return request.path == entry.path or request.path.startswith(entry.path + "/")


@staff.app_context_processor
def layout_values() -> dict[str, Any]:
    who = actor_or_none()
    signed_in = who if who is not None and who.staff_id is not None else None
    return {
        "signed_in": signed_in,
        "navigation": navigation(signed_in.role) if signed_in else [],
        "is_current": is_current,
    }
