"""The citizens' pages as a translator walks through them: a link leads on, a text to its editor."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.looks import check_accessibility
from tests.browser.town import Town


def test_a_link_on_a_sample_page_leads_to_the_next_and_a_text_to_its_editor(
    town: Town, small_phone: Page
) -> None:
    page = small_phone
    town.staff_page(page, "nadia@aakoebing.example")
    page.goto("/tekster/ar/sider?side=home")
    check_accessibility(page)
    shown = page.frame_locator("iframe[name=beside]")
    expect(shown.locator("html")).to_have_attribute("dir", "rtl")
    shown.locator("nav.ways a").filter(has=shown.locator("[data-key='diary.title']")).click()
    heading = shown.locator("h1 [data-key='diary.title']")
    expect(heading).to_be_visible()
    heading.click()
    page.wait_for_url("**/tekster/ar/tekst/diary.title")
