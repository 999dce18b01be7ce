"""axe walks the demo: every page of staff that the menu, and the links on its pages, lead to, on a
phone; each is looked at on 320 pixels, and there with letters of twice the size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.looks import Looks, check_accessibility, check_narrow
from tests.browser.town import Town


@pytest.mark.parametrize(
    ("who", "start", "reached"),
    [
        ("lone", "/borgere", {"staff.show_thread", "staff.show_check_in", "staff.show_journal", "staff.show_unsent"}),
        ("soeren", "/administration", {"staff.show_team_hours", "staff.show_sms_settings", "staff.show_audit_log"}),
        ("nadia", "/tekster", {"staff.edit_crisis_list", "staff.edit_text"}),
        ("karen", "/ledelse", {"staff.show_citizens_behind"}),
    ],
)  # fmt: skip
def test_axe_finds_nothing_on_any_page_of_staff(
    town: Town, small_phone: Page, who: str, start: str, reached: set[str]
) -> None:
    town.staff_page(small_phone, f"{who}@aakoebing.example")
    citizens = [
        rule.endpoint for rule in town.app.url_map.iter_rules() if rule.endpoint.startswith("citizen.")
    ]
    looks = Looks(check_narrow, check_accessibility)
    assert town.walk(small_phone, [start], looks.at, beside=citizens) >= reached
    assert not looks.faults, "\n".join(looks.faults)
