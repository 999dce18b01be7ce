"""A translator records a reading in her browser, and a citizen hears it. Chromium plays a microphone that beeps."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.bench import NewContext, translators_page
from tests.browser.conftest import LiveServer, check_accessibility
from tests.browser.test_citizen_journey import begin, receive_link

READING = "/tekster/da/skema/progression_citizen/health_coping/oplaesning"
REFUSED = (
    """navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"))"""
)


def record(page: Page, button: str = "Optag") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    expect(page.locator("[data-recorder-time]")).to_have_text("0:01")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Behold optagelsen")).to_be_focused()


def test_she_records_listens_and_keeps_and_the_citizen_hears_it(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = translators_page(new_context, live_server)
    page.goto(READING)
    page.get_by_role("button", name="Optag", exact=True).click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Det var for kort")).to_be_visible()
    record(page)
    expect(page.get_by_text("Hør det igennem. Behold det")).to_be_visible()
    check_accessibility(page)
    hear(page, "[data-recorder-sound]")
    record(page, "Optag igen")
    page.get_by_role("button", name="Behold optagelsen").click()
    expect(page.get_by_text("Oplæsningen er lagt op. Borgerne kan høre den nu.")).to_be_visible()
    expect(page.get_by_text("Borgerne kan høre den.")).to_be_visible()
    expect(page.get_by_role("link", name="Næste uden oplæsning")).to_be_visible()
    phone = new_context().new_page()
    begin(phone, receive_link(live_server, phone))
    hear(phone, "main audio")


def hear(page: Page, player: str) -> None:
    """It plays indeed: its clock goes, or it has come to its end."""
    page.locator(player).evaluate("player => player.play()")
    heard = "selector => document.querySelector(selector).currentTime > 0.1"
    page.wait_for_function(heard, arg=player)


def test_where_the_microphone_is_refused_she_is_told_and_the_field_for_a_file_remains(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = translators_page(new_context, live_server, viewport={"width": 360, "height": 740})
    page.add_init_script(REFUSED)
    page.goto(READING)
    page.get_by_role("button", name="Optag", exact=True).click()
    expect(page.get_by_text("Browseren må ikke bruge mikrofonen")).to_be_visible()
    expect(page.get_by_label("Lydfil")).to_be_visible()
    check_accessibility(page)


def test_a_take_is_not_lost_when_the_network_is(new_context: NewContext, live_server: LiveServer) -> None:
    page = translators_page(new_context, live_server)
    page.goto(READING)
    record(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Behold optagelsen").click()
    expect(page.get_by_text("Optagelsen er her stadig")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Behold optagelsen").click()
    expect(page.get_by_text("Oplæsningen er lagt op")).to_be_visible()


def test_without_a_script_there_is_the_field_for_a_file_alone(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = translators_page(new_context, live_server, java_script_enabled=False)
    page.goto(READING)
    expect(page.get_by_label("Lydfil")).to_be_visible()
    expect(page.get_by_role("button", name="Optag")).to_have_count(0)
