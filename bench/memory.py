"""Memory of the one process that serves and works, once it has answered a thousand times."""

from __future__ import annotations

from bench import seed
from bench.load import Client
from bench.servers import Served
from bench.table import Line, at_most

ANSWERS = 1000
PAGES = 10
MEGABYTE = 1_000_000
GOAL = 180


def measure(portal: Served, asks: Client) -> Line:
    asks.start_forms(portal.invite(seed.PROGRESSION, ANSWERS // PAGES))
    asks.answer(PAGES)
    used = portal.process.memory_info().rss / MEGABYTE
    return at_most(f"web and worker in one process, after {ANSWERS:,}+ answers", used, GOAL, " MB")
