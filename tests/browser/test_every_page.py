"""axe walks the demo: every page that the menu, and the links on its pages, lead to, on a phone."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from database.encryption import blind_index
from database.tenancy import EVERYONE
from portal.app import create_app
from portal.content.demo_people import PIN
from portal.runtime import Portal
from portal.services.sign_in import TOKEN_PURPOSE
from portal.store.people import Citizen, Staff, StaffSession
from portal.web.staff.sessions import COOKIE
from tests.browser.conftest import check_accessibility
from tests.demo import build_demo
from tests.doubles.serving import served
from tests.web.conftest import settings_for

NO_PAGES = ("citizen.open_file", "staff.open_file", "staff.download_po", "staff.save_journal_text",
            "staff.save_journal_pdf", "simulator.")  # fmt: skip


@dataclass(frozen=True)
class Town:
    app: Flask
    portal: Portal
    url: str

    def endpoint(self, address: str) -> str | None:
        """The view behind a link of ours; None for what leads away or is no page."""
        parts = urlsplit(address)
        if parts.scheme or not parts.path:
            return None
        try:
            name = str(self.app.url_map.bind("").match(parts.path)[0])
        except HTTPException:
            return None
        return None if name.startswith(NO_PAGES) else name

    def walk(self, page: Page, start: str) -> set[str]:
        """One page of each view that can be reached by links from ``start``; axe looks at every one."""
        seen: set[str] = set()
        waiting = deque([start])
        while waiting:
            address = waiting.popleft()
            name = self.endpoint(address)
            if name is None or name in seen:
                continue
            seen.add(name)
            answer = page.goto(address)
            assert answer is not None and answer.ok, (address, answer)
            self.look_at(page, address)
            links = page.locator("a[href]")
            waiting += links.evaluate_all("found => found.map(link => link.getAttribute('href'))")
        return seen

    def look_at(self, page: Page, address: str) -> None:
        root = page.locator("html")
        assert root.evaluate("it => it.scrollWidth <= it.clientWidth"), f"{address} is wider than the phone"
        check_accessibility(page)

    def staff_page(self, page: Page, email: str) -> None:
        """Signs ``email`` in on this page, past the sign-in."""
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        database = self.portal.database
        with database.read(EVERYONE) as session:
            person = next(each for each in session.scalars(select(Staff)) if each.email == email)
        row = StaffSession(
            staff_id=person.id,
            token_index=blind_index(TOKEN_PURPOSE, token),
            device="Chromium",
            created_at=now,
            last_seen_at=now,
        )
        with database.write(person.municipality_id) as session:
            session.add(row)
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": self.url}])

    def citizen_page(self, page: Page, first_name: str) -> None:
        with self.portal.database.read(EVERYONE) as session:
            people = session.scalars(select(Citizen).where(Citizen.pin_hash.is_not(None)))
            code = next(each.short_code for each in people if each.first_name == first_name)
        page.goto("/kode")
        page.locator("[name=code]").fill(code)
        page.locator("[name=pin]").fill(PIN)
        page.locator("main form button").click()
        page.wait_for_url("**/hjem")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    url = f"sqlite:///{tmp_path_factory.mktemp('walk')}/demo.db"
    build_demo(url, datetime.now(UTC)).database.dispose()
    app = create_app(settings_for(url))
    portal: Portal = app.extensions["taletid"]
    with served(app) as address:
        yield Town(app, portal, address)
    portal.database.dispose()


@pytest.fixture
def phone(chromium: Browser, town: Town) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, base_url=town.url, locale="da-DK")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("who", "start", "reached"),
    [
        ("lone", "/borgere", {"staff.show_thread", "staff.show_check_in", "staff.show_journal", "staff.show_unsent"}),
        ("soeren", "/administration", {"staff.show_team_hours", "staff.show_sms_settings", "staff.show_audit_log"}),
        ("nadia", "/tekster", {"staff.edit_crisis_list", "staff.edit_text"}),
        ("karen", "/ledelse", {"staff.show_citizens_behind"}),
    ],
)  # fmt: skip
def test_axe_finds_nothing_on_any_page_of_staff(
    town: Town, phone: Page, who: str, start: str, reached: set[str]
) -> None:
    town.staff_page(phone, f"{who}@aakoebing.example")
    assert town.walk(phone, start) >= reached


@pytest.mark.parametrize(("first_name", "direction"), [("Mette", "ltr"), ("Ahmad", "rtl")])
def test_axe_finds_nothing_on_any_page_of_a_citizen(
    town: Town, phone: Page, first_name: str, direction: str
) -> None:
    town.citizen_page(phone, first_name)
    assert phone.locator("html").get_attribute("dir") == direction
    assert town.walk(phone, "/hjem") >= {
        "citizen.show_thread",
        "citizen.show_progression",
        *("citizen.show_diary", "citizen.show_note", "citizen.ask_to_share"),
        *("citizen.show_goals", "citizen.show_goal"),
        "citizen.show_sms_wish",
        "citizen.show_wishes",
        "citizen.show_is_it_real",
    }
