"""The translator at her desk."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Page

from database.encryption import blind_index
from portal.services.sign_in import TOKEN_PURPOSE
from portal.store.people import StaffSession
from portal.web.staff.sessions import COOKIE
from tests import factories
from tests.browser.conftest import LiveServer

NewContext = Callable[..., BrowserContext]
DESK = {"width": 1280, "height": 800}


def translators_page(new_context: NewContext, live_server: LiveServer, **options: object) -> Page:
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    with live_server.database.write(live_server.municipality_id) as session:
        person = factories.add_staff(session, now, role="translator", name="Sofie Holm")
        row = StaffSession(
            staff_id=person.id,
            token_index=blind_index(TOKEN_PURPOSE, token),
            device="Firefox, Linux",
            created_at=now,
            last_seen_at=now,
        )
        session.add(row)
    context = new_context(**{"viewport": DESK, **options})
    context.add_cookies([{"name": COOKIE, "value": token, "url": live_server.url}])
    return context.new_page()
