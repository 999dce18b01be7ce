"""A local server that speaks Twilio's wire format: POST /2010-04-01/Accounts/{sid}/Messages.json."""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

SID = "AC" + "0" * 32
TOKEN = "the token of the account"


@dataclass(frozen=True)
class Answer:
    """What the server says instead of 201; `drop`: it closes the line, `silent`: it never answers."""

    status: int = 201
    code: int | None = None
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    drop: bool = False
    silent: bool = False


class TwilioServer(ThreadingHTTPServer):
    """Checks the credentials as Twilio does; `answers` are given in order, then everything is accepted."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[Answer] = []
        self.requests: list[dict[str, str]] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def twilio_server() -> Iterator[TwilioServer]:
    server = TwilioServer()
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
    server: TwilioServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        fields = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.server.requests.append(fields)
        answer = self.server.answers.pop(0) if self.server.answers else Answer()
        if self.path != f"/2010-04-01/Accounts/{SID}/Messages.json":
            answer = Answer(404, 20404, f"The requested resource {self.path} was not found")
        elif not self._signed_in():
            answer = Answer(401, 20003, "Authenticate")
        if answer.silent:
            self.server.closing.wait()
        if answer.silent or answer.drop:
            self.close_connection = True
            return
        self._send(answer, fields)

    def log_message(self, format: str, *args: object) -> None:
        """A test reads `requests`; nothing is printed."""

    def _signed_in(self) -> bool:
        scheme, _, word = self.headers.get("Authorization", "").partition(" ")
        return scheme == "Basic" and b64decode(word).decode() == f"{SID}:{TOKEN}"

    def _send(self, answer: Answer, fields: dict[str, str]) -> None:
        body = answer.body if answer.body is not None else json.dumps(self._resource(answer, fields))
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json;charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def _resource(self, answer: Answer, fields: dict[str, str]) -> dict[str, object]:
        if answer.status >= 400:
            info = f"https://www.twilio.com/docs/errors/{answer.code}"
            return {
                "code": answer.code,
                "message": answer.message,
                "more_info": info,
                "status": answer.status,
            }
        sid = f"SM{len(self.server.requests):032x}"
        return {
            "account_sid": SID,
            "api_version": "2010-04-01",
            "body": fields["Body"],
            "date_created": "Wed, 18 Nov 2026 10:00:00 +0000",
            "date_sent": None,
            "date_updated": "Wed, 18 Nov 2026 10:00:00 +0000",
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": fields["From"],
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": "USD",
            "sid": sid,
            "status": "queued",
            "subresource_uris": {"media": f"/2010-04-01/Accounts/{SID}/Messages/{sid}/Media.json"},
            "to": fields["To"],
            "uri": f"/2010-04-01/Accounts/{SID}/Messages/{sid}.json",
        }
