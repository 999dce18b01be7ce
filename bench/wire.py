"""Bytes on the wire, headers included, as a phone with Chromium and script asks. The heaviest language counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench import seed
from bench.http import Connection, Reply
from bench.phone import BROWSER, Phone
from bench.servers import Served
from bench.table import Line, at_most
from i18n.locales import LOCALES

FIRST_PAGE = 14_000
"""A server's first flight carries ten segments of 1,448 bytes: one round trip."""
STEP = 1_200
WHOLE_FORM = 100_000
"""Sixty questions from the link to the receipt. The best known survey tool takes 162 kB."""
STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPT = re.compile(r'<script src="([^"]+)"')
LOADED = {"Accept": "*/*", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}


@dataclass(frozen=True)
class Journey:
    """Of one citizen. ``first``: the page behind the link and its style; ``whole``: all that came, to the receipt."""

    language: str
    page: Reply
    first: int
    steps: list[Reply]
    whole: int

    @property
    def largest(self) -> Reply:
        return max(self.steps, key=lambda reply: reply.received)


def measure(portal: Served) -> Iterator[Line]:
    for key in (seed.PROGRESSION, seed.SCREENING):
        journeys = [_journey(portal, key, language) for language in LOCALES]
        heavy = max(journeys, key=lambda journey: journey.first)
        yield at_most(
            f"{key}: first page, with its style", heavy.first, FIRST_PAGE, " B", f" ({heavy.language})"
        )
        yield Line(
            "  of that: the page / the style",
            f"{heavy.page.received:,} / {heavy.first - heavy.page.received:,} B",
        )
        heavy = max(journeys, key=lambda journey: journey.largest.received)
        yield at_most(f"{key}: the largest step", heavy.largest.received, STEP, " B", f" ({heavy.language})")
        yield Line(
            "  of that: headers; and the request that asked",
            f"{heavy.largest.head:,} B; {heavy.largest.sent:,} B",
        )
        heavy = max(journeys, key=lambda journey: journey.whole)
        name = f"{key}: all {len(heavy.steps)} steps, with scripts and receipt"
        yield at_most(name, heavy.whole, WHOLE_FORM, " B", f" ({heavy.language})")


def _journey(portal: Served, key: str, language: str) -> Journey:
    connection = Connection(portal.port, BROWSER)
    phone = Phone(connection, portal.invite(key, 1, language)[0])
    kept: dict[str, int] = {}

    def beside(page: Reply, kind: re.Pattern[str]) -> int:
        """What the page brings along, once."""
        new = [path for path in kind.findall(page.text) if path not in kept]
        kept.update({path: connection.send("GET", path, LOADED).received for path in new})
        return sum(kept[path] for path in new)

    page = phone.open()
    first = page.received + beside(page, STYLESHEET)
    question = phone.start()
    whole = first + question.received + beside(question, STYLESHEET) + beside(question, SCRIPT)
    steps = [phone.answer()]
    while not phone.is_done:
        steps.append(phone.answer())
    receipt = phone.look()
    whole += sum(reply.received for reply in steps) + receipt.received + beside(receipt, SCRIPT)
    connection.close()
    return Journey(language, page, first, steps, whole)
