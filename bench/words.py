"""What a translator waits for with five thousand texts in her language, and a reader with sixty on her page.

All of it happens in one process, with the database in it: so its CPU is told, which other work on the machine leaves
as it is.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import event, select

from bench.http import Connection
from bench.servers import Served
from bench.table import Line, at_most
from database.engine import Database
from database.tenancy import EVERYONE
from i18n.catalogs import Status
from i18n.formatting import placeholders
from i18n.locales import DEFAULT
from i18n.texts import Catalogs
from portal.app import create_app
from portal.domain.access import Role
from portal.services.texts.bench import Bench, open_bench
from portal.services.texts.desk import matches
from portal.store.people import Staff
from portal.store.texts import TextOverride, bump_revision
from tests.conftest import NOW
from tests.web.conftest import settings_for, sign_in_as

LOCALE, TEXTS, A_PAGE = "pl", 5_000, 60
VIEW_MS, MATCHES_MS, PAGE_MS, SEEN_S = 300, 100, 1, 5
TIMES = 7
ONE_TEXT = "thread.citizen.who_reads"
VIEWS = {
    "work list": f"/tekster?til={LOCALE}",
    "editor of one text": f"/tekster/{LOCALE}/tekst/{ONE_TEXT}",
    "coverage, ten languages": "/tekster/daekning",
    "publishing": "/tekster/udgiv",
}
SHOWN, SHOWN_AT = "public.privacy.lead", "/privatliv"
PATIENCE_S = 60


def measure(url: str) -> Iterator[Line]:
    """``url``: of a demo municipality, which gets a wording of its own for every text of a language."""
    app = create_app(settings_for(url))
    portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    portal.catalogs = _grown(portal.catalogs)
    database: Database = portal.database
    translator = _translator(database)
    _write_own(database, translator, portal.catalogs)
    client = app.test_client()
    sign_in_as(client, database, translator)
    gc.collect()
    gc.freeze()  # as a server does when it has begun
    for name, path in VIEWS.items():
        yield from _view(client, database, f"{TEXTS:,} texts: {name}", path)
    with database.read(translator.municipality_id) as session:
        bench = open_bench(session, portal.catalogs, (LOCALE,))
    gc.unfreeze()
    yield _matches(bench)
    yield _look_ups(portal.catalogs, bench)
    database.dispose()


def seen_elsewhere(portal: Served) -> Line:
    """A text changes in this process, and the server shows it."""
    connection, seconds = Connection(portal.port, {"Accept": "text/html"}), []
    for number in range(3):
        wording = f"Ny ordlyd {number}"
        connection.send("GET", SHOWN_AT, {})
        _go_live(portal, wording)
        began = time.perf_counter()
        while wording not in connection.send("GET", f"{SHOWN_AT}?sprog=da", {}).text:
            if time.perf_counter() - began > PATIENCE_S:
                raise RuntimeError("a change is not seen")
            time.sleep(0.05)
        seconds.append(time.perf_counter() - began)
    connection.close()
    slowest = max(seconds)
    return Line(
        "a changed text is seen by another process", f"{slowest:.1f} s", f"<= {SEEN_S} s", slowest <= SEEN_S
    )


def _grown(catalogs: Catalogs) -> Catalogs:
    """As many texts for citizens as are wanted: those that ship, and copies of them."""
    entries = {locale: dict(own) for locale, own in catalogs.entries.items()}
    shipped, numbers = catalogs.keys("citizen"), count()
    while len(entries[LOCALE]) < TEXTS:
        number = next(numbers)
        key = shipped[number % len(shipped)]
        for own in entries.values():
            if key in own:
                copy = f"{key}_{number}"
                own[copy] = replace(own[key], key=copy)
    return Catalogs(entries)


def _translator(database: Database) -> Staff:
    with database.read(EVERYONE) as session:
        return session.scalars(select(Staff).where(Staff.role == Role.TRANSLATOR.value).limit(1)).one()


def _write_own(database: Database, translator: Staff, catalogs: Catalogs) -> None:
    danish = catalogs.entries[DEFAULT]
    with database.write(translator.municipality_id) as session:
        known = set(session.scalars(select(TextOverride.key).where(TextOverride.locale == LOCALE)))
        for key, entry in catalogs.entries[LOCALE].items():
            if key not in known:
                row = TextOverride(locale=LOCALE, key=key, forms=[*entry.forms], changed_at=NOW)
                row.source, row.status, row.changed_by = [*danish[key].forms], Status.DRAFT, translator.id
                session.add(row)
        bump_revision(session)


def _go_live(portal: Served, wording: str) -> None:
    with portal.database.write(portal.municipality_id) as session:
        row = session.scalar(select(TextOverride).where(TextOverride.key == SHOWN))
        row = row or TextOverride(locale=DEFAULT, key=SHOWN, source=[])
        row.forms, row.changed_at = [wording], NOW
        session.add(row)
        bump_revision(session)


def _view(client: FlaskClient, database: Database, name: str, path: str) -> Iterator[Line]:
    took = _ms(lambda: client.get(path))
    with _of_texts(database) as queries:
        client.get(path)
    yield at_most(name, took, VIEW_MS, " ms")
    yield Line("  queries for the texts themselves", str(len(queries)), "= 1", len(queries) == 1)


@contextmanager
def _of_texts(database: Database) -> Iterator[list[str]]:
    found: list[str] = []

    def note(*given: object) -> None:
        if "FROM text_overrides" in str(given[2]):
            found.append(str(given[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    yield found
    event.remove(database.engine, "before_cursor_execute", note)


def _matches(bench: Bench) -> Line:
    row = bench.row(LOCALE, ONE_TEXT)
    assert row is not None
    return at_most(
        f"{TEXTS:,} texts: fuzzy matches for one", _ms(lambda: list(matches(bench, row))), MATCHES_MS, " ms"
    )


def _look_ups(catalogs: Catalogs, bench: Bench) -> Line:
    """Every one of the texts is the municipality's own."""
    texts = catalogs.texts(LOCALE, bench.overlay)
    keys = [key for key in catalogs.keys("citizen") if texts.has(key)][:A_PAGE]
    names = {name: "Mette" for key in keys for form in texts.forms(key) for name in placeholders(form)}
    took = _ms(lambda: [texts(key, **{**names, "n": 3}) for key in keys])
    return Line(f"{A_PAGE} texts of a page looked up", f"{took:.2f} ms", f"<= {PAGE_MS} ms", took <= PAGE_MS)


def _ms(ask: Callable[[], object]) -> float:
    """The middle of several, the first apart."""
    ask()
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        ask()
        took.append(1000 * (time.process_time() - began))
    return median(took)
