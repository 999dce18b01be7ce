"""Every page of a citizen, in three scripts: with a reader of screens, a keyboard, an old narrow phone, large letters,
forced colours and no motion. A new page is walked when a link leads to it; where none does, the walk says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from i18n.locales import EVERY_LOCALE
from portal.domain.meetings import Way
from portal.services import links, pins
from portal.services.invitations import Invited, send_questionnaire
from portal.store import questionnaires
from portal.store.meetings import Meeting
from portal.store.people import Citizen
from tests.browser.looks import (
    NARROW,
    check_accessibility,
    check_dark,
    check_keyboard,
    check_languages,
    check_narrow,
    check_settings_of_the_phone,
)
from tests.browser.town import Town

HER = "Mette"
WALKED = ("da", "ar", "ti")
ELSEWHERE = [*(code for code in EVERY_LOCALE if code not in WALKED), "da"]
"""The other languages, with those that nobody speaks; Danish last, so that it stays the phone's."""
BESIDE = {
    "citizen.open_file": "a file",
    "citizen.show_logo": "a picture",
    "citizen.play_recording": "a sound",
    "citizen.listen": "a stream that the thread's script listens to",
    "citizen.resume_form": "leads on to a question",
    "citizen.save_to_calendar": "a file",
    "citizen.show_choose_pin": "looked at where the letter's code has been typed",
    "citizen.show_way_back": "looked at without a grant",
    "citizen.show_front": "the page of the PIN",
    "citizen.show_statement": "leads on to the accessibility statement",
}
"""Routes that are no page of their own, and why."""
WITH_A_BROKER = {
    f"citizen.{name}"
    for name in ("show_mitid", "leave_for_mitid", "come_from_mitid", "show_pages", "show_bind", "show_binding",
                 "show_own_number", "leave_broker", "show_goodbye", "show_all_out")
}  # fmt: skip
"""Where the municipality has no MitID there is no such page (tests/oidc)."""


def pages_of_citizens(town: Town) -> set[str]:
    return {
        rule.endpoint
        for rule in town.app.url_map.iter_rules()
        if rule.endpoint.startswith("citizen.") and "GET" in (rule.methods or ())
    }


def look_at(page: Page) -> None:
    """Keys, colours and motion are the same in every language: they are looked at in one. What is wide is not."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    check_accessibility(page)
    check_narrow(page)
    if page.locator("html").get_attribute("lang") == "da":
        check_keyboard(page)
        check_dark(page)
        check_settings_of_the_phone(page)
        check_languages(page, tab_beside(page), ELSEWHERE)


def tab_beside(page: Page) -> Page:
    """A narrow tab of the same phone, on a page that nothing happens on."""
    others = [each for each in page.context.pages if each is not page]
    if others:
        return others[0]
    tab = page.context.new_page()
    tab.set_viewport_size(NARROW)  # type: ignore[arg-type]
    tab.goto("/stilguide")
    return tab


def prepare(town: Town, language: str) -> None:
    """She reads that language, and is expected in a week."""
    now, her = datetime.now(UTC), town.citizen(HER)
    with town.portal.database.write(her.municipality_id) as session:
        session.get_one(Citizen, her.id).language = language
        meeting = Meeting(
            citizen_id=her.id,
            starts_at=now + timedelta(days=7),
            way=Way.PLACE,
            made_by=her.caseworker_id,
            made_at=now,
        )
        session.add(meeting)


def new_link(town: Town) -> str:
    """In an SMS that has just come."""
    now, her = datetime.now(UTC), town.citizen(HER)
    with town.portal.database.write(her.municipality_id) as session:
        form = questionnaires.by_key(session, "progression_citizen")
        assert form is not None
        sent = send_questionnaire(session, her.id, form.id, her.caseworker_id, now)
        assert isinstance(sent, Invited)
        return f"/{links.make_link(session, sent.invitation_id, now)}"


def walk_without_signing_in(town: Town, page: Page, language: str) -> set[str]:
    seen = town.walk(
        page, [f"/kode?sprog={language}", new_link(town), "/visning", "/stilguide"], look_at, BESIDE
    )
    for address in ("/svar", "/" + "A" * 22, "/findes-ikke"):
        page.goto(address)
        look_at(page)
    return seen


def walk_through_a_form(town: Town, page: Page) -> None:
    """A question, one that was left blank, and the receipt."""
    page.goto(new_link(town))
    page.locator("form.start button").click()
    expect(page.locator("progress")).to_be_visible()
    look_at(page)
    page.locator("main form[hx-post] button").click()
    expect(page.locator(".error")).to_be_focused()
    look_at(page)
    while page.locator("progress").count():
        before = page.locator("progress").get_attribute("value")
        page.locator(".choice input").nth(3).check()
        page.locator("main form[hx-post] button").click()
        page.wait_for_function("before => document.querySelector('progress')?.value != before", arg=before)
        page.wait_for_load_state()
    look_at(page)


def walk_with_a_letter(town: Town, page: Page) -> None:
    her = town.citizen(HER)
    with town.portal.database.write(her.municipality_id) as session:
        code = pins.new_letter_code(session, her.id, datetime.now(UTC))
    page.goto("/kode/brev")
    page.locator("[name=code]").fill(her.short_code)
    page.locator("[name=letter]").fill(code)
    page.locator("main form button").click()
    page.wait_for_url("**/kode/ny")
    look_at(page)


@pytest.mark.parametrize(("language", "direction"), [("da", "ltr"), ("ar", "rtl"), ("ti", "ltr")])
def test_every_page_of_a_citizen_can_be_used_by_everybody(
    town: Town, small_phone: Page, language: str, direction: str
) -> None:
    prepare(town, language)
    seen = walk_without_signing_in(town, small_phone, language)
    expect(small_phone.locator("html")).to_have_attribute("dir", direction)
    expect(small_phone.locator("html")).to_have_attribute("lang", language)
    walk_through_a_form(town, small_phone)
    walk_with_a_letter(town, small_phone)
    town.citizen_page(small_phone, HER)
    seen |= town.walk(small_phone, ["/hjem"], look_at, BESIDE)
    seen |= {"citizen.show_page", "citizen.show_receipt"}
    assert pages_of_citizens(town) - seen - WITH_A_BROKER == set(), (
        "pages that no link leads to: name them, or say why not"
    )
