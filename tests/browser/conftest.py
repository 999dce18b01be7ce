"""The real application on a port of its own, with its workers, and Chromium to look at it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from messaging import simulator
from portal import worker
from portal.app import create_app
from portal.runtime import Portal
from portal.services import answering, credentials, links, publishing
from portal.services.answering import NextPage
from portal.services.forms import OpenForm
from portal.services.invitations import Invited, send_questionnaire
from portal.store import questionnaires
from portal.store.people import Citizen
from tests import factories
from tests.browser.looks import bring_axe, check_accessibility
from tests.browser.town import Town
from tests.conftest import add_municipality
from tests.demo import build_demo
from tests.doubles.serving import served
from tests.web.conftest import settings_for

CHROMIUM = "/usr/bin/chromium"
WITHOUT = ["AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
           "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay",
           "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
           "ThirdPartyStoragePartitioning",
           "WebUIOmniboxAimPopup", "WebUIOmniboxPopup"]  # fmt: skip
"""What Playwright leaves out, whose list this one replaces; and the two pages that wait in each window to suggest
addresses: nobody types one, and they cost as much as all else of a new window."""
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", f"--disable-features={','.join(WITHOUT)}",
             "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]  # fmt: skip
expect.set_options(timeout=20_000)  # milliseconds: a build server does other things too
PHONE = {"width": 360, "height": 740}
PIN = "4711"
__all__ = ["check_accessibility"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker("browser")
            # A busy machine is late, and the summary tells of each rerun.
            item.add_marker(pytest.mark.flaky(reruns=2))


@dataclass(frozen=True)
class LiveServer:
    """``citizen_id`` is Mette, whom ``staff_id``, Lone, may ask; her PIN is 4711."""

    url: str
    app: Flask
    portal: Portal
    municipality_id: int
    citizen_id: int
    staff_id: int

    @property
    def database(self) -> Database:
        return self.portal.database

    def change_citizen(self, **values: object) -> None:
        with self.database.write(self.municipality_id) as session:
            citizen = session.get_one(Citizen, self.citizen_id)
            for name, value in values.items():
                setattr(citizen, name, value)

    def citizen(self) -> Citizen:
        with self.database.read(self.municipality_id) as session:
            return session.get_one(Citizen, self.citizen_id)

    def invite(self, key: str = "progression_citizen", now: datetime | None = None) -> None:
        """As a caseworker's click does: in the outbox, and the workers are woken."""
        with self.portal.write(self.municipality_id) as session:
            form = questionnaires.by_key(session, key)
            assert form is not None
            moment = now or datetime.now(UTC)
            result = send_questionnaire(session, self.citizen_id, form.id, self.staff_id, moment)
            assert isinstance(result, Invited)

    def answer_over_time(self, key: str = "progression_citizen") -> None:
        """Three measurements in half a year, each a little further on."""
        now = datetime.now(UTC)
        for days, choice in ((182, "2"), (91, "3"), (40, "5")):
            moment = now - timedelta(days=days)
            with self.database.write(self.municipality_id) as session:
                form = questionnaires.by_key(session, key)
                assert form is not None
                sent = send_questionnaire(session, self.citizen_id, form.id, self.staff_id, moment)
                assert isinstance(sent, Invited)
                begun = links.start_invited(session, sent.invitation_id, "da", moment)
                self._answer_all(session, begun, choice, moment)

    def _answer_all(self, session: TenantSession, form: OpenForm, choice: str, moment: datetime) -> None:
        number = form.resume_at
        while True:
            question = form.questionnaire.pages[number - 1].questions[0]
            names = [each.name for each in question.choices]
            raw = {question.name: [choice if choice in names else names[-1]]}
            result = answering.submit_page(session, form.ref, number, raw, moment)
            if not isinstance(result, NextPage):
                return
            number = result.form.number_of(result.page)

    def newest_sms(self) -> str | None:
        """What stands on her phone's screen."""
        with self.database.read(self.municipality_id) as session:
            number = session.get_one(Citizen, self.citizen_id).phone
        with self.database.read(EVERYONE) as session:
            messages = simulator.messages_of(session, number)
        return messages[-1].text if messages else None


@pytest.fixture
def live_server(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveServer]:
    monkeypatch.setattr(credentials, "HASHER", factories.HASHER)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    app = create_app(settings_for(sqlite_url, public_url=url, link_url=url))
    portal: Portal = app.extensions["taletid"]
    with served(app, port), working(portal):
        yield furnish(app, portal, url)
    portal.database.dispose()


def free_port() -> int:
    """Known before the application is made: the links in its SMS carry it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def working(portal: Portal) -> Iterator[None]:
    """huey takes the process's signals for itself; a test gives them back."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    threads = worker.consumer(portal, workers=1, periodic=False)
    threads.start()
    try:
        yield
    finally:
        threads.stop(graceful=True)
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def furnish(app: Flask, portal: Portal, url: str) -> LiveServer:
    now = datetime.now(UTC)
    municipality_id = add_municipality(portal.database)
    with portal.database.write(municipality_id) as session:
        session.scalars(select(Municipality)).one().send_always = True
        publishing.ship(session, now)
        team = factories.add_team(session)
        staff = factories.add_staff(session, now, team=team)
        citizen = factories.add_citizen(
            session, now, staff, pin_hash=factories.HASHER.hash(PIN), pin_set_at=now
        )
    return LiveServer(url, app, portal, municipality_id, citizen.id, staff.id)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """A phone of its own; anything a page throws or loads from elsewhere fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(**options: object) -> BrowserContext:
        values = {"viewport": PHONE, "base_url": live_server.url, "locale": "da-DK", **options}
        context = chromium.new_context(**values)  # type: ignore[arg-type]
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("request", lambda request: _note_foreign(request.url, live_server.url, faults))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


def _note_foreign(url: str, own: str, faults: list[str]) -> None:
    if not url.startswith((own, f"blob:{own}", "data:")):
        faults.append(f"loaded from elsewhere: {url}")


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo, in the state that the walks before this one left it in."""
    url = f"sqlite:///{tmp_path_factory.mktemp('walk')}/demo.db"
    build_demo(url, datetime.now(UTC)).database.dispose()
    app = create_app(settings_for(url, pseudo_languages=True))
    portal: Portal = app.extensions["taletid"]
    with served(app) as address:
        yield Town(app, portal, address)
    portal.database.dispose()


@pytest.fixture
def small_phone(chromium: Browser, town: Town) -> Iterator[Page]:
    values = {"viewport": PHONE, "base_url": town.url, "locale": "da-DK", "reduced_motion": "reduce"}
    context = chromium.new_context(**values)  # type: ignore[arg-type]
    page = context.new_page()
    bring_axe(page)
    yield page
    context.close()
