"""The pictures in the docs, from the running product: make pictures

The real application on a free port, with a demo of its own and a clock that starts at the same moment each time,
so that a picture changes only when the page does (links in SMS are random all the same). Chromium walks the main
way through the product: ask, receive, answer, look; then a question by SMS and its answer, and a sending to many.
"""

from __future__ import annotations

import base64
import re
import secrets
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import waitress
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import select

from database.tenancy import EVERYONE
from messaging.simulator import SimulatorGateway
from portal import worker
from portal.app import ROOT, create_app
from portal.config import MitIdBroker, Settings
from portal.content import demo_people
from portal.domain.sendings import SendingState
from portal.runtime import Portal
from portal.services.demo import accounts
from portal.services.demo.build import build
from portal.store import schema
from portal.store.people import Citizen
from portal.store.sendings import Sending
from portal.web import request_log

FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 2_000_000
A_WEDNESDAY = datetime(2026, 11, 18, 9, 40, tzinfo=UTC)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--hide-scrollbars"]  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PATIENCE_MS = 15_000
A_TOKEN = re.compile(r"/[\w-]{22}$")
TOGETHER = """
body { margin: 0; display: flex; gap: 24px; padding: 24px; background: #e0ddd6 }
img { height: 459px; border-radius: 8px }
.simulator { width: 268px; object-view-box: inset(138px 734px 98px 158px); border-radius: 28px }
.citizen-question { width: 223px }
.caseworker-progression { width: 653px }
"""


MakeBroker = Callable[[str], AbstractContextManager[MitIdBroker | None]]


class Clock:
    """Goes on from ``start``, and can be put on."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def put_on(self, length: timedelta) -> None:
        self._start += length


@dataclass
class Product:
    """The running product; ``key`` gives a Danish text of the pages, to find a button by."""

    app: Flask
    portal: Portal
    address: str
    clock: Clock
    taken: list[Path] = field(default_factory=list)

    def key(self, name: str, **values: object) -> str:
        return self.portal.catalogs.texts("da")(name, **values)

    def code(self, email: str) -> str:
        """Each code works once: the clock is put on to the next."""
        self.clock.put_on(timedelta(seconds=30))
        with self.portal.database.read(EVERYONE) as session:
            found = accounts.accounts(session, self.clock())
        return next(each.code for each in found if each.email == email)

    def citizen(self, first_name: str) -> Citizen:
        with self.portal.database.read(EVERYONE) as session:
            return next(each for each in session.scalars(select(Citizen)) if each.first_name == first_name)

    def shoot(self, page: Page, name: str, *, whole: bool = False) -> None:
        path = FOLDER / f"{name}.png"
        page.evaluate("document.activeElement && document.activeElement.blur()")
        page.screenshot(path=path, full_page=whole, animations="disabled", caret="hide")
        self.taken.append(path)
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")


def nobody(_home: str) -> AbstractContextManager[MitIdBroker | None]:
    return nullcontext()


@contextmanager
def running_product(broker: MakeBroker = nobody, link_url: str = "") -> Iterator[Product]:
    """``broker``: who signs in with MitID at the portal's address, which it is given. ``link_url``: where links lead,
    if nobody follows them."""
    # The port is chosen by the system, and the address must be known before the application is made.
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="taletid-pictures-") as folder, broker(address) as mitid:
        ours = settings(address, f"sqlite:///{folder}/pictures.db")
        app = create_app(replace(ours, link_url=link_url or address, mitid=mitid))
        portal: Portal = app.extensions["taletid"]
        portal.clock = clock = Clock(A_WEDNESDAY)
        portal.gateway = SimulatorGateway(portal.database, clock)
        schema.upgrade(portal.database.engine)
        build(portal, clock())
        server = waitress.create_server(app, host="127.0.0.1", port=port, threads=8)
        threads = worker.consumer(portal, workers=2)
        threads.start()
        threading.Thread(target=server.run, daemon=True).start()
        try:
            yield Product(app, portal, address, clock)
        finally:
            threads.stop()
            server.close()
            portal.database.dispose()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(address: str, database_url: str) -> Settings:
    return Settings(
        secret_key=secrets.token_urlsafe(36),
        encryption_keys=(secrets.token_urlsafe(36),),
        index_secret=secrets.token_urlsafe(36),
        public_url=address,
        link_url=address,
        database_url=database_url,
    )


def window(browser: Browser, product: Product, size: dict[str, int], scale: float = 1) -> BrowserContext:
    context = browser.new_context(
        base_url=product.address,
        viewport={"width": size["width"], "height": size["height"]},
        device_scale_factor=scale,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def signed_in(browser: Browser, product: Product, role: str) -> Page:
    email = next(each.email for each in demo_people.STAFF if each.role == role)
    page = window(browser, product, DESK).new_page()
    page.goto("/log-ind")
    page.fill("[name=email]", email)
    page.fill("[name=password]", demo_people.PASSWORD)
    page.fill("[name=code]", product.code(email))
    page.get_by_role("button", name=product.key("staff.sign_in.button"), exact=True).click()
    page.wait_for_url(lambda address: "log-ind" not in address)
    return page


def show_caseworker(page: Page, product: Product, citizen: Citizen) -> None:
    page.goto("/borgere")
    product.shoot(page, "caseworker-list")
    page.goto(f"/borgere/{citizen.id}")
    product.shoot(page, "caseworker-card")
    page.goto(f"/borgere/{citizen.id}/udvikling")
    product.shoot(page, "caseworker-progression")


def send_form(page: Page, product: Product, citizen: Citizen) -> None:
    page.goto(f"/borgere/{citizen.id}")
    page.get_by_role("button", name=product.key("caseworker.send.preview"), exact=True).click()
    page.get_by_role("button", name=product.key("caseworker.send.button"), exact=True).click()
    page.wait_for_url(f"**/borgere/{citizen.id}")


def show_phone(browser: Browser, product: Product, citizen: Citizen) -> str:
    """The simulated phone with the SMS that has just come; its link."""
    page = window(browser, product, DESK).new_page()
    page.goto(f"/telefon/{citizen.phone.removeprefix('+')}")
    link = page.locator("ol.bubbles li a").last
    expect(link).to_have_attribute("href", A_TOKEN)  # the one before it leads to the front page
    link.scroll_into_view_if_needed()
    product.shoot(page, "simulator")
    return str(link.get_attribute("href"))


def answer(browser: Browser, product: Product, link: str) -> None:
    page = window(browser, product, PHONE, 2).new_page()
    page.goto(link)
    product.shoot(page, "citizen-welcome")
    page.get_by_role("button", name=product.key("citizen.welcome.begin"), exact=True).click()
    page.wait_for_url("**/svar/**")
    product.shoot(page, "citizen-question")
    for _ in range(40):
        if page.url.endswith("/tak"):
            break
        give_one_answer(page)
    product.shoot(page, "citizen-thanks")


def give_one_answer(page: Page) -> None:
    """The second best of each scale, and the way on."""
    shown = page.locator("progress").get_attribute("value")
    choices = page.locator("fieldset").first.locator(
        "> label input[type=radio], > label input[type=checkbox]"
    )
    if choices.count():
        choices.nth(min(3, choices.count() - 1)).check()
    page.locator("main form button").first.click()
    page.wait_for_function(
        "n => location.pathname.endsWith('/tak') || document.querySelector('progress').getAttribute('value') != n",
        arg=shown,
    )


def show_check_in(desk: Page, browser: Browser, product: Product, citizen: Citizen) -> None:
    """A question by SMS from the citizen's card, a plain reply on her phone, and what her caseworker sees of it."""
    desk.goto(f"/borgere/{citizen.id}/tjek-ind")
    desk.select_option("#spoergsmaal1", "journey")
    desk.get_by_role("button", name=product.key("checkin_desk.see"), exact=True).click()
    desk.get_by_role("button", name=product.key("common.send"), exact=True).click()
    phone = window(browser, product, DESK).new_page()
    phone.goto(f"/telefon/{citizen.phone.removeprefix('+')}")
    newest = phone.locator("ol.bubbles li").last
    expect(newest).to_contain_text(product.key("checkins.question.journey"))
    phone.fill("#text", "ja tak :)")
    phone.locator("form.reply button").click()
    noted = product.key("sms.check_in_thanks", answer=product.key("sms.check_in_yes"))
    expect(newest).to_contain_text(noted)
    newest.scroll_into_view_if_needed()
    product.shoot(phone, "check-in-phone")
    desk.goto(f"/borgere/{citizen.id}/samtale")
    desk.locator("#thread-log .said-other").last.evaluate("entry => entry.scrollIntoView({block: 'end'})")
    product.shoot(desk, "check-in-thread")


