"""What there is of a citizen's pages: those that links lead to, and the states that something she did leads to."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from database.tenancy import EVERYONE, TenantSession
from portal.content import demo_people
from portal.content.demo_meetings import NOTE, OFFICE
from portal.domain.links import LIFETIME
from portal.domain.meetings import Way
from portal.services import links, pins, publishing, question_texts, recordings
from portal.services.invitations import Invited, send_questionnaire
from portal.services.recordings import Reading
from portal.services.texts.history import Author
from portal.store import questionnaires, rate_limits
from portal.store.answering import Response
from portal.store.meetings import Meeting
from portal.store.people import Citizen
from scripts.pictures import Product
from tests.browser import mitid_walk
from tests.browser.mitid_walk import Walker
from tests.browser.town import Town
from tests.sounds import silence

ELSEWHERE = re.compile(r"\.(open_file|save_to_calendar|show_logo)$|^simulator\.|^staff\.|^static$")
PUBLIC = ("/kode", "/kode/brev", "/svar", "/aegte", "/stilguide", "/ikke-en-side")
LONG, SHORT = "screening_under_30", "progression_citizen"
READ_ALOUD = "page-read-aloud"
WORDS = {
    "da": "Kan du ringe til mig i morgen?",
    "ar": "هل يمكنك الاتصال بي غدًا؟",
    "ti": "ጽባሕ ክትድውልለይ ትኽእል ዶ?",
}


def addresses(page: Page, product: Product, citizen: Citizen) -> dict[str, str]:
    """The name of each page, and an address of it: by the links from her home, from the public pages, and from the
    SMS that she has just got."""
    found: dict[str, str] = {}
    waiting = deque(["/hjem", *PUBLIC, *_forms_of(product, citizen)])
    while waiting:
        address = waiting.popleft()
        name = _page_name(product, address)
        if name is None or name in found:
            continue
        found[name] = address
        page.goto(address)
        waiting += page.locator("a[href]").evaluate_all("found => found.map(it => it.getAttribute('href'))")
    return found | {READ_ALOUD: _question_read_aloud(product, citizen)}


def _page_name(product: Product, address: str) -> str | None:
    parts = urlsplit(address)
    if parts.scheme or not parts.path:
        return None
    try:
        endpoint = str(product.app.url_map.bind("").match(parts.path)[0])
    except HTTPException:
        return "not-found" if parts.path == PUBLIC[-1] else None
    if ELSEWHERE.search(endpoint) or endpoint in mitid_walk.ENDPOINTS:
        return None
    return endpoint.rpartition(".")[2].removeprefix("show_")


def _forms_of(product: Product, citizen: Citizen) -> Iterator[str]:
    """Her link, a question, and the receipt of a form that she has sent in; a meeting is set, for its pages."""
    now = product.clock()
    with product.portal.database.write(citizen.municipality_id) as session:
        session.add(
            Meeting(
                citizen_id=citizen.id,
                starts_at=now + timedelta(days=6, minutes=20),
                way=Way.PLACE,
                place=OFFICE,
                note=NOTE,
                made_by=citizen.caseworker_id,
                made_at=now,
            )
        )
        invited = _invite(session, citizen, LONG, now)
        yield f"/{links.make_link(session, invited, now)}"
        yield f"/svar/{links.start_invited(session, invited, 'da', now).ref}/1"
        yield f"{_receipt_of(session, citizen)}/tak"


def _question_read_aloud(product: Product, citizen: Citizen) -> str:
    """A translator has handed in a reading of it in each language."""
    now = product.clock()
    with product.portal.database.write(citizen.municipality_id) as session:
        begun = links.start_invited(session, _invite(session, citizen, SHORT, now), "da", now)
        form = publishing.newest_form(session, SHORT)
        assert form is not None
        name = form.pages[0].questions[0].name
        texts = [question_texts.find(session, SHORT, name, language) for language in WORDS]
    author = Author(citizen.municipality_id, citizen.caseworker_id)
    for text in filter(None, texts):
        recordings.keep(product.portal, author, text, Reading(silence(), recordings.wording_of(text)), now)
    return f"/svar/{begun.ref}/1"


def _invite(session: TenantSession, citizen: Citizen, key: str, now: datetime) -> int:
    form = questionnaires.by_key(session, key)
    assert form is not None
    sent = send_questionnaire(session, citizen.id, form.id, citizen.caseworker_id, now)
    assert isinstance(sent, Invited)
    return sent.invitation_id


def _receipt_of(session: TenantSession, citizen: Citizen) -> str:
    finished = select(Response.ref).where(
        Response.citizen_id == citizen.id,
        Response.respondent == "citizen",
        Response.finished_at.is_not(None),
    )
    return f"/svar/{session.scalars(finished.limit(1)).one()}"


def states(product: Product, page: Page, citizen: Citizen, language: str, question: str) -> Iterator[str]:
    """The name of each, while the page is in it. ``question``: the address of one that she has not answered."""
    town = Town(product.app, product.portal, product.address)
    with product.portal.database.write(EVERYONE) as session:
        rate_limits.forget_all(session)
    yield from _closed_links(product, mitid_walk.newcomer(town, page, citizen.municipality_id, language))
    yield from _refused(product, page, citizen)
    sign_in(page, citizen)
    page.goto(question)
    page.locator("main form button").first.click()
    expect(page.locator(".error")).to_be_visible()
    yield "page-left-blank"
    yield from _words_that_come_back(product, page, citizen, language)


def states_with_mitid(product: Product, page: Page, citizen: Citizen, language: str) -> Iterator[str]:
    """To be looked at last: a broker keeps no other time than its own, and once it is today the demo grows old."""
    product.portal.clock = lambda: datetime.now(UTC)
    town = Town(product.app, product.portal, product.address)
    yield from mitid_walk.states(mitid_walk.newcomer(town, page, citizen.municipality_id, language))


def _closed_links(product: Product, other: Walker) -> Iterator[str]:
    page, now = other.page, product.clock()
    with product.portal.database.write(other.municipality_id) as session:
        invited = _invite(session, session.get_one(Citizen, other.citizen_id), SHORT, now)
        old = links.make_link(session, invited, now - LIFETIME - timedelta(days=1))
    page.goto(f"/{old}")
    yield "link-expired"
    _follow(page, page.locator("main form button").first)
    yield "link-sent"
    page.goto(f"/{old}")
    page.locator("details", has=page.locator("form[action$='ikke-mig']")).locator("summary").click()
    _follow(page, page.locator("form[action$='ikke-mig'] button"))
    yield "not-me"


def _refused(product: Product, page: Page, her: Citizen) -> Iterator[str]:
    """At each way in."""
    with product.portal.database.write(her.municipality_id) as session:
        code = pins.new_letter_code(session, her.id, product.clock())
    page.goto("/kode/brev")
    page.locator("[name=code]").fill(her.short_code)
    page.locator("[name=letter]").fill(code)
    _follow(page, page.locator("main form button"))
    yield "choose-pin"
    page.locator("[name=pin]").fill("1234")
    _follow(page, page.locator("main form button"))
    yield "choose-pin-refused"
    page.goto("/kode")
    page.locator("[name=code]").fill(her.short_code)
    page.locator("[name=pin]").fill("9182")
    _follow(page, page.locator("main form button"))
    yield "pin-wrong"


def _words_that_come_back(product: Product, page: Page, her: Citizen, language: str) -> Iterator[str]:
    """What let her in was gone when she sent them: from the receipt to be copied, from a page of hers to be sent on."""
    with product.portal.database.read(her.municipality_id) as session:
        receipt = _receipt_of(session, her)
    ways = {
        "way_back-with-her-words": (f"{receipt}/tak", "skriv"),
        "pin-with-her-words": ("/hjem/dagbog", "dagbog"),
    }
    for name, (address, posted_to) in ways.items():
        sign_in(page, her)
        page.goto(address)
        form = page.locator(f"form[action*='{posted_to}']").first
        form.locator("textarea").fill(WORDS[language])
        page.context.clear_cookies(name="taletid")
        _follow(page, form.locator("button"))
        yield name


def _follow(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()


def sign_in(page: Page, citizen: Citizen) -> None:
    page.context.clear_cookies(name="taletid")
    page.goto("/kode")
    page.fill("[name=code]", citizen.short_code)
    page.fill("[name=pin]", demo_people.PIN)
    page.locator("main form button").first.click()
    page.wait_for_url("**/hjem")
