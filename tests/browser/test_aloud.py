"""Read aloud with the phone's own voices, which a browser in a test does not have: the phone's part is played."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LiveServer, check_accessibility
from tests.browser.test_citizen_journey import NewContext, begin, receive_link, sign_in

PHONE = """(voices) => {
  const told = new EventTarget(), held = []
  window.spoken = []
  const speech = {
    getVoices: () => window.voices,
    speak: one => { held.push(one); window.spoken.push(one.text) },
    cancel: () => held.splice(0).forEach(one => setTimeout(() => one.onerror?.())),
    addEventListener: (...given) => told.addEventListener(...given),
  }
  window.voices = []
  window.sayOn = () => held.shift()?.onend()
  window.learn = () => { window.voices = voices; told.dispatchEvent(new Event("voiceschanged")) }
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  Object.defineProperty(window, "speechSynthesis", {value: speech})
}"""
DANISH = '[{"lang": "da-DK", "localService": true}]'
NOT_OURS = [
    '[{"lang": "pl_PL", "localService": true}]',
    # Would send what the page says to somebody else's machine.
    '[{"lang": "da-DK", "localService": false}]',
]


def phone(new_context: NewContext, voices: str = DANISH, display: str = "") -> Page:
    context = new_context()
    context.add_init_script(f"({PHONE})({voices})")
    page = context.new_page()
    if display:
        page.goto("/visning")
        page.get_by_label(display).check()
        page.get_by_role("button", name="Gem").click()
        expect(page.get_by_role("status")).to_be_visible()
    return page


def test_the_question_and_its_choices_are_read_in_order_and_marked(
    live_server: LiveServer, new_context: NewContext
) -> None:
    page = phone(new_context)
    begin(page, receive_link(live_server, page))
    button = page.get_by_role("button", name="Læs op")
    expect(page.locator("main form button")).to_have_count(1)
    expect(button).to_have_count(0)
    page.evaluate("learn()")
    button.click()
    expect(page.locator("h1.spoken")).to_have_count(1)
    page.evaluate("sayOn(); sayOn()")
    expect(page.locator(".choice.spoken")).to_have_text("slet ikke")
    for _ in range(8):
        page.evaluate("sayOn()")
    expect(page.locator(".spoken")).to_have_count(0)
    expect(button).to_be_visible()
    spoken = page.evaluate("spoken")
    assert spoken[0].startswith("Kan du få din hverdag") and spoken[1].startswith("Vi spørger")
    assert spoken[2:] == [
        "slet ikke",
        "lidt",
        "nogenlunde",
        "meget",
        "helt",
        "Ved ikke",
        "Vil ikke svare",
        "Næste",
    ]
    check_accessibility(page)


def test_it_stops_at_a_touch_and_begins_anew(live_server: LiveServer, new_context: NewContext) -> None:
    page = phone(new_context)
    begin(page, receive_link(live_server, page))
    page.evaluate("learn()")
    page.get_by_role("button", name="Læs op").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".spoken")).to_have_count(0)
    page.get_by_role("button", name="Læs op").click()
    expect(page.locator("h1.spoken")).to_have_count(1)


def test_the_next_question_has_a_button_too_and_silence_until_it_is_pressed(
    live_server: LiveServer, new_context: NewContext
) -> None:
    page = phone(new_context)
    begin(page, receive_link(live_server, page))
    page.evaluate("learn()")
    page.get_by_role("button", name="Læs op").click()
    page.locator(".choice").first.click()
    page.get_by_role("button", name="Næste").click()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    expect(page.get_by_role("button", name="Læs op")).to_have_count(1)
    assert page.evaluate("spoken.length") == 1


def test_who_has_asked_for_it_hears_each_question_as_it_comes(
    live_server: LiveServer, new_context: NewContext
) -> None:
    page = phone(new_context, display="Læs op for mig")
    begin(page, receive_link(live_server, page))
    page.evaluate("learn()")
    expect(page.get_by_role("button", name="Stop")).to_have_count(1)
    page.locator(".choice").first.click()
    page.get_by_role("button", name="Næste").click()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    expect(page.locator("h1.spoken")).to_have_count(1)
    assert page.evaluate("spoken[1]") == page.locator("h1").inner_text()


@pytest.mark.parametrize("voices", NOT_OURS)
def test_there_is_no_button_without_a_voice_of_the_phones_own(
    live_server: LiveServer, new_context: NewContext, voices: str
) -> None:
    page = phone(new_context, voices)
    begin(page, receive_link(live_server, page))
    page.evaluate("learn()")
    page.goto("/visning")
    page.evaluate("learn()")
    expect(page.get_by_text("Din telefon har ingen stemme")).to_be_visible()
    expect(page.get_by_role("button", name="Læs op")).to_have_count(0)


def test_with_one_hand_the_button_lies_where_the_thumb_is(
    live_server: LiveServer, new_context: NewContext
) -> None:
    page = phone(new_context, display="Med én hånd")
    sign_in(page, live_server)
    begin(page, receive_link(live_server, page))
    box = page.get_by_role("button", name="Næste").bounding_box()
    assert box is not None
    assert box["y"] > 740 * 0.6 and box["y"] + box["height"] <= 740


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("asked", ["page", "phone"])
def test_strong_colours_have_a_contrast_of_seven_to_one(
    live_server: LiveServer, new_context: NewContext, scheme: str, asked: str
) -> None:
    page = new_context(
        color_scheme=scheme, contrast="more" if asked == "phone" else "no-preference"
    ).new_page()
    page.goto("/visning")
    if asked == "page":
        page.get_by_label("Tydelige farver").check()
        page.get_by_role("button", name="Gem").click()
    begin(page, receive_link(live_server, page))
    page.locator(".choice").first.click()
    check_accessibility(page)
    rule = {"runOnly": ["color-contrast-enhanced"], "rules": {"color-contrast-enhanced": {"enabled": True}}}
    found = page.evaluate("options => axe.run(document, options)", rule)
    assert [node["html"] for each in found["violations"] for node in each["nodes"]] == []
    assert found["passes"]
