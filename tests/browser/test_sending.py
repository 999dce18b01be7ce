"""The caseworker sends to those she has ticked, and watches it go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import LiveServer, check_accessibility
from tests.browser.test_thread import lones_page

NewContext = Callable[..., BrowserContext]


def send_to_all(page: Page) -> None:
    """From the list of citizens to the sending's own page."""
    page.goto("/borgere?hvem=team&alle=1")
    page.get_by_role("button", name="Send til de valgte").click()
    page.get_by_label("Besked", exact=True).check()
    page.get_by_label("Beskeden").fill("Vi holder åbent hus på torsdag")
    page.get_by_role("button", name="Se, hvad der vil ske").click()
    expect(page.get_by_text("1 borger får beskeden:")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="Send til 1 borger").click()


def test_the_page_follows_the_sending_by_itself_and_then_leaves_off(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = lones_page(new_context, live_server)
    send_to_all(page)
    for _ in range(200):
        page.clock.fast_forward(60_000)
        if page.locator("#progress", has_text="Færdig").count():
            break
        page.wait_for_timeout(100)
    expect(page.locator("#progress")).to_contain_text("1 af 1 er behandlet")
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 1)
    expect(page.get_by_role("button", name="Sæt på pause")).to_have_count(0)
    check_accessibility(page)


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_ticks_are_counted_and_all_are_ticked_with_one_click(
    new_context: NewContext, live_server: LiveServer, script: bool
) -> None:
    page = lones_page(new_context, live_server, java_script_enabled=script)
    page.goto("/borgere?hvem=team")
    page.get_by_text("Vælg alle på listen").click()
    expect(page.locator(".staff-tick input:checked")).to_have_count(1)
    if script:
        expect(page.locator("[data-ticked]")).to_have_text("1 valgt")
    page.get_by_role("button", name="Læg de valgte i en gruppe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Læg i en gruppe")
