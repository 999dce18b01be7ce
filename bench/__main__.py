"""``make bench``: what the product costs, measured in one run on this machine, each figure beside its goal."""

from __future__ import annotations

import logging
import tempfile
import warnings
from pathlib import Path

import structlog

from bench import answering, memory, queries, servers, wire
from bench.table import show


def main() -> None:
    warnings.simplefilter("ignore")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(prefix="taletid-bench-") as folder:
        for part in (_on_sqlite, _on_postgresql, _queries):
            part(Path(folder))


def _on_sqlite(folder: Path) -> None:
    with servers.portal(f"sqlite:///{folder}/portal.db") as portal:
        show("Bytes on the wire, headers included", wire.measure(portal))
        with answering.stand(portal, f"sqlite:///{folder}/bare.db") as place:
            show("One answered question against a bare durable commit", answering.measure(place, "SQLite"))
            show("Memory", [memory.measure(portal, place.asks_portal)])


def _on_postgresql(folder: Path) -> None:
    with servers.postgres(folder / "postgres") as (url, process):
        portal_url, bare_url = (servers.new_database(url, name) for name in ("portal", "bare"))
        with servers.portal(portal_url) as portal, answering.stand(portal, bare_url, (process,)) as place:
            show("The same on PostgreSQL, its own CPU included", answering.measure(place, "PostgreSQL"))


def _queries(folder: Path) -> None:
    show("Queries per request: a demo municipality / the same, grown", queries.measure(folder))


if __name__ == "__main__":
    main()
