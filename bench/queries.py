"""Queries per request of every main page, on a demo municipality and on one that has grown.

A page whose count grows with the rows asks once for each of them, however few they are today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from bench import seed
from bench.growing import grow
from bench.http import Reply
from bench.phone import Phone
from bench.table import Line
from database.engine import Database
from database.tenancy import EVERYONE
from portal.app import create_app
from portal.content import demo_people as content
from portal.domain.access import Role
from portal.store.answering import Response
from portal.store.people import Citizen, Staff
from tests.conftest import NOW
from tests.web.conftest import settings_for, sign_in_as

GOAL = 12
Ask = Callable[[], object]
PAGES_OF: dict[Role, tuple[str, ...]] = {
    Role.CASEWORKER: (
        "/borgere",
        "/borgere/{citizen}",
        "/borgere/{citizen}/udvikling",
        "/borgere/{citizen}/samtale",
        "/borgere/{citizen}/samtaleark",
        "/borgere/{citizen}/vurdering",
        "/borgere/{citizen}/svar/{ref}",
        "/borgere/{citizen}/oplysninger",
        "/borgere/{citizen}/moeder",
        "/grupper",
        "/udsendelser",
        "/udsendelser/ny",
        "/anmodninger",
        "/ukendte",
        "/borgere/ny",
        "/borgere/liste",
        "/borgere/{citizen}/flyt",
        "/ikke-sendt",
        "/tjek-ind",
        "/planer",
        "/fravaer",
    ),
    Role.MANAGER: ("/ledelse", "/ledelse/borgere?gruppe=red"),
    Role.TRANSLATOR: (
        "/tekster",
        "/tekster?til=da&omraade=citizen",
        "/tekster/pl/tekst/sms.invitation",
        "/tekster/en/tekst/form.progression_citizen.health_coping.label",
    ),
    Role.ADMINISTRATOR: (
        "/spoergeskemaer",
        "/spoergeskemaer/progression_citizen/1",
        "/administration",
        "/administration/ny",
        "/administration/{caseworker}",
        "/administration/{caseworker}/ret",
        "/administration/{caseworker}/team",
        "/administration/{caseworker}/borgere",
        "/administration/{caseworker}/luk",
        "/teams",
        "/teams/1",
        "/aabningstider",
        "/aabningstider/1",
        "/administration/{caseworker}/fravaer",
        "/udseende",
        "/sms-indstillinger",
        "/sms-indstillinger/afsender",
        "/borgernes-data",
        "/logbog",
        "/konto",
    ),
}
BY_PIN = (
    "/hjem",
    "/hjem/svar",
    "/hjem/svar/{ref}",
    "/hjem/udvikling",
    "/hjem/moeder",
    "/hjem/kontakt",
    "/hjem/dagbog",
    "/hjem/maal",
    "/hjem/mine-data",
    "/hjem/mine-data/hvem",
    "/hjem/mine-data/emne/answers",
    "/hjem/mine-data/anmodning",
)
FOR_ALL = ("/telefon", "/telefon/{digits}")


@dataclass(frozen=True)
class Known:
    """A citizen with a year behind her, and her caseworker."""

    municipality_id: int
    citizen: int
    caseworker: int
    short_code: str
    digits: str
    ref: str


class Counted:
    """The application on a demo municipality; `count` says how many queries each page takes."""

    def __init__(self, url: str) -> None:
        self.app = create_app(settings_for(url))
        self.app.config["WTF_CSRF_ENABLED"] = False
        self._portal = self.app.extensions["taletid"]
        self._portal.clock = lambda: NOW
        self.database: Database = self._portal.database
        self._queries = 0
        event.listen(self.database.engine, "before_cursor_execute", self._count)

    def close(self) -> None:
        self.database.dispose()

    def grow(self) -> None:
        with self.database.write(EVERYONE) as session:
            grow(session)

    def count(self) -> dict[str, int]:
        known = _somebody(self.database)
        return {name: min(self._cost(ask), self._cost(ask)) for name, ask in self._pages(known)}

    def _pages(self, known: Known) -> Iterator[tuple[str, Ask]]:
        """Each is asked once before it is counted, so that what is kept in memory is there."""
        for pages in (self._form, self._by_pin, self._by_staff, self._for_all):
            for name, ask in pages(known):
                ask()
                yield name, ask

    def _cost(self, ask: Ask) -> int:
        self._queries = 0
        ask()
        return self._queries

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self._queries += not statement.startswith("BEGIN")

    def _form(self, known: Known) -> Iterator[tuple[str, Ask]]:
        token = seed.invite(self.database, known.municipality_id, seed.SCREENING, 1)[0]
        phone = Phone(InProcess(self.app), token)
        yield "GET /<token>", phone.open
        yield "POST /<token>", phone.start
        yield "GET /svar/<ref>/<n>", phone.look
        yield "POST /svar/<ref>/<n>", phone.answer
        while not phone.is_done:
            phone.answer()
        yield "GET /svar/<ref>/tak", phone.look

    def _by_pin(self, known: Known) -> Iterator[tuple[str, Ask]]:
        client = self.app.test_client()
        client.post("/kode", data={"code": known.short_code, "pin": content.PIN})
        yield from _gets(client, BY_PIN, known)

    def _by_staff(self, known: Known) -> Iterator[tuple[str, Ask]]:
        for role, pages in PAGES_OF.items():
            with self.database.read(EVERYONE) as session:
                query = select(Staff).where(Staff.role == role.value).order_by(Staff.id)
                if role is Role.CASEWORKER:
                    query = query.where(Staff.id == known.caseworker)
                staff = session.scalars(query.limit(1)).one()
            client = self.app.test_client()
            sign_in_as(client, self.database, staff)
            yield from _gets(client, pages, known)

    def _for_all(self, known: Known) -> Iterator[tuple[str, Ask]]:
        yield from _gets(self.app.test_client(), FOR_ALL, known)


class InProcess:
    """What a phone sends through, without a server: as `bench.http.Connection`."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client(use_cookies=False)

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Reply:
        answer = self._client.open(path, method=method, headers=headers, data=body)
        names = tuple((name.lower(), value) for name, value in answer.headers)
        return Reply(answer.status_code, names, answer.get_data(), len(body), 0)


