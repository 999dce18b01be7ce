"""A local server that stands in for a provider: it hears messages over HTTP and answers as it is told to."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar


@dataclass(frozen=True)
class Answer:
    """What the server says instead of yes; `status` None is the provider's own yes.

    `drop`: it closes the line, `silent`: it never answers, `slow`: it answers after that many seconds, `endless`: its
    answer comes a byte at a time, and never to an end.
    """

    status: int | None = None
    code: int | str | None = None
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    drop: bool = False
    silent: bool = False
    slow: float = 0.0
    endless: bool = False


@dataclass(frozen=True)
class Heard:
    """One request as it came."""

    path: str
    headers: Message
    body: bytes


class ProviderServer(ThreadingHTTPServer, ABC):
    """`answers` are given in order, then everything is accepted; `requests` holds the fields of each request."""

    daemon_threads = True
    accepts_with = 200
    content_type = "application/json"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[Answer] = []
        self.requests: list[dict[str, str]] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @abstractmethod
    def fields(self, heard: Heard) -> dict[str, str]:
        """What the request says, each value as text."""

    @abstractmethod
    def objection(self, heard: Heard, fields: dict[str, str]) -> Answer | None:
        """The provider's own refusal: of a wrong address, wrong credentials, a sender it does not take."""

    @abstractmethod
    def resource(self, answer: Answer, fields: dict[str, str]) -> str:
        """The body of the provider's yes or no."""


Server = TypeVar("Server", bound=ProviderServer)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: ProviderServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        heard = Heard(self.path, self.headers, self.rfile.read(int(self.headers["Content-Length"])))
        fields = self.server.fields(heard)
        self.server.requests.append(fields)
        answer = self.server.answers.pop(0) if self.server.answers else Answer()
        answer = self.server.objection(heard, fields) or answer
        if answer.silent or answer.slow:
            self.server.closing.wait(answer.slow or None)
        if answer.silent or answer.drop:
            self.close_connection = True
        elif answer.endless:
            self._drip()
        else:
            self._send(answer, fields)

    def log_message(self, format: str, *args: object) -> None:
        """A test reads `requests`; nothing is printed."""

    def _send(self, answer: Answer, fields: dict[str, str]) -> None:
        body = answer.body if answer.body is not None else self.server.resource(answer, fields)
        self.send_response(answer.status or self.server.accepts_with)
        self.send_header("Content-Type", f"{self.server.content_type};charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def _drip(self) -> None:
        self.close_connection = True
        self.send_response(self.server.accepts_with)
        self.end_headers()
        try:
            while not self.server.closing.wait(0.05):
                self.wfile.write(b" ")
        except OSError:
            pass  # the caller has had enough, as it should
