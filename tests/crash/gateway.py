"""A gateway double in Kannel's manner: takes messages over HTTP, reports to the portal, and is as bad as gateways get.

It writes each message it takes to a file before it answers. Then it may be slow, say nonsense, hang up, or be too
busy; its reports come once, twice or in the wrong order; and phones write to the portal through it, each SMS posted
twice under one id. What the portal took of those it writes down too.
"""

from __future__ import annotations

import http.client
import os
import random
import threading
from base64 import b64encode
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from messaging.kannel_gateway import CALLER

SECRET = "a-secret-that-serves-tests-only-x"
TROUBLE = 0.25
"""The share of requests that get no plain answer."""


@dataclass(frozen=True)
class Town:
    """Where everything is: ports on this machine, and the folder with the notes."""

    folder: Path
    url: str
    web_port: int
    gateway_port: int
    numbers: tuple[str, ...] = ()

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def note(self, file: str, line: str) -> None:
        """One write to the end of a file: whole, or not at all, whoever is killed."""
        handle = os.open(self.folder / file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(handle, f"{line}\n".encode())
        finally:
            os.close(handle)

    def noted(self, file: str) -> list[str]:
        path = self.folder / file
        return path.read_text().split() if path.exists() else []

    @property
    def is_calm(self) -> bool:
        return (self.folder / "calm").exists()


def serve(town: Town) -> None:
    server = _Server(("127.0.0.1", town.gateway_port), _handler(town))
    threading.Thread(target=_phones_write, args=(town,), daemon=True).start()
    server.serve_forever()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Who called was killed, or gave up: that is what this is about."""


def _handler(town: Town) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            reference = urlsplit(self.headers["X-Kannel-DLR-URL"]).path.rsplit("/", 1)[-1]
            mood = 1.0 if town.is_calm else random.random()
            if mood < TROUBLE / 5:
                self._answer(503, b"3: not taken")  # unsure, for who calls
                return
            town.note("taken", reference)
            threading.Thread(target=_report, args=(town, reference), daemon=True).start()
            if mood < TROUBLE / 2:
                self.connection.close()
                return
            if mood < TROUBLE:
                pause(0.5)
            self._answer(
                202, b"what?" if mood > 1 - TROUBLE / 5 and mood < 1 else b"0: Accepted for delivery"
            )

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """The files tell."""

    return Handler


def _report(town: Town, reference: str) -> None:
    """Delivered, then the older "with the operator", and the first once more; as long as the portal is down, again."""
    for status in random.choice(("1", "81", "181", "11")):
        for _ in range(40):
            if _call(town, "GET", f"/webhooks/kannel/status/{reference}?status={status}&answer=x") == 204:
                break
            pause(0.5)


def _phones_write(town: Town) -> None:
    for number in range(10**6):
        if town.is_calm:
            return
        sms_id = f"{os.getpid()}-{number}"
        taken = [_hand_in(town, sms_id) for _ in range(2)]
        if any(taken):
            town.note("handed_in", sms_id)
        pause(0.2)


def _hand_in(town: Town, sms_id: str) -> bool:
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "X-Kannel-From": random.choice(town.numbers),
        "X-Kannel-To": "+4510900000",
        "X-Kannel-Coding": "0",
    }
    return (
        _call(town, "POST", f"/webhooks/kannel/inbound?id={sms_id}", headers, b"Hej, det gik fint") // 100
        == 2
    )


def _call(
    town: Town, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
) -> int:
    known = {"Authorization": "Basic " + b64encode(f"{CALLER}:{SECRET}".encode()).decode()}
    connection = http.client.HTTPConnection("127.0.0.1", town.web_port, timeout=5)
    try:
        connection.request(method, path, body, {**known, **(headers or {})})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def pause(most_seconds: float) -> None:
    threading.Event().wait(random.uniform(0, most_seconds))
