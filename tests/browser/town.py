"""The demo municipality, served: a walk through it from page to page."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from database.encryption import blind_index
from database.tenancy import EVERYONE
from portal.content.demo_people import PIN
from portal.runtime import Portal
from portal.services.sign_in import TOKEN_PURPOSE
from portal.store.people import Citizen, Staff, StaffSession
from portal.web.staff.sessions import COOKIE

NO_PAGES = ("citizen.open_file", "staff.open_file", "staff.download_texts", "staff.save_journal_text",
            "staff.save_journal_pdf", "staff.download_text_coverage", "simulator.")  # fmt: skip


@dataclass(frozen=True)
class Town:
    app: Flask
    portal: Portal
    url: str

    def endpoint(self, address: str) -> str | None:
        """The view behind a link of ours; None for what leads away or is no page."""
        parts = urlsplit(address)
        if (parts.scheme and not address.startswith(self.url)) or not parts.path:
            return None
        try:
            name = str(self.app.url_map.bind("").match(parts.path)[0])
        except HTTPException:
            return None
        return None if name.startswith(NO_PAGES) else name

    def walk(
        self, page: Page, starts: Iterable[str], look: Callable[[Page, str], None], beside: Iterable[str] = ()
    ) -> set[str]:
        """One page of each view that can be reached by links from ``starts``, given to ``look`` with its address.
        ``beside``: what is not entered."""
        seen = set(beside)
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            name = self.endpoint(address)
            if name is None or name in seen:
                continue
            answer = page.goto(address)
            assert answer is not None and answer.ok, (address, answer)
            seen |= {name, self.endpoint(page.url) or name}
            look(page, address)
            links = page.locator("a[href]")
            waiting += links.evaluate_all("found => found.map(link => link.getAttribute('href'))")
        return seen

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

    def citizen(self, first_name: str) -> Citizen:
        """One who has a PIN."""
        with self.portal.database.read(EVERYONE) as session:
            people = session.scalars(select(Citizen).where(Citizen.pin_hash.is_not(None)))
            return next(each for each in people if each.first_name == first_name)

    def citizen_page(self, page: Page, first_name: str) -> None:
        page.goto("/kode")
        page.locator("[name=code]").fill(self.citizen(first_name).short_code)
        page.locator("[name=pin]").fill(PIN)
        page.locator("main form button").click()
        page.wait_for_url("**/hjem")
