"""A caseworker asks by SMS; the citizen answers on her phone; the answer stands in the thread."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import LiveServer, check_accessibility
from tests.browser.test_thread import lones_page

NewContext = Callable[..., BrowserContext]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_is_asked_and_a_plain_reply_becomes_the_answer(
    new_context: NewContext, live_server: LiveServer, javascript: bool
) -> None:
    lones = lones_page(new_context, live_server, java_script_enabled=javascript)
    lones.goto(f"/borgere/{live_server.citizen_id}")
    lones.get_by_role("link", name="Spørg på SMS").click()
    lones.select_option("#spoergsmaal1", "journey")
    lones.get_by_role("button", name="Se SMS'en først").click()
    expect(lones.locator(".staff-sms")).to_contain_text("Hej Mette. Gik turen derhen godt?")
    if javascript:
        check_accessibility(lones)
    lones.get_by_role("button", name="Send", exact=True).click()
    expect(lones.locator("#thread-log")).to_contain_text("Gik turen derhen godt?")

    phone = new_context().new_page()
    address = f"/telefon/{live_server.citizen().phone.lstrip('+')}"
    for _ in range(200):  # the phone is there once its first SMS is
        if "Gik turen derhen godt?" in _shown(phone, address):
            break
        phone.wait_for_timeout(100)
    phone.fill("#text", "ja tak")
    phone.locator("form.reply button").click()
    expect(phone.locator("body")).to_contain_text("Tak. Vi har noteret: JA.")

    lones.reload()
    expect(lones.locator("#thread-log .said-other")).to_contain_text("Forstået som: JA")
    lones.goto("/tjek-ind")
    expect(lones.locator("main table")).to_contain_text("1 af 1 spurgte")


def _shown(page: Page, address: str) -> str:
    page.goto(address)
    return page.content()