def measure(demo_url: str) -> Iterator[Line]:
    """``demo_url``: a demo municipality, which grows."""
    counted = Counted(demo_url)
    small = counted.count()
    counted.grow()
    large = counted.count()
    counted.close()
    for page, few in small.items():
        many = large[page]
        yield Line(page, f"{few} / {many}", f"<= {GOAL}", few == many <= GOAL)


def _gets(client: FlaskClient, pages: tuple[str, ...], known: Known) -> Iterator[tuple[str, Ask]]:
    for page in pages:
        path = page.format(**vars(known))
        yield f"GET {page}", lambda path=path: _got(client, path)  # type: ignore[misc]


def _got(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code} from {path}")


def _somebody(database: Database) -> Known:
    """The same one each time: of those with a PIN, the one who has sent in most."""
    with database.read(EVERYONE) as session:
        query = (
            select(Citizen, func.max(Response.ref))
            .join(Response, Response.citizen_id == Citizen.id)
            .where(
                Citizen.pin_hash.is_not(None),
                Response.respondent == "citizen",
                Response.finished_at.is_not(None),
            )
            .group_by(Citizen.id)
            .order_by(func.count(Response.id).desc(), Citizen.id)
            .limit(1)
        )
        citizen, ref = session.execute(query).one()
        return Known(
            citizen.municipality_id,
            citizen.id,
            citizen.caseworker_id,
            citizen.short_code,
            citizen.phone.removeprefix("+"),
            ref,
        )
