"""Every page of a citizen, in three scripts: with a reader of screens, a keyboard, an old narrow phone, large letters,
forced colours and no motion. A new page is walked when a link leads to it; where none does, the walk says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from i18n.locales import EVERY_LOCALE
from portal.domain.meetings import Way
from portal.services import links, pins, publishing, question_texts, recordings
from portal.services.invitations import Invited, send_questionnaire
from portal.services.recordings import Reading
from portal.services.texts.history import Author
from portal.store import questionnaires
from portal.store.meetings import Meeting
from portal.store.people import Citizen
from tests.browser import mitid_walk
from tests.browser.looks import NARROW, Looks, check_frame, check_languages
from tests.browser.town import Town
from tests.sounds import silence

HER = "Mette"
WALKED = ("da", "ar", "ti")
ELSEWHERE = [*(code for code in EVERY_LOCALE if code not in WALKED), "da"]
"""The other languages, with those that nobody speaks; Danish last, so that it stays the phone's."""
FORM = "progression_citizen"
WORDS = "Kan du ringe til mig i morgen?"
TOO_LONG_FOR_A_COOKIE = " ".join(map(str, range(900, 3000)))
"""Packed it has more than the three kilobytes of `belated`."""
BESIDE = {
    "citizen.open_file": "a file",
    "citizen.show_logo": "a picture",
    "citizen.play_recording": "a sound",
    "citizen.listen": "a stream that the thread's script listens to",
    "citizen.resume_form": "leads on to a question",
    "citizen.save_to_calendar": "a file",
    "citizen.show_choose_pin": "looked at where the letter's code has been typed",
    "citizen.show_way_back": "looked at without a grant",
    "citizen.show_front": "the page of the PIN",
    "citizen.show_statement": "leads on to the accessibility statement",
}
"""Routes that are no page of their own, and why."""


def pages_of_citizens(town: Town) -> set[str]:
    return {
        rule.endpoint
        for rule in town.app.url_map.iter_rules()
        if rule.endpoint.startswith("citizen.") and "GET" in (rule.methods or ())
    }


def look_everywhere(page: Page) -> None:
    """What is wide is not the same in every language."""
    check_frame(page)
    if page.locator("html").get_attribute("lang") == "da":
        check_languages(page, tab_beside(page), ELSEWHERE)


def tab_beside(page: Page) -> Page:
    """A narrow tab of the same phone, on a page that nothing happens on."""
    others = [each for each in page.context.pages if each is not page]
    if others:
        return others[0]
    tab = page.context.new_page()
    tab.set_viewport_size(NARROW)  # type: ignore[arg-type]
    tab.goto("/stilguide")
    return tab


def prepare(town: Town, language: str) -> None:
    """She reads that language, and is expected in a week."""
    now, her = datetime.now(UTC), town.citizen(HER)
    with town.portal.database.write(her.municipality_id) as session:
        session.get_one(Citizen, her.id).language = language
        meeting = Meeting(
            citizen_id=her.id,
            starts_at=now + timedelta(days=7),
            way=Way.PLACE,
            made_by=her.caseworker_id,
            made_at=now,
        )
        session.add(meeting)


def read_aloud(town: Town, language: str) -> None:
    """A translator has handed in a reading of the first question."""
    now, her = datetime.now(UTC), town.citizen(HER)
    with town.portal.database.read(her.municipality_id) as session:
        form = publishing.newest_form(session, FORM)
        assert form is not None
        text = question_texts.find(session, FORM, form.pages[0].questions[0].name, language)
    assert text is not None
    author = Author(her.municipality_id, her.caseworker_id)
    reading = Reading(silence(), recordings.wording_of(text))
    assert recordings.keep(town.portal, author, text, reading, now) is None


def new_link(town: Town) -> str:
    """In an SMS that has just come."""
    now, her = datetime.now(UTC), town.citizen(HER)
    with town.portal.database.write(her.municipality_id) as session:
        form = questionnaires.by_key(session, FORM)
        assert form is not None
        sent = send_questionnaire(session, her.id, form.id, her.caseworker_id, now)
        assert isinstance(sent, Invited)
        return f"/{links.make_link(session, sent.invitation_id, now)}"


def walk_without_signing_in(town: Town, page: Page, language: str, looks: Looks) -> set[str]:
    seen = town.walk(
        page, [f"/kode?sprog={language}", new_link(town), "/visning", "/stilguide"], looks.at, BESIDE
    )
    for address in ("/svar", "/" + "A" * 22, "/findes-ikke"):
        page.goto(address)
        looks.at(page, address)
    return seen


