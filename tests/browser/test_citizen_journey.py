"""The citizen's journey as her phone sees it: with and without a script, in small, twice, back and again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import func, select

from portal.store.answering import Answer, Response
from tests.browser.conftest import PIN, LiveServer, check_accessibility

QUESTIONS = 12
LINK = re.compile(r"http://127\.0\.0\.1:\d+/[\w-]{22}$")
NewContext = Callable[..., BrowserContext]


def receive_link(live_server: LiveServer, page: Page) -> str:
    """Waits for the SMS, as she does."""
    live_server.invite()
    for _ in range(200):
        sms = live_server.newest_sms() or ""
        found = LINK.search(sms)
        if found:
            return found[0]
        page.wait_for_timeout(100)
    raise AssertionError("no SMS came")


def begin(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Begynd").click()
    expect(page.locator("progress")).to_be_visible()
    page.wait_for_load_state()  # the scripts that come behind are there


def place(page: Page) -> int:
    return int(page.locator("progress").get_attribute("value") or 0)


def answer(page: Page, choice: int = 3) -> None:
    """Takes the choice with that number, and goes on."""
    before = place(page)
    page.locator(".choice input").nth(choice).check()
    page.locator("main form button").click()
    page.wait_for_function(
        "before => document.querySelector('progress')?.value !== before || /tak$/.test(location.pathname)",
        arg=before,
    )


def answer_the_rest(page: Page) -> None:
    for _ in range(QUESTIONS):
        if page.url.endswith("/tak"):
            return
        answer(page)


def sign_in(page: Page, live_server: LiveServer, address: str = "/hjem") -> None:
    page.goto(address)
    page.get_by_label("Din kode").fill(live_server.citizen().short_code)
    page.locator("#pin").fill(PIN)
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(address))


def count(live_server: LiveServer) -> int:
    with live_server.database.read(live_server.municipality_id) as session:
        return session.scalar(select(func.count(Answer.id))) or 0


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_from_the_sms_to_the_receipt_and_her_progression(
    live_server: LiveServer, new_context: NewContext, javascript: bool
) -> None:
    page = new_context(java_script_enabled=javascript).new_page()
    helper = new_context().new_page()
    link = receive_link(live_server, helper)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lone Kjær")
    page.get_by_role("button", name="Begynd").click()
    for number in range(1, QUESTIONS + 1):
        expect(page.locator("progress")).to_have_attribute("value", str(number))
        page.locator(".choice input").nth(3).check()
        page.locator("main form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak for dine svar")
    page.get_by_label("Din besked").fill("Tak for i dag")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#skriv [role=status]")).to_contain_text("Din besked er sendt")
    page.get_by_role("link", name="Se, hvordan det går for dig").click()
    page.get_by_label("Din kode").fill(live_server.citizen().short_code)
    page.locator("#pin").fill(PIN)
    page.locator("main form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Før og nu")
    expect(page).to_have_url(re.compile("/hjem/udvikling$"))


def test_an_answer_is_saved_before_the_next_question_shows_and_the_page_is_not_loaded_again(
    live_server: LiveServer, page: Page
) -> None:
    begin(page, receive_link(live_server, page))
    page.evaluate("window.stayed = true")
    answer(page)
    assert count(live_server) == 1
    expect(page).to_have_url(re.compile("/2$"))
    expect(page).to_have_title(re.compile("^2/"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.evaluate("window.stayed") is True


def test_closed_and_opened_again_it_goes_on_at_the_same_place(
    live_server: LiveServer, page: Page, new_context: NewContext
) -> None:
    link = receive_link(live_server, page)
    begin(page, link)
    answer(page)
    answer(page)
    page.context.close()
    other = new_context().new_page()
    other.goto(link)
    other.get_by_role("button", name="Fortsæt").click()
    expect(other.locator("progress")).to_have_attribute("value", "3")


def test_two_devices_answer_one_form(live_server: LiveServer, page: Page, new_context: NewContext) -> None:
    link = receive_link(live_server, page)
    begin(page, link)
    answer(page)
    other = new_context().new_page()
    other.goto(link)
    other.get_by_role("button", name="Fortsæt").click()
    answer_the_rest(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("Tak for dine svar")
    page.locator(".choice input").nth(0).check()
    page.locator("main form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak for dine svar")
    with live_server.database.read(live_server.municipality_id) as session:
        assert session.scalar(select(func.count(Response.id))) == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_double_tap_is_one_answer_and_one_step(
    live_server: LiveServer, new_context: NewContext, javascript: bool
) -> None:
    link = receive_link(live_server, new_context().new_page())
    page = new_context(java_script_enabled=javascript).new_page()
    page.goto(link)
    page.get_by_role("button", name="Begynd").click()
    page.locator(".choice input").nth(3).check()
    page.locator("main form button").dblclick()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    assert count(live_server) == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_back_shows_what_was_answered_and_forward_keeps_what_is_changed(
    live_server: LiveServer, new_context: NewContext, javascript: bool
) -> None:
    link = receive_link(live_server, new_context().new_page())
    page = new_context(java_script_enabled=javascript).new_page()
    page.goto(link)
    page.get_by_role("button", name="Begynd").click()
    page.locator(".choice input").nth(3).check()
    page.locator("main form button").click()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    page.get_by_role("link", name="Tilbage").click()
    expect(page.locator("progress")).to_have_attribute("value", "1")
    expect(page.locator(".choice input").nth(3)).to_be_checked()
    page.locator(".choice input").nth(1).check()
    page.locator("main form button").click()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    page.go_back()
    expect(page.locator("progress")).to_have_attribute("value", "1")
    expect(page.locator(".choice input").nth(1)).to_be_checked()


def test_nothing_chosen_says_so_and_puts_the_reader_there(live_server: LiveServer, page: Page) -> None:
    begin(page, receive_link(live_server, page))
    page.locator("main form button").click()
    expect(page.locator(".error")).to_be_focused()
    check_accessibility(page)
    answer(page)
    expect(page.locator("progress")).to_have_attribute("value", "2")


def test_no_answer_is_left_on_the_phone(live_server: LiveServer, page: Page) -> None:
    begin(page, receive_link(live_server, page))
    answer(page)
    answer(page)
    kept = page.evaluate("Object.values({...localStorage, ...sessionStorage})")
    assert all(re.fullmatch(r"/svar/[\w-]{12}/\d+", value) for value in kept), "only the page's address"
