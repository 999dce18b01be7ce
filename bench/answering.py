"""What an answered question costs, against a bare view with one durable commit on the same server and database.

Both servers run side by side and are measured in turn, A B A B, so that whatever else the machine does meets
both. What is told is the median over the rounds of each round's own ratio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

import psutil

from bench import seed, servers
from bench.load import Client, Round, client
from bench.servers import Served
from bench.table import Line, at_least

ROUNDS = 5
GOAL = 0.5


@dataclass(frozen=True)
class Form:
    """So many ``people`` answer so many ``pages`` a round; never the last page, because it ends the form."""

    key: str
    name: str
    people: int
    pages: int


FORMS = (
    Form(seed.PROGRESSION, "progression (11 questions)", people=40, pages=10),
    Form(seed.SCREENING, "screening (60 questions)", people=8, pages=50),
)


@dataclass(frozen=True)
class Cost:
    """``cpu``: milliseconds of one request, the database's own included; ``rate``: requests a second."""

    cpu: float
    rate: float


@dataclass(frozen=True)
class Stand:
    """The two servers with the one that asks each, and the database server's own processes."""

    portal: Served
    asks_portal: Client
    bare: psutil.Process
    asks_bare: Client
    database: tuple[psutil.Process, ...]


@contextmanager
def stand(portal: Served, bare_url: str, database: tuple[psutil.Process, ...] = ()) -> Iterator[Stand]:
    port = servers.free_port()
    command = ["-m", "bench.bare", bare_url, str(port)]
    with (
        servers.server(command, {}, port) as bare,
        client(portal.port) as asks_portal,
        client(port) as asks_bare,
    ):
        yield Stand(portal, asks_portal, bare, asks_bare, database)


def measure(place: Stand, name: str) -> Iterator[Line]:
    """``name``: the database's."""
    for form in FORMS:
        pairs = [(_answers(place, form), _commits(place, form)) for _ in range(ROUNDS)]
        rate = median(answer.rate / commit.rate for answer, commit in pairs)
        cpu = median(commit.cpu / answer.cpu for answer, commit in pairs)
        rates = [median(cost.rate for cost in side) for side in zip(*pairs, strict=True)]
        cpus = [median(cost.cpu for cost in side) for side in zip(*pairs, strict=True)]
        yield at_least(
            f"{name}, {form.name}: throughput", rate, GOAL, f" ({rates[0]:.0f}/{rates[1]:.0f} a s)"
        )
        yield at_least(f"{name}, {form.name}: CPU", cpu, GOAL, f" ({cpus[0]:.2f}/{cpus[1]:.2f} ms)")


def _answers(place: Stand, form: Form) -> Cost:
    place.asks_portal.start_forms(place.portal.invite(form.key, form.people))
    return _cost(lambda: place.asks_portal.answer(form.pages), (place.portal.process, *place.database))


def _commits(place: Stand, form: Form) -> Cost:
    return _cost(lambda: place.asks_bare.keep(form.people * form.pages), (place.bare, *place.database))


def _cost(ask: Callable[[], Round], processes: tuple[psutil.Process, ...]) -> Cost:
    before = servers.cpu_seconds(processes)
    done = ask()
    spent = servers.cpu_seconds(processes) - before
    return Cost(cpu=1000 * spent / done.requests, rate=done.requests / done.seconds)
