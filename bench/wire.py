"""Bytes on the wire, headers included, as a phone with Chromium and script asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench import seed
from bench.http import Connection
from bench.phone import BROWSER, Phone
from bench.servers import Served
from bench.table import Line, at_most

FIRST_PAGE = 14_480
"""What ten segments of 1,448 bytes carry: a server's first flight, one round trip."""
STEP = 1_500
STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
STYLE = {"Accept": "text/css,*/*;q=0.1", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "style"}


def measure(portal: Served) -> Iterator[Line]:
    connection = Connection(portal.port, BROWSER)
    [token] = portal.invite(seed.SCREENING, 1)
    phone = Phone(connection, token)
    page = phone.open()
    styles = sum(connection.send("GET", path, STYLE).received for path in STYLESHEET.findall(page.text))
    yield at_most("first page, with its style", page.received + styles, FIRST_PAGE, " B")
    yield Line("  of that: the page / the style", f"{page.received:,} / {styles:,} B")
    for key in (seed.PROGRESSION, seed.SCREENING):
        yield from _steps(connection, portal.invite(key, 1)[0], key)
    connection.close()


def _steps(connection: Connection, token: str, name: str) -> Iterator[Line]:
    phone = Phone(connection, token)
    phone.open()
    phone.start()
    replies = [phone.answer()]
    while not phone.is_done:
        replies.append(phone.answer())
    largest = max(replies, key=lambda reply: reply.received)
    yield at_most(f"the largest step of {name}", largest.received, STEP, " B")
    yield Line("  of that: headers; and the request that asked", f"{largest.head:,} B; {largest.sent:,} B")