def show_sending(desk: Page, product: Product) -> None:
    """The demo's sending that was paused half-way."""
    with product.portal.database.read(EVERYONE) as session:
        paused = session.scalars(select(Sending.id).where(Sending.state == SendingState.PAUSED)).first()
    desk.goto(f"/udsendelser/{paused}")
    product.shoot(desk, "sending")


def show_own_pages(browser: Browser, product: Product, citizen: Citizen) -> None:
    page = window(browser, product, PHONE, 2).new_page()
    page.goto("/kode")
    page.fill("[name=code]", citizen.short_code)
    page.fill("[name=pin]", demo_people.PIN)
    page.get_by_role("button", name=product.key("citizen_home.pin.enter"), exact=True).click()
    page.wait_for_url("**/hjem")
    page.goto("/hjem/udvikling")
    product.shoot(page, "citizen-progression")


def show_others(browser: Browser, product: Product) -> None:
    page = signed_in(browser, product, "manager")
    page.goto("/ledelse")
    product.shoot(page, "manager")
    page = signed_in(browser, product, "translator")
    page.goto("/tekster/ar/tekst/sms.invitation")
    product.shoot(page, "translator")


def show_together(browser: Browser, product: Product) -> None:
    """One picture for the front page: what the citizen gets, what she answers, what her caseworker sees."""
    names = ("simulator", "citizen-question", "caseworker-progression")
    images = "".join(f'<img src="data:image/png;base64,{picture(name)}" class="{name}">' for name in names)
    page = browser.new_context(viewport={"width": 1240, "height": 507}).new_page()
    page.set_content(f"<style>{TOGETHER}</style>{images}")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    product.shoot(page, "overview")


def picture(name: str) -> str:
    return base64.b64encode((FOLDER / f"{name}.png").read_bytes()).decode()


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        sys.exit("Chromium is needed. On Debian or Ubuntu: sudo apt-get install chromium")
    return found


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    request_log.configure(quiet=True)
    expect.set_options(timeout=PATIENCE_MS)
    with running_product() as product, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        citizen = product.citizen(demo_people.KNOWN[0].first_name)
        desk = signed_in(browser, product, "caseworker")
        show_caseworker(desk, product, citizen)
        send_form(desk, product, citizen)
        answer(browser, product, show_phone(browser, product, citizen))
        show_check_in(desk, browser, product, citizen)
        show_sending(desk, product)
        show_own_pages(browser, product, citizen)
        show_others(browser, product)
        show_together(browser, product)
        browser.close()
    total = sum(path.stat().st_size for path in product.taken)
    if total > MOST_BYTES:
        sys.exit(f"The pictures have {total} bytes; at most {MOST_BYTES} belong in the repository.")


if __name__ == "__main__":
    main()
