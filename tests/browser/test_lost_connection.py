"""On the bus: the network goes, the tab is closed, another phone answers meanwhile. Nothing is lost, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from portal.store.answering import Answer
from tests.browser.conftest import LiveServer, check_accessibility
from tests.browser.test_citizen_journey import answer, begin, count, receive_link

NewContext = Callable[..., BrowserContext]
NO_NET = "Det bliver sendt, når der er net igen."
FIRST = "health_coping"


def choose(page: Page, choice: int) -> None:
    page.locator(".choice input").nth(choice).check()
    page.locator("main form button").click()


def stands(live_server: LiveServer, question: str = FIRST) -> tuple[str | None, datetime]:
    with live_server.database.read(live_server.municipality_id) as session:
        row = session.scalars(select(Answer).where(Answer.question == question)).one()
    return row.value, row.answered_at


def on_the_phone(page: Page) -> list[str]:
    kept: list[str] = page.evaluate("Object.keys(localStorage)")
    return kept


def other_language(page: Page, name: str) -> None:
    page.locator(".languages summary").click()
    page.get_by_role("button", name=name).click()


def at(page: Page, place: int) -> None:
    expect(page.locator("progress")).to_have_attribute("value", str(place))


def test_an_answer_waits_on_the_phone_says_so_and_is_sent_when_the_net_is_back(
    live_server: LiveServer, page: Page
) -> None:
    begin(page, receive_link(live_server, page))
    page.context.set_offline(True)
    choose(page, 3)
    expect(page.get_by_role("status")).to_contain_text(NO_NET)
    check_accessibility(page)
    assert count(live_server) == 0
    choose(page, 2)  # she thinks again while she waits
    page.context.set_offline(False)
    at(page, 2)
    expect(page.get_by_role("status")).to_have_text("Nu er dit svar sendt.")
    assert stands(live_server)[0] == "3"
    answer(page)
    expect(page.get_by_role("status")).to_be_empty()
    assert on_the_phone(page) == []
    assert count(live_server) == 2


def test_a_tab_that_was_closed_while_it_waited_sends_when_the_form_is_opened_again(
    live_server: LiveServer, page: Page
) -> None:
    link = receive_link(live_server, page)
    begin(page, link)
    page.context.set_offline(True)
    choose(page, 3)
    expect(page.get_by_role("status")).to_contain_text(NO_NET)
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(link)
    again.get_by_role("button", name="Fortsæt").click()
    at(again, 2)
    assert stands(live_server)[0] == "4"


def test_an_answer_that_waited_never_takes_the_place_of_a_newer_one_whatever_the_phones_clock_says(
    live_server: LiveServer, page: Page, new_context: NewContext
) -> None:
    link = receive_link(live_server, page)
    page.clock.install(time=datetime(2039, 1, 1, tzinfo=UTC))
    begin(page, link)
    page.context.set_offline(True)
    choose(page, 0)
    expect(page.get_by_role("status")).to_contain_text(NO_NET)
    other = new_context().new_page()
    other.goto(link)
    other.get_by_role("button", name="Fortsæt").click()
    choose(other, 4)
    at(other, 2)
    newest = stands(live_server)
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("Du har svaret på det her et andet sted siden.")
    expect(page.get_by_role("alert")).to_contain_text("Det ventede på telefonen: slet ikke")
    expect(page.locator(".choice input").nth(4)).to_be_checked()
    check_accessibility(page)
    assert stands(live_server) == newest
    choose(page, 0)  # now she means it
    at(page, 2)
    assert stands(live_server)[0] == "1"


def test_a_reply_that_was_lost_on_its_way_makes_no_second_answer(live_server: LiveServer, page: Page) -> None:
    begin(page, receive_link(live_server, page))
    page.clock.install()
    lost: list[Route] = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route)
        route.fetch()
        return route.abort()

    page.route("**/svar/*/1?*", lose)
    choose(page, 3)
    expect(page.get_by_role("status")).to_contain_text(NO_NET)
    first = stands(live_server)
    page.clock.fast_forward(5_000)
    at(page, 2)
    assert stands(live_server) == first
    assert count(live_server) == 1


def test_a_server_that_is_down_costs_no_answer(live_server: LiveServer, page: Page) -> None:
    begin(page, receive_link(live_server, page))
    page.clock.install()
    page.route("**/svar/*/1?*", lambda route: route.fulfill(status=503, body="<h1>Nede</h1>"), times=1)
    choose(page, 3)
    expect(page.get_by_role("status")).to_contain_text(NO_NET)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Nede")
    page.clock.fast_forward(5_000)
    at(page, 2)


def test_an_answer_after_the_grant_has_ended_waits_until_the_link_is_opened_again(
    live_server: LiveServer, page: Page
) -> None:
    link = receive_link(live_server, page)
    begin(page, link)
    page.context.clear_cookies()
    choose(page, 3)
    expect(page).to_have_url(re.compile("/svar$"))
    expect(page.get_by_role("status")).to_contain_text("når du har åbnet linket igen")
    check_accessibility(page)
    page.goto(link)
    page.get_by_role("button", name="Fortsæt").click()
    at(page, 2)
    assert stands(live_server)[0] == "4"


def test_without_a_script_too_what_was_answered_waits_until_the_link_is_opened_again(
    live_server: LiveServer, new_context: NewContext
) -> None:
    link = receive_link(live_server, new_context().new_page())
    page = new_context(java_script_enabled=False).new_page()
    begin(page, link)
    page.context.clear_cookies()
    choose(page, 3)
    expect(page).to_have_url(re.compile("/svar$"))
    expect(page.get_by_role("status")).to_contain_text("når du har åbnet linket igen")
    page.goto(link)
    page.get_by_role("button", name="Fortsæt").click()
    at(page, 2)
    expect(page.get_by_role("status")).to_have_text("Nu er dit svar sendt.")
    assert stands(live_server)[0] == "4"
    page.get_by_role("link", name="Tilbage").click()
    at(page, 1)
    page.context.clear_cookies()
    choose(page, 0)
    other = new_context(java_script_enabled=False).new_page()
    other.goto(link)
    other.get_by_role("button", name="Fortsæt").click()
    other.get_by_role("link", name="Tilbage").click()
    choose(other, 4)
    at(other, 2)
    page.goto(link)
    page.get_by_role("button", name="Fortsæt").click()
    expect(page.get_by_role("alert")).to_contain_text("Det ventede på telefonen: slet ikke")
    expect(page.locator(".choice input").nth(4)).to_be_checked()
    assert stands(live_server)[0] == "5"
    other_language(page, "English")
    at(page, 1)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_way_back_without_a_net_is_said_too(live_server: LiveServer, page: Page) -> None:
    begin(page, receive_link(live_server, page))
    answer(page)
    page.context.set_offline(True)
    page.get_by_role("link", name="Tilbage").click()
    expect(page.get_by_role("status")).to_contain_text("Prøv igen om lidt")
    page.context.set_offline(False)
    page.get_by_role("link", name="Tilbage").click()
    at(page, 1)
    expect(page.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_each_of_two_tabs_keeps_its_answer_in_the_language_it_was_read_in(
    live_server: LiveServer, new_context: NewContext, script: bool
) -> None:
    link = receive_link(live_server, new_context().new_page())
    context = new_context(java_script_enabled=script)
    danish, english = context.new_page(), context.new_page()
    begin(danish, link)
    english.goto(danish.url)
    other_language(english, "English")
    expect(english.locator("html")).to_have_attribute("lang", "en")
    choose(danish, 3)
    at(danish, 2)
    with live_server.database.read(live_server.municipality_id) as session:
        assert session.scalars(select(Answer.language)).one() == "da"
    choose(english, 3)
    at(english, 2)
    with live_server.database.read(live_server.municipality_id) as session:
        assert session.scalars(select(Answer.language)).one() == "en"
