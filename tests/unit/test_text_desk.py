"""What a translator is told of the Danish that her text was made from."""

from __future__ import annotations

from dataclasses import replace

from i18n.texts import Catalogs, shipped_catalogs
from portal.services.texts.bench import Bench
from portal.services.texts.desk import changed
from portal.store.overlays import fresh
from portal.store.texts import KeptText
from tests.texts import kept

CATALOGS = shipped_catalogs()
KEY = "goals.title"
SHIPPED = CATALOGS.entries["da"][KEY].forms
OWN_DANISH = kept("da", KEY, [f"{SHIPPED[0]} i år"], SHIPPED)


def bench(*own: KeptText, catalogs: Catalogs = CATALOGS) -> Bench:
    return Bench(catalogs, fresh(own, catalogs), {(row.locale, row.key): row for row in own})


def what_changed(looked_at: Bench) -> str:
    row = looked_at.row("pl", KEY)
    assert row is not None
    return "".join(f"[{run.change.value} {run.text}]" for runs in changed(looked_at, row) for run in runs)


def test_of_a_shipped_translation_of_a_danish_that_is_their_own_now_the_shipped_danish_is_told() -> None:
    assert "[added  i år]" in what_changed(bench(OWN_DANISH))


def test_of_a_translation_that_fell_behind_as_it_ships_the_danish_of_then_is_told() -> None:
    entries = {locale: dict(own) for locale, own in CATALOGS.entries.items()}
    entries["pl"][KEY] = replace(entries["pl"][KEY], stale=True, former=("Dine mål",))
    assert "[removed Dine]" in what_changed(bench(catalogs=Catalogs(entries)))


def test_nothing_is_told_where_nothing_has_changed() -> None:
    assert what_changed(bench()) == ""
