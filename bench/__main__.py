"""``make bench``: what the product costs, measured in one run on this machine, each figure beside its goal."""

from __future__ import annotations

import logging
import tempfile
import warnings
from pathlib import Path

import structlog

from bench import (
    answering,
    claim_cost,
    delivery,
    feeding,
    inbound,
    memory,
    planning,
    queries,
    screen,
    servers,
    throttled,
    wire,
    words,
)
from bench.table import show
from tests.demo import build_demo


def main() -> None:
    warnings.simplefilter("ignore")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(prefix="taletid-bench-") as folder:
        for part in (_on_sqlite, _on_postgresql, _sending, _queries):
            part(Path(folder))


def _on_sqlite(folder: Path) -> None:
    fresh, bare = f"sqlite:///{folder}/fresh.db", f"sqlite:///{folder}/fresh-bare.db"
    with servers.portal(fresh) as portal, answering.stand(portal, bare) as place:
        show("Memory", [memory.measure(portal, place.asks_portal)])
    with servers.portal(f"sqlite:///{folder}/portal.db") as portal:
        show("Bytes on the wire, headers included", wire.measure(portal))
        show("A text that changes", [words.seen_elsewhere(portal)])
        show("400 kbit/s, 400 ms round trip, CPU / 4", throttled.measure(portal))
        with answering.stand(portal, f"sqlite:///{folder}/bare.db") as place:
            show("One answered question against a bare durable commit", answering.measure(place, "SQLite"))
            show("Memory after all that, in ten languages", [memory.after_all(portal)])
    show("Reminders that plan themselves", planning.measure(f"sqlite:///{folder}/planning.db", "SQLite"))


def _on_postgresql(folder: Path) -> None:
    with servers.postgres(folder / "postgres") as (url, process):
        portal_url, bare_url = (servers.new_database(url, name) for name in ("portal", "bare"))
        with servers.portal(portal_url) as portal, answering.stand(portal, bare_url, (process,)) as place:
            show("The same on PostgreSQL, its own CPU included", answering.measure(place, "PostgreSQL"))
        show("The same plans", planning.measure(servers.new_database(url, "planning"), "PostgreSQL"))


def _sending(folder: Path) -> None:
    sqlite = f"sqlite:///{folder}"
    with servers.postgres(folder / "sending") as (url, process):
        postgres = {
            name: servers.new_database(url, name) for name in ("sending", "feeding", "inbound", "claims")
        }
        title = "Outbox to a gateway that takes everything, against the bare claims and commits"
        show(title, delivery.measure(f"{sqlite}/sending.db", "SQLite", (1,)))
        show(
            "The same on PostgreSQL",
            delivery.measure(postgres["sending"], "PostgreSQL", (1, 2, 4), (process,)),
        )
        show(
            "Sendings, each from its list to that gateway", feeding.measure(f"{sqlite}/feeding.db", "SQLite")
        )
        show("The same on PostgreSQL", feeding.measure(postgres["feeding"], "PostgreSQL", (process,)))
        for name, at, others in (
            ("SQLite", f"{sqlite}/inbound.db", ()),
            ("PostgreSQL", postgres["inbound"], (process,)),
        ):
            with servers.portal(at, **inbound.KANNEL) as portal:
                show(f"SMS that come in, {name}", inbound.measure(portal, name, others))
                show("The same, a browser included", [screen.measure(portal, name)])
        show("A claim in a small and a large outbox", claim_cost.measure(f"{sqlite}/claims.db", "SQLite"))
        show("The same on PostgreSQL", claim_cost.measure(postgres["claims"], "PostgreSQL"))


def _queries(folder: Path) -> None:
    url = f"sqlite:///{folder}/demo.db"
    build_demo(url).database.dispose()
    build_demo(f"sqlite:///{folder}/words.db").database.dispose()
    show(
        "The translators' bench, every text the municipality's own",
        words.measure(f"sqlite:///{folder}/words.db"),
    )
    show("Queries per request: a demo municipality / the same, grown", queries.measure(url))


if __name__ == "__main__":
    main()
