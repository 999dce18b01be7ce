"""Memory of the one process that serves and works: once it has answered a thousand times, and once it has shown every
language and answered some thousands more."""

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
    """Of a process that has done little else."""
    asks.start_forms(portal.invite(seed.PROGRESSION, ANSWERS // PAGES))
    asks.answer(PAGES)
    return at_most(f"web and worker in one process, after {ANSWERS:,} answers", _used(portal), GOAL, " MB")


def after_all(portal: Served) -> Line:
    return Line("web and worker in one process", f"{_used(portal):.0f} MB")


def _used(portal: Served) -> float:
    return float(portal.process.memory_info().rss) / MEGABYTE
