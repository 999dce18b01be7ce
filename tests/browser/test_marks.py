"""A writer sees what makes her Danish text hard, while she writes, and puts the plain word in with one click."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.bench import NewContext, translators_page
from tests.browser.conftest import LiveServer, check_accessibility

STIFF = (
    "Hej Mette. Såfremt skemaet, som du har fået af os, ikke fremsendes inden ultimo maj, kan vi ikke hjælpe dig, "
    "samt at du bliver kontaktet af LAB."
)


def test_marks_follow_the_typing_and_a_plain_word_goes_in_where_it_belongs(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = translators_page(new_context, live_server)
    page.goto("/tekster/da/tekst/citizen.welcome.why")
    page.locator("#form0").fill(STIFF)
    marked = page.locator("#form0-marks .marks-text")
    expect(marked.locator(".mark-officialese")).to_have_text(["Såfremt", "fremsendes", "ultimo", "samt"])
    expect(page.locator("#form0-marks-said")).to_contain_text("mærker i teksten")
    page.locator("#form0").press("Control+Home")
    page.keyboard.type("💛 ")
    page.get_by_role("button", name="Skriv »Hvis«").click()
    expect(page.locator("#form0")).to_have_value("💛 " + STIFF.replace("Såfremt", "Hvis"))
    expect(marked.locator(".mark-officialese")).to_have_text(["fremsendes", "ultimo", "samt"])
    check_accessibility(page)


def test_a_mark_says_why_with_the_keyboard_alone_and_escape_takes_it_away(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = translators_page(new_context, live_server, viewport={"width": 360, "height": 740})
    page.goto("/tekster/maerk")
    page.get_by_label("Din tekst").fill(STIFF)
    mark = page.locator(".mark-passive").first
    mark.focus()
    why = page.get_by_text("Hvem gør det? Skriv for eksempel »vi kontakter«")
    expect(why).to_be_visible()
    expect(mark).to_have_accessible_description(
        "Hvem gør det? Skriv for eksempel »vi kontakter« eller »du kontakter«."
    )
    box = why.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    check_accessibility(page)
    page.keyboard.press("Escape")
    expect(why).to_be_hidden()


def test_without_a_script_a_button_shows_the_marks_and_loses_nothing(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = translators_page(new_context, live_server, java_script_enabled=False)
    page.goto("/tekster/maerk")
    page.get_by_label("Din tekst").fill(STIFF)
    page.get_by_role("button", name="Vis mærker").click()
    expect(page.get_by_label("Din tekst")).to_have_value(STIFF)
    expect(page.locator(".marks-text .mark-officialese").first).to_have_text("Såfremt")
    expect(page.get_by_role("button", name="Skriv »Hvis«")).to_have_count(0)
