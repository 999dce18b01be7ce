"""“Who sees this?”, at the foot of every page of a citizen's: what is true of that very page.

A page that stands in no line here would say something of others; a test finds it.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from flask.blueprints import BlueprintSetupState

from portal.web.citizen.blueprint import citizen

SEEN: Mapping[str, tuple[str, ...]] = {
    "answers": ("show_page", "submit_page", "give_what_waited"),
    "sent": ("show_receipt", "write_to_caseworker", "show_answered", "show_own_answers"),
    "thread": ("show_thread", "write_message"),
    "progression": ("show_progression",),
    "home": ("show_home",),
    "contact": ("show_sms_wish", "show_wishes", "show_wish", "choose_wish"),
    "meetings": ("show_own_meetings", "show_move", "ask_to_move", "show_interpreter", "say_interpreter"),
    "mitid": (
        *("show_mitid", "come_from_mitid", "show_pages", "choose_page", "show_goodbye", "show_all_out"),
        *("show_bind", "bind_mitid", "show_binding", "unbind_mitid"),
    ),
    "number": ("show_own_number", "ask_for_number", "confirm_own_number"),
    "data": ("show_own_data", "show_own_section", "show_who_has_seen"),
    "request": ("show_data_requests", "ask_about_data", "take_back_request"),
    "way_in": (
        *(
            "show_front",
            "show_pin",
            "sign_in",
            "show_letter",
            "check_letter",
            "show_choose_pin",
            "choose_pin",
        ),
    ),
    "link": ("show_link", "start_form", "send_new_link", "say_not_me", "show_way_back"),
    "display": ("show_display", "show_aloud_wish"),
    "nobody": ("show_is_it_real", "show_privacy", "show_accessibility", "show_style_guide"),
}
"""Key in the catalogs (who_sees.page.…) -> the views of the citizens' pages of which it is true."""
IN_THEIR_OWN_WORDS = frozenset(
    {"show_diary", "write_note", "show_note", "change_note", "ask_to_share"}
    | {"show_goals", "write_goal", "show_goal", "change_goal"}
)
"""Their templates say it themselves: with the name of her caseworker, or by what she has shared."""
BY_VIEW = {view: key for key, views in SEEN.items() for view in views}


@citizen.record_once
def give_to_layout(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["seen_by"] = seen_by


def seen_by() -> str:
    """Empty on pages of errors, and on those of others: nothing is said there."""
    return BY_VIEW.get((request.endpoint or "").removeprefix("citizen."), "")
