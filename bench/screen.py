"""From a citizen's SMS to her caseworker's screen: a real browser with the thread open, and a clock beside it."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from statistics import median

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import select

from bench import inbound
from bench.servers import Served
from bench.table import Line
from database.encryption import blind_index
from portal.services.sign_in import TOKEN_PURPOSE
from portal.store.people import Citizen, StaffSession
from portal.web.staff.sessions import COOKIE

ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MESSAGES = 9
PATIENCE_MS = 30_000


def measure(portal: Served, name: str) -> Line:
    """``portal``: served with ``inbound.KANNEL``, and prepared by ``inbound.measure``."""
    with portal.database.read(portal.municipality_id) as session:
        citizen = session.scalars(select(Citizen).order_by(Citizen.id).limit(1)).one()
        citizen_id, phone, caseworker = citizen.id, citizen.phone, citizen.caseworker_id
    provider, seconds = inbound.call_from(portal, phone), []
    with _screen(portal, _signed_in(portal, caseworker)) as page:
        page.goto(f"http://127.0.0.1:{portal.port}/borgere/{citizen_id}/samtale")
        for number in range(MESSAGES):
            began = time.perf_counter()
            inbound.hand_in(provider, f"screen-{number}")
            page.get_by_text(f"screen-{number}").wait_for(timeout=PATIENCE_MS)
            seconds.append(time.perf_counter() - began)
    provider.close()
    return Line(f"{name}: from the provider's call to the caseworker's screen", f"{median(seconds):.1f} s")


def _signed_in(portal: Served, staff_id: int) -> str:
    """The token of a session that is as good as signed in by hand."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    row = StaffSession(
        staff_id=staff_id,
        token_index=blind_index(TOKEN_PURPOSE, token),
        device="bench",
        created_at=now,
        last_seen_at=now,
    )
    with portal.database.write(portal.municipality_id) as session:
        session.add(row)
    return token


@contextmanager
def _screen(portal: Served, token: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        context = browser.new_context()
        context.add_cookies([{"name": COOKIE, "value": token, "url": f"http://127.0.0.1:{portal.port}"}])
        yield context.new_page()
        browser.close()
