"""A diary on a phone without a script, by somebody who took her time."""

from __future__ import annotations

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
