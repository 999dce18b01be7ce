"""A translator and a stale text: found, understood, taken from memory, saved while she types, and not alone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from portal.services.texts.history import Author
from tests.browser.bench import NewContext, translators_page
from tests.browser.conftest import LiveServer, check_accessibility
from tests.texts import go_live, row_of, type_in

STALE, ALIKE = "citizen.welcome.title", "citizen_home.home.waiting"
DANISH = "{caseworker} har fem spørgsmål til dig i dag"


def make_stale(live_server: LiveServer) -> Author:
    author = Author(live_server.municipality_id, live_server.staff_id)
    portal = live_server.portal
    for key, danish, arabic in (
        (STALE, DANISH, "لدى {caseworker} أسئلة"),
        (ALIKE, f"{DANISH}.", "لدى {caseworker} خمسة أسئلة لك اليوم."),
    ):
        go_live(portal, author, "ar", key, "قديم {caseworker}" if key == STALE else arabic)
        go_live(portal, author, "da", key, danish)
        if key == ALIKE:
            go_live(portal, author, "ar", key, arabic)
    return author


def test_a_stale_text_is_found_understood_taken_from_memory_and_saved_while_she_types(
    new_context: NewContext, live_server: LiveServer
) -> None:
    author = make_stale(live_server)
    page = translators_page(new_context, live_server)
    page.goto("/tekster?til=ar")
    check_accessibility(page)
    page.keyboard.press("j")
    expect(page.locator("[data-row]").first).to_be_focused()
    expect(page.locator("[data-row]").first).to_have_text(STALE)
    page.keyboard.press("Enter")
    expect(page.locator(".bench-diff ins").first).to_contain_text("fem")
    page.locator("#form0").focus()
    page.keyboard.press("Alt+1")
    expect(page.locator("#form0")).to_have_value("لدى {caseworker} خمسة أسئلة لك اليوم.")
    expect(page.locator("[data-taken]")).to_contain_text("ikke helt det samme")
    page.keyboard.press("Alt+0")
    expect(page.locator("#form0")).to_have_value("قديم {caseworker}")
    page.locator("#form0").press("Alt+1")
    expect(page.locator("#form0")).to_have_value("لدى {caseworker} خمسة أسئلة لك اليوم.")
    expect(page.locator("#gemt")).to_contain_text(re.compile(r"Gemt \d\d\.\d\d"))
    check_accessibility(page)
    assert row_of(live_server.portal, author, "ar", STALE).forms == ("لدى {caseworker} خمسة أسئلة لك اليوم.",)
    page.locator("#form0").evaluate("field => field.setSelectionRange(16, 16)")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-name=caseworker]")).to_contain_text("mangler")
    expect(page.locator("#fundet .alert-error")).to_contain_text("caseworker")
    page.keyboard.press("Alt+Shift+1")
    expect(page.locator("[data-name=caseworker]")).to_contain_text("✓")
    expect(page.locator("#fundet .alert-error")).to_have_count(0)


def test_two_at_once_see_both_texts_and_what_was_typed_without_a_connection_is_sent_later(
    new_context: NewContext, live_server: LiveServer
) -> None:
    author = make_stale(live_server)
    page = translators_page(new_context, live_server)
    page.goto(f"/tekster/ar/tekst/{STALE}")
    type_in(live_server.portal, author, "ar", STALE, "نص الزميلة {caseworker}")
    page.locator("#form0").fill("نصي {caseworker}")
    expect(page.get_by_role("heading", name="Teksten er rettet af to")).to_be_visible()
    expect(page.locator("#konflikt")).to_contain_text("نص الزميلة")
    expect(page.locator("#form0")).to_have_value("نصي {caseworker}")
    check_accessibility(page)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("#gemt")).to_contain_text("Gemt")
    page.context.set_offline(True)
    page.locator("#form0").fill("بلا شبكة {caseworker}")
    expect(page.locator("#gemt")).to_contain_text("Ingen forbindelse")
    page.context.set_offline(False)
    expect(page.locator("#gemt")).to_contain_text("Gemt")
    assert row_of(live_server.portal, author, "ar", STALE).forms == ("بلا شبكة {caseworker}",)
