"""Debian's Kannel as real processes: bearerbox, smsbox, and an operator with phones (fakesmsc), on free ports."""

from __future__ import annotations

import queue
import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote, unquote_to_bytes

from tests.doubles.kannel_server import CALLBACK_SECRET, PASSWORD, USERNAME

PROGRAMS = Path("/usr/sbin")
FAKESMSC = Path("/usr/lib/kannel/test/fakesmsc")
PATIENCE = 20.0
A_MOMENT = 0.05
_GOT = re.compile(r"Got message \d+: <(\S+) (\S+) (?:udh \S+ )?(text|ucs-2|data) (.*)>$")

CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = none-that-matters
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1

group = smsc
smsc = fake
smsc-id = operator
host = 127.0.0.1
port = {operator}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {boxes}
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
http-request-retry = 20
http-queue-delay = 1

group = sendsms-user
username = {username}
password = "{password}"
concatenation = true
max-messages = 20

group = sms-service
keyword = default
catch-all = true
post-url = "http://kannel:{secret}@127.0.0.1:{portal}/webhooks/kannel/inbound?id=%I"
send-sender = true
max-messages = 0
"""


@dataclass(frozen=True)
class Phone:
    """An SMS as the operator got it; of a longer one, a part."""

    sender: str
    to: str
    text: str


@dataclass
class Kannel:
    """`url` is smsbox; `portal_port` is where it calls."""

    url: str
    portal_port: int
    said: IO[bytes]
    screen: queue.Queue[Phone] = field(default_factory=queue.Queue)

    def next_sms(self) -> Phone:
        return self.screen.get(timeout=PATIENCE)

    def write_sms(self, from_: str, to: str, text: str) -> None:
        """On a phone."""
        line = f"{from_} {to} ucs2 {quote(text.encode('utf-16-be'))}"
        if text.isascii():
            line = f"{from_} {to} text {text}"
        self.said.write(line.encode() + b"\n")
        self.said.flush()


@contextmanager
def kannel(folder: Path) -> Iterator[Kannel]:
    admin, boxes, operator, sendsms, portal = free_ports(5)
    path = folder / "kannel.conf"
    path.write_text(
        CONFIGURATION.format(
            admin=admin,
            boxes=boxes,
            operator=operator,
            sendsms=sendsms,
            portal=portal,
            username=USERNAME,
            password=PASSWORD,
            secret=CALLBACK_SECRET,
        )
    )
    with ExitStack() as running:
        running.enter_context(_started([str(PROGRAMS / "bearerbox"), str(path)], folder / "bearerbox.log"))
        _listens(boxes)
        _listens(operator)
        running.enter_context(_started([str(PROGRAMS / "smsbox"), str(path)], folder / "smsbox.log"))
        _listens(sendsms)
        phones = running.enter_context(
            _started([str(FAKESMSC), "-H", "127.0.0.1", "-r", str(operator), "-i", "0.01"])
        )
        assert phones.stdin and phones.stdout
        found = Kannel(f"http://127.0.0.1:{sendsms}", portal, phones.stdin)
        watching = threading.Thread(target=_watch, args=(phones.stdout, found.screen))
        watching.start()
        yield found
        phones.terminate()
        watching.join()


def free_ports(count: int) -> list[int]:
    """All different: each is held until all are known."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


@contextmanager
def _started(command: list[str], log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Its output goes to `log`, or to us."""
    with ExitStack() as files:
        output = files.enter_context(log.open("wb")) if log else subprocess.PIPE
        process = files.enter_context(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT)
        )
        try:
            yield process
        finally:
            process.kill()


def _listens(port: int) -> None:
    for _ in range(int(PATIENCE / A_MOMENT)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(A_MOMENT)
    raise TimeoutError(f"nobody listens at {port}")


def _watch(lines: IO[bytes], screen: queue.Queue[Phone]) -> None:
    for line in lines:
        got = _GOT.search(line.decode(errors="replace").rstrip("\n"))
        if got:
            sender, to, kind, text = got.groups()
            screen.put(Phone(sender, to, _read(kind, text)))


def _read(kind: str, text: str) -> str:
    if kind == "text":
        return text
    raw = unquote_to_bytes(text.replace("+", " "))
    return raw.decode("utf-16-be" if kind == "ucs-2" else "utf-8")
