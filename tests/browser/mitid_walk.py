"""Every page that MitID brings, in each of its states: the way in, bound, her number changed, refused, and out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page
from sqlalchemy import select

from database.tenancy import EVERYONE
from portal.services import own_number, pins
from portal.services.openid.broker import Broker
from portal.store import rate_limits
from portal.store.number_changes import NumberChange
from portal.store.people import Citizen
from portal.web.mitid import GOODBYE, RETURN
from tests import factories
from tests.browser.town import Town
from tests.doubles.mitid_broker import config_for

PIN = "4711"
WRONG_PIN = "9182"
WRONG_CODE = "000000"
ENDPOINTS = {
    f"citizen.{name}"
    for name in ("show_mitid", "leave_for_mitid", "come_from_mitid", "show_bind", "show_binding", "show_pages",
                 "show_own_number", "leave_broker", "show_goodbye", "show_all_out")
}  # fmt: skip
"""The views whose pages are shown here."""


@dataclass(frozen=True)
class Walker:
    """A citizen of her own for each walk, so that none finds what another has bound."""

    town: Town
    page: Page
    municipality_id: int
    citizen_id: int
    short_code: str

    @property
    def account(self) -> str:
        """Who she is at the broker."""
        return f"citizen {self.citizen_id}"

    def number(self, which: int) -> str:
        """That nobody else has; no Danish number begins with 1."""
        return f"10 7{which} {self.citizen_id:04d}"

    def wait_a_minute(self) -> None:
        """Too many wrong tries from one address are refused whatever they are."""
        with self.town.portal.database.write(EVERYONE) as session:
            rate_limits.forget_all(session)

    def change(self, **values: object) -> None:
        with self.town.portal.database.write(self.municipality_id) as session:
            citizen = session.get_one(Citizen, self.citizen_id)
            for name, value in values.items():
                setattr(citizen, name, value)

    def to_mitid(self, way: str = "", who: str = "", level: str = "substantial") -> None:
        """Away to the broker, and back as whoever she says she is; without a name she turns back."""
        self.page.goto(f"/mitid/til{way}")
        self.page.get_by_label("Who").fill(who)
        self.page.get_by_label("Level").fill(level)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Sign in" if who else "Turn back").click()
        if not self.page.url.startswith(self.town.url):
            # Another was signed in at the broker, which without a script asks for one more click.
            self.page.get_by_role("button", name="Continue").click()
        self.page.wait_for_url(f"{self.town.url}/**")

    def send(self, **values: str) -> None:
        """Fills in the form on the page, and waits for what follows."""
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").fill(value)
        with self.page.expect_navigation():
            self.page.locator("main form button").click()

    def bind(self, code: str, secret: str) -> None:
        self.send(code=code, secret=secret)

    def go_in_with_pin(self) -> None:
        self.page.goto("/kode")
        self.send(code=self.short_code, pin=PIN)

    def go_out(self) -> None:
        self.page.goto("/hjem")
        with self.page.expect_navigation():
            self.page.locator("form[action='/farvel'] button").click()


def newcomer(town: Town, page: Page, municipality_id: int, language: str) -> Walker:
    now = datetime.now(UTC)
    with town.portal.database.write(municipality_id) as session:
        staff = factories.add_staff(session, now, team=factories.add_team(session))
        citizen = factories.add_citizen(
            session, now, staff, language=language, pin_hash=factories.HASHER.hash(PIN), pin_set_at=now
        )
    return Walker(town, page, municipality_id, citizen.id, citizen.short_code)


def states(her: Walker) -> Iterator[str]:
    """The name of each, while the page is in it."""
    for walk in (_turned_away, _with_a_pin_alone, _bound, _to_another_number, _out):
        yield from walk(her)


def come_to_two_pages(her: Walker, elsewhere: int) -> None:
    """Her MitID opens a page in another municipality, too: she is asked which."""
    her.to_mitid(who=her.account)
    her.bind(her.short_code, PIN)
    other = newcomer(her.town, her.page, elsewhere, "da")
    her.to_mitid("?kobl=1", her.account)
    her.bind(other.short_code, PIN)
    her.go_out()
    her.to_mitid(who=her.account)


def _turned_away(her: Walker) -> Iterator[str]:
    """By herself, by us, and because nobody answers."""
    her.page.goto("/mitid")
    yield "mitid"
    her.to_mitid()
    yield "mitid-declined"
    her.to_mitid(who=her.account, level="low")
    yield "mitid-level"
    her.page.goto("/mitid/retur")
    yield "mitid-stale"
    away = her.page.context.request.get("/mitid/til", max_redirects=0).headers["location"]
    her.page.goto(f"/mitid/retur?state={parse_qs(urlsplit(away).query)['state'][0]}")
    yield "mitid-refused"
    with _broker(her.town, Broker(config_for("http://127.0.0.1:1"), RETURN, GOODBYE, her.town.portal.clock)):
        for way in ("/mitid/til", "/mitid/ud"):
            her.page.goto(way)
            yield "mitid-down"


def _with_a_pin_alone(her: Walker) -> Iterator[str]:
    """Her number is not hers to change, and no MitID is bound."""
    her.go_in_with_pin()
    her.page.goto("/hjem/nummer")
    yield "needs-mitid"
    her.page.goto("/hjem/mitid")
    yield "mitid-unbound"
    with _broker(her.town, None):
        her.page.goto("/hjem/nummer")
        yield "needs-mitid-none"
    her.page.context.clear_cookies(name="taletid")


def _bound(her: Walker) -> Iterator[str]:
    """Once each thing that can be in the way has been."""
    her.wait_a_minute()
    her.to_mitid(who=her.account)
    yield "mitid-bind"
    her.bind(WRONG_CODE, WRONG_PIN)
    yield "mitid-bind-unknown"
    her.bind(her.short_code, WRONG_PIN)
    yield "mitid-bind-wrong"
    her.bind(her.short_code, _letter_of_last_month(her))
    yield "mitid-bind-expired"
    her.change(pin_failures=4)
    her.bind(her.short_code, WRONG_PIN)
    yield "mitid-bind-locked"
    her.change(pin_failures=0, pin_locked_at=None)
    her.bind(her.short_code, PIN)
    yield "mitid-bound"
    yield from _taken(her)
    her.to_mitid(who=her.account)


def _taken(her: Walker) -> Iterator[str]:
    """Her MitID opens another page here, and a page is opened by another MitID."""
    her.wait_a_minute()
    other = newcomer(her.town, her.page, her.municipality_id, "da")
    her.to_mitid("?kobl=1", her.account)
    her.bind(other.short_code, PIN)
    yield "mitid-taken-subject"
    her.to_mitid("?kobl=1", other.account)
    her.bind(her.short_code, PIN)
    yield "mitid-taken-citizen"


def _to_another_number(her: Walker) -> Iterator[str]:
    her.page.goto("/hjem/nummer")
    yield "number"
    her.send(phone="1234")
    yield "number-wrong"
    her.send(phone=her.number(1))
    yield "number-code"
    her.send(code="x")
    yield "number-code-wrong"
    _change_of(her, wrong_tries=own_number.TRIES)
    her.send(code="x")
    yield "number-expired"
    her.send(phone=her.number(2))
    her.send(code=_code_of(her))
    yield "number-changed"
    her.change(opted_out_at=datetime.now(UTC))
    her.page.goto("/hjem/nummer")
    yield "number-without-sms"
    her.change(opted_out_at=None)


def _out(her: Walker) -> Iterator[str]:
    """Here alone, at the broker too, and for good."""
    her.go_out()
    yield "mitid-goodbye"
    her.go_in_with_pin()
    her.page.goto("/hjem/mitid")
    yield "mitid-step-up"
    her.to_mitid("?til=/hjem/mitid", her.account)
    her.page.locator("main details", has=her.page.locator("form")).locator("summary").first.click()
    with her.page.expect_navigation():
        her.page.locator("form[action='/hjem/mitid/fra'] button").click()
    yield "mitid-goodbye-for-good"
    her.page.goto("/mitid/ud")
    her.page.get_by_role("button", name="Yes").click()
    her.page.wait_for_url("**/mitid/ude")
    yield "mitid-all-out"


@contextmanager
def _broker(town: Town, broker: Broker | None) -> Iterator[None]:
    """Another one than the town's for a while, or none."""
    own = town.app.extensions["mitid"]
    town.app.extensions["mitid"] = broker
    try:
        yield
    finally:
        town.app.extensions["mitid"] = own


def _letter_of_last_month(her: Walker) -> str:
    now = datetime.now(UTC)
    with her.town.portal.database.write(her.municipality_id) as session:
        code = pins.new_letter_code(session, her.citizen_id, now)
    her.change(letter_code_expires_at=now - timedelta(days=1))
    return code


def _change_of(her: Walker, **values: object) -> None:
    with her.town.portal.database.write(her.municipality_id) as session:
        for change in session.scalars(select(NumberChange).where(NumberChange.citizen_id == her.citizen_id)):
            for name, value in values.items():
                setattr(change, name, value)


def _code_of(her: Walker) -> str:
    """Made with its SMS, as the worker does it."""
    with her.town.portal.database.write(her.municipality_id) as session:
        newest = select(NumberChange).where(NumberChange.citizen_id == her.citizen_id)
        change = session.scalars(newest.order_by(NumberChange.id.desc())).first()
        assert change is not None
        return own_number.make_code(change, datetime.now(UTC))
