"""A form filled in wrongly, then rightly, then Back: no error page of the browser's, and her words where they were (or
the ones she put in their place: browsers bring back what was typed last)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import delete

from portal.services.meetings import By, Typed, set_meeting
from portal.store.goals import Goal
from portal.store.people import Citizen
from tests.browser.conftest import PIN, LiveServer, check_accessibility
from tests.browser.test_citizen_journey import begin, receive_link
from tests.browser.test_lost_connection import other_language

TOO_LONG = "Det gik godt. " * 8000
NewContext = Callable[..., BrowserContext]


@dataclass(frozen=True)
class Wrong:
    """``wrong`` and ``right``: field -> what is typed. ``kept``: what of the wrong one stands in the page."""

    address: str
    wrong: Mapping[str, str]
    right: Mapping[str, str]
    button: str
    kept: str = ""


FORMS = (
    Wrong("/hjem/dagbog", {"body": TOO_LONG}, {"body": "En god dag"}, "Gem", "Det gik godt."),
    Wrong("/hjem/maal", {"body": "Jeg vil cykle"}, {"body": "Jeg vil cykle"}, "Gem", "Jeg vil cykle"),
    Wrong("/hjem/samtale", {"body": " "}, {"body": "Hej Lone"}, "Send"),
    Wrong(
        "/hjem/mine-data/anmodning",
        {"words": "Min adresse"},
        {"words": "Min adresse"},
        "Send til kommunen",
        "Min adresse",
    ),
    Wrong("/hjem/kontakt/ord", {"value": "x" * 60}, {"value": "kastanje"}, "Gem ordet", "xxxx"),
    Wrong(
        "/hjem/moeder/1/flyt",
        {"words": TOO_LONG},
        {"words": "Helst om torsdagen"},
        "Send ønsket",
        "Det gik godt.",
    ),
)


def sign_in(live_server: LiveServer, page: Page, pin: str = PIN) -> None:
    page.locator("[name=code]").fill(live_server.citizen().short_code)
    page.locator("[name=pin]").fill(pin)
    page.locator("main form button").click()


def fill(page: Page, typed: Mapping[str, str]) -> None:
    for name, words in typed.items():
        page.locator(f"main [name={name}]").fill(words)


def back(page: Page) -> None:
    """Raises where the browser shows an error of its own."""
    answer = page.go_back()
    assert answer is None or answer.status in (200, 401, 422), answer.status
    expect(page.locator("h1")).to_be_visible()


def add_meeting(live_server: LiveServer) -> int:
    now = datetime.now(UTC)
    typed = Typed(day=f"{now + timedelta(days=8):%Y-%m-%d}", time="10:00", place="Torvet 1")
    with live_server.database.write(live_server.municipality_id) as session:
        citizen = session.get_one(Citizen, live_server.citizen_id)
        return set_meeting(session, citizen, typed, By(live_server.staff_id, now, tell=False)).id


def wrong_then_right(page: Page, form: Wrong) -> None:
    page.goto(form.address)
    fill(page, form.wrong)
    page.locator("main").get_by_role("button", name=form.button, exact=True).click()
    expect(page.locator(".problem:visible, .error:visible").first).to_be_visible()
    fill(page, form.right)
    for choice in page.locator("main [type=radio]").all()[:1]:
        choice.check()
    page.locator("main").get_by_role("button", name=form.button, exact=True).click()
    expect(page.locator(".problem:visible, .error:visible")).to_have_count(0)
    page.goto("/hjem/svar")
    back(page)
    for words in form.right.values():
        expect(page.locator("main")).to_contain_text(words) if form.address != "/hjem/moeder/1/flyt" else None
    back(page)
    if form.kept:
        typed = page.locator("main textarea, main [name=value]").first
        expect(typed).to_have_value(re.compile(f"{form.kept}|{'|'.join(form.right.values())}"))
    back(page)
    expect(page.locator("main button").last).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_back_finds_her_pages_and_her_words_after_each_wrong_form(
    live_server: LiveServer, new_context: NewContext, script: bool
) -> None:
    add_meeting(live_server)
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/kode?til=/hjem/dagbog")
    sign_in(live_server, page, "9999")
    expect(page.locator(".problem")).to_be_visible()
    sign_in(live_server, page)
    expect(page.locator("h1")).to_have_text("Det, der gik godt")
    for form in FORMS:
        if not (script and form.address == "/hjem/samtale"):  # which htmx sends, in its own place
            wrong_then_right(page, form)
    page.goto("/hjem")
    page.locator("main form[action='/farvel'] button").click()
    expect(page.locator("[name=pin]")).to_be_visible()
    seen = set()
    for _ in range(12):
        page.go_back()
        if page.url == "about:blank":  # before her first page
            break
        seen.add(page.url)
        expect(page.locator("[name=pin]")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text(
            re.compile("Det gik godt|cykle|Min adresse|kastanje")
        )
        assert live_server.citizen().short_code not in page.content()
    assert len(seen) > 3


def test_back_in_a_form_behind_a_link_finds_each_question_without_a_script(
    live_server: LiveServer, new_context: NewContext
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    begin(page, receive_link(live_server, page))
    page.locator("main form button").click()
    expect(page.locator(".error, .problem").first).to_be_visible()
    page.locator(".choice input").nth(3).check()
    page.locator("main form button").click()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    back(page)
    expect(page.locator(".error, .problem").first).to_be_visible()
    back(page)
    expect(page.locator(".choice input").nth(3)).to_have_attribute("checked", "")  # as the browser left it
    back(page)
    expect(page.get_by_role("button", name="Fortsæt")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_who_was_asked_for_her_pin_with_words_in_hand_can_go_back_past_it(
    live_server: LiveServer, new_context: NewContext, script: bool
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/kode?til=/hjem/dagbog")
    sign_in(live_server, page)
    page.locator("#body").fill("En god dag")
    live_server.portal.clock = lambda: datetime.now(UTC) + timedelta(minutes=40)
    page.get_by_role("button", name="Gem").click()
    expect(page.locator(".good")).to_contain_text("Det, du sendte, er her endnu.")
    sign_in(live_server, page, "9999")
    expect(page.locator(".problem")).to_be_visible()
    back(page)
    expect(page.locator(".good")).to_contain_text("Det, du sendte, er her endnu.")
    sign_in(live_server, page)
    expect(page.locator(".note .words")).to_have_text("En god dag")
    for _ in range(3):
        back(page)


def test_an_error_page_that_answered_a_form_is_found_again(live_server: LiveServer, page: Page) -> None:
    page.goto("/kode?til=/hjem/maal")
    sign_in(live_server, page)
    fill(page, {"body": "Cykle"})
    page.locator("main [type=radio]").first.check()
    page.get_by_role("button", name="Gem").click()
    tab = page.context.new_page()
    tab.goto("/hjem/maal")
    with live_server.database.write(live_server.municipality_id) as session:
        session.execute(delete(Goal))
    tab.locator(".small-steps button").first.click()
    expect(tab.locator("h1")).to_be_visible()
    tab.goto("/hjem")
    assert tab.go_back() is not None
    expect(tab.locator("h1")).to_be_visible()
    back(tab)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_goal_half_written_stays_when_another_is_reached(
    live_server: LiveServer, new_context: NewContext, script: bool
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/kode?til=/hjem/maal")
    sign_in(live_server, page)
    fill(page, {"body": "Cykle"})
    page.locator("[type=radio]").first.check()
    page.get_by_role("button", name="Gem").click()
    expect(page.locator(".goal h3")).to_have_text("Cykle")
    fill(page, {"body": "Jeg vil også"})
    page.locator(".small-steps button").first.click()
    expect(page.locator(".good")).to_be_visible()
    expect(page.locator("#body")).to_have_value("Jeg vil også")
    page.locator("[type=radio]").first.check()
    page.keyboard.press("Enter")
    expect(page.locator(".goal h3")).to_have_text(["Jeg vil også", "Cykle"])
    expect(page.locator(".goal.reached h3")).to_have_text("Cykle")
    if script:  # which axe is, too
        check_accessibility(page)
    for _ in range(4):
        back(page)


@pytest.mark.parametrize(
    "form", [each for each in FORMS if each.kept and "ord" not in each.address], ids=lambda each: each.address
)
def test_what_is_half_typed_stays_when_the_language_is_changed(
    live_server: LiveServer, page: Page, form: Wrong
) -> None:
    add_meeting(live_server)
    page.goto(f"/kode?til={form.address}")
    sign_in(live_server, page)
    fill(page, form.right)
    other_language(page, "English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for name, words in form.right.items():
        expect(page.locator(f"main [name={name}]")).to_have_value(words)