def walk_through_a_form(town: Town, page: Page, looks: Looks) -> None:
    """A question, one that was left blank, and the receipt."""
    page.goto(new_link(town))
    page.locator("form.start button").click()
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator("main audio")).to_be_visible()
    looks.at(page, "a question with a reading of it")
    page.locator("main form[hx-post] button").click()
    expect(page.locator(".error")).to_be_focused()
    looks.at(page, "a question left blank")
    while page.locator("progress").count():
        before = page.locator("progress").get_attribute("value")
        page.locator(".choice input").nth(3).check()
        page.locator("main form[hx-post] button").click()
        page.wait_for_function("before => document.querySelector('progress')?.value != before", arg=before)
        page.wait_for_load_state()
    looks.at(page, "the receipt")


def write_after_the_end(page: Page, form: str, cookie: str) -> None:
    """While she wrote, what let her in has gone."""
    write = page.locator(form)
    write.locator("textarea").fill(WORDS)
    page.context.clear_cookies(name=cookie)
    with page.expect_navigation():
        write.locator("button").click()


def post_without_a_script(page: Page, address: str, fields: dict[str, str]) -> None:
    """As a browser does that sends the form itself."""
    with page.expect_navigation():
        page.evaluate(
            """([address, fields]) => {
                const form = Object.assign(document.createElement("form"), {method: "post", action: address})
                for (const [name, value] of Object.entries(fields))
                    form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}))
                document.body.append(form)
                form.submit()
            }""",
            [address, fields],
        )


def walk_where_words_come_back(town: Town, page: Page, looks: Looks) -> None:
    """When the link's grant has ended, what the receipt sends is taken, and an answer that no cookie has room for is
    there to be copied; from a page of hers it is to be sent after the PIN."""
    answer = page.url.replace("/tak", "/1")
    write_after_the_end(page, "form[action*='/skriv']", "svar")
    expect(page.locator(".good")).to_contain_text("Lone")
    looks.at(page, "the way back, a message sent")
    post_without_a_script(page, answer, {"text": TOO_LONG_FOR_A_COOKIE})
    expect(page.locator("textarea[readonly]")).to_have_value(TOO_LONG_FOR_A_COOKIE)
    looks.at(page, "the way back with her words")
    town.citizen_page(page, HER)
    page.goto("/hjem/dagbog")
    write_after_the_end(page, "form[action='/hjem/dagbog']", "taletid")
    expect(page.locator("[name=body]")).to_have_value(WORDS)
    looks.at(page, "the way in with her words")


def walk_with_a_letter(town: Town, page: Page, looks: Looks) -> None:
    her = town.citizen(HER)
    with town.portal.database.write(her.municipality_id) as session:
        code = pins.new_letter_code(session, her.id, datetime.now(UTC))
    page.goto("/kode/brev")
    page.locator("[name=code]").fill(her.short_code)
    page.locator("[name=letter]").fill(code)
    page.locator("main form button").click()
    page.wait_for_url("**/kode/ny")
    looks.at(page, "a PIN to choose")


@pytest.mark.parametrize(("language", "direction"), [("da", "ltr"), ("ar", "rtl"), ("ti", "ltr")])
def test_every_page_of_a_citizen_can_be_used_by_everybody(
    town: Town, small_phone: Page, language: str, direction: str
) -> None:
    prepare(town, language)
    read_aloud(town, language)
    looks, posted = Looks(new=look_everywhere), Looks()
    seen = walk_without_signing_in(town, small_phone, language, looks)
    expect(small_phone.locator("html")).to_have_attribute("dir", direction)
    expect(small_phone.locator("html")).to_have_attribute("lang", language)
    walk_through_a_form(town, small_phone, looks)
    walk_where_words_come_back(town, small_phone, posted)
    walk_with_a_letter(town, small_phone, looks)
    town.citizen_page(small_phone, HER)
    seen |= town.walk(small_phone, ["/hjem"], looks.at, BESIDE)
    seen |= {"citizen.show_page", "citizen.show_receipt"}
    faults = looks.faults + posted.faults
    assert not faults, "\n".join(faults)
    assert pages_of_citizens(town) - seen - mitid_walk.ENDPOINTS == set(), (
        "pages that no link leads to: name them, or say why not"
    )
