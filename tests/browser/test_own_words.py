"""A diary on a phone without a script, by somebody who took her time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import PIN, LiveServer

WORDS = "Jeg gik en tur.\nDet var godt: 100 % & mere."


def test_who_writes_for_hours_signs_in_again_and_has_lost_nothing(
    live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/kode?til=/hjem/dagbog")

    def sign_in() -> None:
        page.locator("[name=code]").fill(live_server.citizen().short_code)
        page.locator("[name=pin]").fill(PIN)
        page.locator("main form button").click()

    sign_in()
    expect(page.locator("h1")).to_have_text("Det, der gik godt")
    page.locator("#body").fill(WORDS)
    live_server.portal.clock = lambda: datetime.now(UTC) + timedelta(hours=2)
    page.get_by_role("button", name="Gem").click()
    expect(page.locator(".good")).to_contain_text("Det, du sendte, er her endnu.")
    sign_in()
    expect(page.locator(".good")).to_contain_text("Det er gemt.")
    expect(page.locator(".note .words")).to_have_text(WORDS)


def test_a_double_tap_and_two_tabs_lose_nothing_and_write_nothing_twice(
    live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto("/kode?til=/hjem/dagbog")
    page.locator("[name=code]").fill(live_server.citizen().short_code)
    page.locator("[name=pin]").fill(PIN)
    page.locator("main form button").click()
    page.locator("#body").fill("En god dag")
    page.get_by_role("button", name="Gem").dblclick()
    expect(page.locator(".good")).to_contain_text("Det er gemt.")
    expect(page.locator(".note .words")).to_have_text(["En god dag"])
    change = page.locator(".note a").first.get_attribute("href")
    assert change
    tabs = [page, context.new_page()]
    for tab in tabs:
        tab.goto(change)
    for tab, words in zip(tabs, ("Den ene", "Den anden"), strict=True):
        tab.locator("#body").fill(words)
        tab.get_by_role("button", name="Gem").click()
        expect(tab.locator(".good")).to_be_visible()
    expect(tabs[1].locator(".note .words")).to_have_text(["Den anden", "Den ene"])
    for tab, wish in zip(tabs, ("antal", "tid"), strict=True):
        tab.goto(f"/hjem/kontakt/{wish}")
    for tab in tabs:
        tab.locator("main form button").first.dblclick()
        expect(tab).to_have_url(re.compile("/hjem/kontakt$"))
        expect(tab.locator("[role=status]").first).to_contain_text("Nu sender vi")
    citizen = live_server.citizen()
    assert citizen.sms_cap is not None and citizen.sms_hours is not None
