"""How long an old phone on a poor line waits for the first page: in a real browser, beside an empty page."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from bench import seed
from bench.screen import ARGUMENTS
from bench.servers import Served
from bench.table import Line

KBIT_PER_SECOND, ROUND_TRIP_MS, SLOWER = 400, 400, 4
LINE = {
    "offline": False,
    "latency": ROUND_TRIP_MS,
    "downloadThroughput": KBIT_PER_SECOND * 1000 / 8,
    "uploadThroughput": KBIT_PER_SECOND * 1000 / 8,
}
GOAL_SECONDS = 2.0
TIMES = 5
BARE = b'<!doctype html><html lang="da"><title>Intet</title><h1>Intet</h1><button>Begynd</button>'
SEEN = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
USABLE = "performance.getEntriesByType('navigation')[0].domInteractive"
"""The button is there and works: it needs no script."""


def measure(portal: Served) -> Iterator[Line]:
    token = portal.invite(seed.PROGRESSION, 1)[0]
    with _bare_page() as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        nothing = _seconds(browser, bare)
        ours = _seconds(browser, f"http://127.0.0.1:{portal.port}/{token}")
        browser.close()
    figure = f"{ours:.1f} s (an empty page {nothing:.1f} s)"
    yield Line("the first page is seen and can be used", figure, f"<= {GOAL_SECONDS} s", ours <= GOAL_SECONDS)


def _seconds(browser: Browser, address: str) -> float:
    """Until the page is both seen and usable; each time as if for the first time."""
    return median(_once(browser, address) for _ in range(TIMES)) / 1000


def _once(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    phone = context.new_cdp_session(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", LINE)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    milliseconds = max(float(page.evaluate(SEEN)), float(page.evaluate(USABLE)))
    context.close()
    return milliseconds


@contextmanager
def _bare_page() -> Iterator[str]:
    class Bare(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(BARE)))
            self.end_headers()
            self.wfile.write(BARE)

        def log_message(self, *_: object) -> None:
            """Nothing beside the table."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bare)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
