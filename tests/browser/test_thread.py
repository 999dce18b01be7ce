"""The citizen on her phone and her caseworker at her desk, writing to each other."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import APIResponse, BrowserContext, FilePayload, Page, Route, expect

from database.encryption import blind_index
from portal.domain.files import LARGEST_FILE
from portal.services.sign_in import TOKEN_PURPOSE
from portal.store.people import StaffSession
from portal.web import live
from portal.web.staff.sessions import COOKIE
from tests.browser.conftest import PIN, LiveServer, check_accessibility
from tests.files import picture

NewContext = Callable[..., BrowserContext]
DESK = {"width": 1280, "height": 800}
LOOKS_EVERY = 5_000
"""Milliseconds between two looks for news."""


def her_page(new_context: NewContext, live_server: LiveServer, **options: object) -> Page:
    """The citizen's phone, at her thread."""
    page = new_context(**options).new_page()
    page.clock.install()
    page.goto("/kode?til=/hjem/samtale")
    page.fill("[name=code]", live_server.citizen().short_code)
    page.fill("[name=pin]", PIN)
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/hjem/samtale$"))
    return page


def lones_page(new_context: NewContext, live_server: LiveServer, **options: object) -> Page:
    """The caseworker's screen, at the same thread."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    row = StaffSession(
        staff_id=live_server.staff_id,
        token_index=blind_index(TOKEN_PURPOSE, token),
        device="Firefox, Linux",
        created_at=now,
        last_seen_at=now,
    )
    with live_server.database.write(live_server.municipality_id) as session:
        session.add(row)
    context = new_context(viewport=DESK, **options)
    context.add_cookies([{"name": COOKIE, "value": token, "url": live_server.url}])
    page = context.new_page()
    page.clock.install()
    page.goto(f"/borgere/{live_server.citizen_id}/samtale")
    return page


def write(page: Page, text: str) -> None:
    page.fill("#body", text)
    page.locator("#skriv").get_by_role("button", name="Send", exact=True).click()


def said(page: Page, text: str) -> None:
    expect(page.locator("#thread-log .said-body", has_text=text)).to_have_count(1)


def look(page: Page) -> None:
    """Time passes until the page looks for news by itself."""
    page.clock.fast_forward(LOOKS_EVERY)


def test_what_two_answers_bring_at_the_same_moment_is_shown_once(
    new_context: NewContext, live_server: LiveServer
) -> None:
    hers, lones = her_page(new_context, live_server), lones_page(new_context, live_server)
    held: list[tuple[Route, APIResponse]] = []
    lones.route("**/samtale?efter=*", lambda route: held.append((route, route.fetch())))
    write(hers, "Jeg er her nu")
    with lones.expect_request("**/samtale?efter=*"):
        look(lones)
    write(lones, "Jeg kommer ned")
    said(lones, "Jeg er her nu")
    said(lones, "Jeg kommer ned")
    for route, response in held:
        route.fulfill(response=response)
    lones.unroute_all()
    write(hers, "Tak")
    said(hers, "Tak")
    look(lones)
    expect(lones.locator("#thread-log .said-body").last).to_have_text("Tak")
    expect(lones.locator("#thread-log .said-body")).to_have_text(["Jeg er her nu", "Jeg kommer ned", "Tak"])
    expect(lones.locator("#thread-log .said-day")).to_have_count(1)


def test_the_two_write_to_each_other_and_neither_reloads(
    new_context: NewContext, live_server: LiveServer
) -> None:
    hers, lones = her_page(new_context, live_server), lones_page(new_context, live_server)
    expect(lones.locator(".said-none")).to_be_visible()
    write(lones, "Hvordan gik det i dag?")
    said(lones, "Hvordan gik det i dag?")
    expect(lones.locator(".said-none")).to_be_hidden()
    expect(lones.locator("#body")).to_have_value("")
    expect(lones.locator("#body")).to_be_focused()
    look(hers)
    said(hers, "Hvordan gik det i dag?")
    write(hers, "Det gik godt")
    said(hers, "Det gik godt")
    expect(hers.locator(".said-own .said-state")).to_have_text("Ikke læst endnu")
    look(lones)
    said(lones, "Det gik godt")
    expect(lones.locator(".said-own .said-state")).to_contain_text("Læst kl.")
    look(hers)
    expect(hers.locator(".said-own .said-state")).to_contain_text("Læst kl.")
    expect(hers.locator(".said")).to_have_count(2)
    expect(lones.locator(".said")).to_have_count(2)


def test_an_sms_arrives_and_the_caseworker_sees_it_arrive(
    new_context: NewContext, live_server: LiveServer
) -> None:
    lones = lones_page(new_context, live_server)
    lones.get_by_label("Som SMS").check(force=True)
    write(lones, "Vi ses kl. 10")
    said(lones, "Vi ses kl. 10")
    state = lones.locator(".said-own .said-state")
    for _ in range(200):
        if "Kommet frem" in state.inner_text():
            break
        look(lones)
        lones.wait_for_timeout(100)
    expect(state).to_have_text("Kommet frem")
    assert live_server.newest_sms() == "Vi ses kl. 10"


def test_what_does_not_belong_in_an_sms_is_said_while_it_is_written(
    new_context: NewContext, live_server: LiveServer
) -> None:
    lones = lones_page(new_context, live_server)
    lones.get_by_label("Som SMS").check(force=True)
    lones.locator("#body").press_sequentially("Se www.example.org")
    lones.clock.fast_forward(1_000)
    expect(lones.locator("#sms-check")).to_contain_text("Et link kan ikke sendes")
    write(lones, "Se www.example.org")
    expect(lones.locator("#body-error")).to_contain_text("kan ikke sendes som SMS")
    expect(lones.locator("#body")).to_have_value("Se www.example.org")
    check_accessibility(lones)


def test_the_last_words_are_looked_at_though_an_earlier_look_has_not_come_back(
    new_context: NewContext, live_server: LiveServer
) -> None:
    lones = lones_page(new_context, live_server)
    kept: list[Route] = []
    lones.route("**/tjek", lambda route: route.continue_() if kept else kept.append(route))
    lones.get_by_label("Som SMS").check(force=True)
    lones.locator("#body").press_sequentially("Se www.example.org")
    lones.clock.fast_forward(1_000)
    expect(lones.locator("#sms-check")).to_contain_text("Et link kan ikke sendes")
    kept.pop().abort()


def test_without_a_script_they_write_too_and_a_link_shows_what_is_new(
    new_context: NewContext, live_server: LiveServer
) -> None:
    hers = her_page(new_context, live_server, java_script_enabled=False)
    lones = lones_page(new_context, live_server, java_script_enabled=False)
    write(lones, "Hvordan gik det i dag?")
    said(lones, "Hvordan gik det i dag?")
    hers.locator("#thread-reload a").click()
    said(hers, "Hvordan gik det i dag?")
    write(hers, "Det gik godt")
    said(hers, "Det gik godt")
    lones.locator("#thread-reload a").click()
    said(lones, "Det gik godt")


def test_a_page_whose_session_has_ended_stops_asking_and_offers_the_way_back(
    new_context: NewContext, live_server: LiveServer
) -> None:
    hers = her_page(new_context, live_server)
    expect(hers.locator("#thread-reload")).to_be_hidden()
    hers.context.clear_cookies()
    look(hers)
    expect(hers.locator("#thread-reload")).to_be_visible()
    asked: list[str] = []
    hers.on("request", lambda request: asked.append(request.url))
    look(hers)
    hers.locator("#thread-reload a").click()
    expect(hers).to_have_url(re.compile("/kode"))
    assert not any("efter=" in url for url in asked)


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_the_page_can_be_used_by_everybody_in_every_width(
    new_context: NewContext, live_server: LiveServer, language: str
) -> None:
    lones = lones_page(new_context, live_server)
    write(lones, "Hvordan gik det i dag? " * 5)
    said(lones, "Hvordan gik det i dag?")
    hers = her_page(new_context, live_server)
    write(hers, "https://example.org/en-meget-lang-adresse-uden-et-eneste-sted-at-dele-den-" + "x" * 60)
    said(hers, "https://example.org/")
    hers.goto(f"/hjem/samtale?sprog={language}")
    assert not hers.evaluate("document.documentElement.scrollWidth > innerWidth")
    check_accessibility(hers)


def test_the_caseworkers_page_can_be_used_by_everybody(
    new_context: NewContext, live_server: LiveServer
) -> None:
    lones = lones_page(new_context, live_server)
    write(lones, "Hvordan gik det i dag?")
    said(lones, "Hvordan gik det i dag?")
    for width in (360, 1280):
        lones.set_viewport_size({"width": width, "height": 800})
        assert not lones.evaluate("document.documentElement.scrollWidth > innerWidth")
        check_accessibility(lones)


def test_a_picture_is_sent_from_the_phone_and_rings_at_the_desk(
    new_context: NewContext, live_server: LiveServer
) -> None:
    seats = live.seats(live_server.app)
    seats.limit = 1
    lones = lones_page(new_context, live_server)
    hers = her_page(new_context, live_server)
    hers.set_input_files("#files", [FilePayload(name="dør.jpg", mimeType="image/jpeg", buffer=picture())])
    write(hers, "Er det den her dør?")
    said(hers, "Er det den her dør?")
    said(lones, "Er det den her dør?")  # no time has passed on her clock: she was told
    shown = lones.locator(".said-file img")
    expect(shown).to_have_js_property("naturalWidth", 64)
    check_accessibility(lones)
    seats.closing.set()


def test_a_file_that_is_too_large_is_said_before_it_is_sent(
    new_context: NewContext, live_server: LiveServer
) -> None:
    hers = her_page(new_context, live_server)
    large = [FilePayload(name="stor.pdf", mimeType="application/pdf", buffer=bytes(LARGEST_FILE + 1))]
    hers.set_input_files("#files", large)
    expect(hers.locator("#files-error")).to_contain_text("stor.pdf er for stor")
    check_accessibility(hers)
    hers.set_input_files("#files", [])
    expect(hers.locator("#files-error")).to_be_hidden()


def test_what_was_written_stays_when_the_network_drops_and_is_sent_when_it_is_back(
    new_context: NewContext, live_server: LiveServer
) -> None:
    hers = her_page(new_context, live_server)
    hers.context.set_offline(True)
    write(hers, "Jeg er på vej")
    expect(hers.locator("#thread-trouble")).to_contain_text("Din tekst står her endnu")
    expect(hers.locator("#body")).to_have_value("Jeg er på vej")
    hers.context.set_offline(False)
    write(hers, "Jeg er på vej")
    said(hers, "Jeg er på vej")
    expect(hers.locator("#thread-trouble")).to_be_empty()


def test_a_half_written_message_outlives_the_tab_and_the_session_until_it_is_sent_or_she_signs_out(
    new_context: NewContext, live_server: LiveServer
) -> None:
    hers = her_page(new_context, live_server)
    hers.wait_for_load_state()
    hers.fill("#body", "Jeg er på vej, men")
    later = hers.context.new_page()
    hers.close()
    later.context.clear_cookies()
    later.goto("/hjem/samtale")
    later.fill("[name=code]", live_server.citizen().short_code)
    later.fill("[name=pin]", PIN)
    later.locator("main form button").click()
    expect(later.locator("#body")).to_have_value("Jeg er på vej, men")
    write(later, "Jeg er på vej, men bussen er sen")
    said(later, "Jeg er på vej, men bussen er sen")
    later.reload()
    later.wait_for_load_state()
    expect(later.locator("#body")).to_have_value("")
    later.fill("#body", "En anden ser med")
    later.goto("/hjem")
    later.get_by_role("button", name="Luk min side").click()
    expect(later).to_have_url(re.compile("/kode$"))
    assert later.evaluate("Object.keys(localStorage)") == []


def test_what_another_left_half_written_on_the_phone_is_not_shown_and_not_kept(
    new_context: NewContext, live_server: LiveServer
) -> None:
    hers = her_page(new_context, live_server)
    hers.evaluate("localStorage.setItem('kladde:another', 'Hemmeligt')")
    hers.reload()
    hers.wait_for_load_state()
    expect(hers.locator("#body")).to_have_value("")
    assert hers.evaluate("Object.keys(localStorage)") == []
