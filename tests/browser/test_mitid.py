"""In with MitID in a real browser, which holds our pages to their policy on the way out and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from database.tenancy import EVERYONE
from messaging import simulator
from portal.app import create_app
from portal.services import credentials
from portal.store import tables
from tests import factories
from tests.browser import mitid_walk
from tests.browser.conftest import PHONE, PIN, LiveServer, free_port, furnish, working
from tests.browser.looks import Looks
from tests.browser.mitid_walk import newcomer
from tests.browser.town import Town
from tests.conftest import add_municipality
from tests.doubles.mitid_broker import config_for, mitid_broker
from tests.doubles.serving import served
from tests.web.conftest import settings_for

NEW = "+4510777777"
OURS = 1
"""The municipality of the town."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """With a broker beside it, and one municipality in which nobody lives yet."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    database_url = f"sqlite:///{tmp_path_factory.mktemp('mitid')}/town.db"
    with mitid_broker(url) as issuer, pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "HASHER", factories.HASHER)
        app = create_app(settings_for(database_url, public_url=url, link_url=url, mitid=config_for(issuer)))
        portal = app.extensions["taletid"]
        tables.METADATA.create_all(portal.database.engine)
        add_municipality(portal.database)
        with served(app, port):
            yield Town(app, portal, url)
        portal.database.dispose()


@pytest.fixture
def live_server(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveServer]:
    """With a broker beside it."""
    monkeypatch.setattr(credentials, "HASHER", factories.HASHER)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with mitid_broker(url) as issuer:
        app = create_app(settings_for(sqlite_url, public_url=url, link_url=url, mitid=config_for(issuer)))
        portal = app.extensions["taletid"]
        with served(app, port), working(portal):
            yield furnish(app, portal, url)
        portal.database.dispose()


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="da-DK")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def look(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_in_with_mitid_bound_and_her_number_changed(live_server: LiveServer, page: Page) -> None:
    page.goto("/kode")
    page.get_by_role("link", name="Gå ind med MitID").click()
    look(page, "Gå ind med MitID")
    page.get_by_role("link", name="Gå til MitID").click()
    page.get_by_label("Who").fill("mette")
    page.get_by_role("button", name="Sign in").click()
    look(page, "Vis, at siden er din")
    page.get_by_label("Din kode", exact=True).fill(live_server.citizen().short_code)
    page.get_by_label("Din pinkode, eller koden fra et brev").fill(PIN)
    page.get_by_role("button", name="Kobl mit MitID til siden").click()
    look(page, "Mit MitID")
    page.goto("/hjem/nummer")
    look(page, "Skift nummer")
    page.get_by_label("Dit nye nummer").fill("10 77 77 77")
    page.get_by_role("button", name="Send mig en kode").click()
    page.get_by_label("Koden fra SMS’en").fill(code_on_new_phone(live_server, page))
    page.get_by_role("button", name="Skift til det nye nummer").click()
    expect(page.get_by_role("status")).to_have_text(
        "Dit nummer er skiftet. Vi skriver til det nye fra nu af."
    )
    page.goto("/hjem")
    page.get_by_role("button", name="Luk min side").click()
    look(page, "Du er logget ud")
    page.get_by_role("link", name="Log ud hos MitID").click()
    page.get_by_role("button", name=re.compile("Yes")).click()
    expect(page.get_by_text("Du er også logget ud hos MitID.")).to_be_visible()


@pytest.mark.parametrize("language", ["da", "ar", "ti"])
def test_every_page_that_mitid_brings_can_be_used_by_everybody(
    town: Town, small_phone: Page, language: str
) -> None:
    small_phone.goto(f"/kode?sprog={language}")
    her = newcomer(town, small_phone, OURS, language)
    seen, looks = set(), Looks()
    for state in mitid_walk.states(her):
        seen.add(town.endpoint(small_phone.url))
        looks.at(small_phone, state)
    assert looks.faults == []
    assert seen >= mitid_walk.ENDPOINTS - {"citizen.show_pages"}


def test_who_has_a_page_in_two_municipalities_can_choose_in_every_language(
    town: Town, small_phone: Page
) -> None:
    elsewhere = add_municipality(town.portal.database, "bakkeby", "+4510900001")
    looks = Looks()
    mitid_walk.come_to_two_pages(newcomer(town, small_phone, OURS, "da"), elsewhere)
    assert town.endpoint(small_phone.url) == "citizen.show_pages"
    for language in ("da", "ar", "ti"):
        small_phone.goto(f"/mitid/vaelg?sprog={language}")
        looks.at(small_phone, language)
    assert looks.faults == []


def code_on_new_phone(live_server: LiveServer, page: Page) -> str:
    """The worker sends it: until it has, there is none."""
    for _ in range(200):
        with live_server.database.read(EVERYONE) as session:
            texts = [each.text for each in simulator.messages_of(session, NEW)]
        if texts:
            found = re.search(r"\b\d{6}\b", texts[-1])
            assert found
            return found[0]
        page.wait_for_timeout(100)
    raise AssertionError("no SMS came to the new phone")
