"""A phone as the portal meets it: it opens a link, presses the button and answers page by page with htmx."""

from __future__ import annotations

import re
from html import unescape
from typing import Protocol
from urllib.parse import urlencode, urljoin

from bench.http import Reply

BROWSER = {
    "Connection": "keep-alive",
    "sec-ch-ua-platform": '"Android"',
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile Safari/537.36",
    "sec-ch-ua": '"Chromium";v="141", "Not?A_Brand";v="8"',
    "sec-ch-ua-mobile": "?1",
    "Sec-Fetch-Site": "same-origin",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "da-DK,da;q=0.9",
}
"""What Chromium on a phone sends with every request."""
NAVIGATION = {
    "Upgrade-Insecure-Requests": "1",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-User": "?1",
    "Sec-Fetch-Dest": "document",
}
HTMX = {"HX-Request": "true", "Accept": "*/*", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

FORM_TAG = re.compile(r'<form\b[^>]*\baction="([^"]*\bpaa=[^"]*)"')
FIELD = re.compile(r"<input\b[^>]*>")
NAME, VALUE, KIND = (re.compile(rf'\b{name}="([^"]*)"') for name in ("name", "value", "type"))


class Sends(Protocol):
    """A way to the portal: a connection, or the application itself."""

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Reply: ...


class Phone:
    """One citizen with one link; ``token`` is the link's."""

    def __init__(self, connection: Sends, token: str) -> None:
        self._connection = connection
        self._cookies: dict[str, str] = {}
        self._link = f"/{token}"
        self._page = ""
        self._address = ""

    def open(self) -> Reply:
        """The page behind the link."""
        reply = self._send("GET", self._link, NAVIGATION)
        self._page = reply.text
        return reply

    def start(self) -> Reply:
        """The button: from here on the form is hers, and the first question shows."""
        begun = self._post(self._link, {}, NAVIGATION)
        self._address = begun.header("location")
        question = self._send("GET", self._address, NAVIGATION)
        self._page = question.text
        return question

    def look(self) -> Reply:
        """The page she is on, once more."""
        return self._send("GET", self._address, NAVIGATION)

    @property
    def is_done(self) -> bool:
        """The form is sent in, and she is on the receipt."""
        return self._address.endswith("/tak")

    def answer(self) -> Reply:
        """Takes the first choice of each question, or writes a word; the next question comes back."""
        target = FORM_TAG.search(self._page)
        if target is None:
            raise RuntimeError(f"no question on this page: {self._page[:400]}")
        reply = self._post(urljoin(self._address, unescape(target[1])), self._filled(), self._htmx())
        if reply.status != 200:
            raise RuntimeError(f"{reply.status} to an answer: {reply.text[:400]}")
        self._page = reply.text
        self._address = reply.header("hx-push-url") or reply.header("hx-redirect") or self._address
        return reply

    def _filled(self) -> dict[str, str]:
        values: dict[str, str] = {}
        for field in FIELD.findall(self._page):
            name, value, kind = (
                found[1] if (found := part.search(field)) else "" for part in (NAME, VALUE, KIND)
            )
            if kind in ("radio", "checkbox", "hidden"):
                values.setdefault(unescape(name), unescape(value))
        for name in re.findall(r'<textarea\b[^>]*\bname="([^"]*)"', self._page):
            values[unescape(name)] = "Jeg vil gerne arbejde med dyr."
        return values

    def _htmx(self) -> dict[str, str]:
        return {**HTMX, "HX-Current-URL": f"http://127.0.0.1{self._address}"}

    def _post(self, path: str, values: dict[str, str], headers: dict[str, str]) -> Reply:
        return self._send("POST", path, {**headers, **FORM}, urlencode(values).encode())

    def _send(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Reply:
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        reply = self._connection.send(method, path, {**headers, **(cookies if self._cookies else {})}, body)
        for name, value in reply.headers:
            if name == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self._cookies[key] = kept
        return reply
