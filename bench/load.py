"""A load client, a process of its own: a few kept-alive connections that each ask again once they are answered.

It is told what to do by lines of JSON and answers each with one; `Client` starts it and talks to it. Usage of
the process: ``python -m bench.load PORT``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.http import Connection
from bench.phone import BROWSER, FORM, HTMX, Phone

CONNECTIONS = 4
BARE = b"question=health_coping&value=3"


@dataclass(frozen=True)
class Round:
    requests: int
    seconds: float


class Client:
    """The process, as who measures sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start_forms(self, tokens: list[str]) -> None:
        self._ask(["start_forms", tokens])

    def answer(self, pages: int) -> Round:
        """Answers so many pages of each form that was started."""
        return Round(*self._ask(["answer", pages]))

    def keep(self, count: int) -> Round:
        """As many requests to the bare view."""
        return Round(*self._ask(["keep", count]))

    def _ask(self, order: list[Any]) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load client has stopped")
        return json.loads(line)


@contextmanager
def client(port: int) -> Iterator[Client]:
    command = [sys.executable, "-W", "ignore", "-m", "bench.load", str(port)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Client(process)
    finally:
        process.terminate()
        process.wait(timeout=30)


class _Crowd:
    """Each connection has its own share of the phones, and its own thread."""

    def __init__(self, port: int) -> None:
        self._connections = [Connection(port, BROWSER) for _ in range(CONNECTIONS)]
        self._phones: list[list[Phone]] = []
        self._threads = ThreadPoolExecutor(CONNECTIONS)

    def start_forms(self, tokens: list[str]) -> None:
        self._phones = [
            [Phone(connection, token) for token in tokens[place::CONNECTIONS]]
            for place, connection in enumerate(self._connections)
        ]
        self._together(self._start)

    def answer(self, pages: int) -> tuple[int, float]:
        return self._timed(lambda place: _answer(self._phones[place], pages))

    def keep(self, count: int) -> tuple[int, float]:
        return self._timed(lambda place: _keep(self._connections[place], count // CONNECTIONS))

    def _start(self, place: int) -> int:
        for phone in self._phones[place]:
            phone.open()
            phone.start()
        return len(self._phones[place])

    def _timed(self, work: Callable[[int], int]) -> tuple[int, float]:
        began = time.perf_counter()
        return self._together(work), time.perf_counter() - began

    def _together(self, work: Callable[[int], int]) -> int:
        return sum(self._threads.map(work, range(CONNECTIONS)))


def _answer(phones: list[Phone], pages: int) -> int:
    for _ in range(pages):
        for phone in phones:
            phone.answer()
    return pages * len(phones)


def _keep(connection: Connection, count: int) -> int:
    for _ in range(count):
        connection.send("POST", "/keep", {**HTMX, **FORM}, BARE)
    return count


def main(port: int) -> None:
    crowd = _Crowd(port)
    for line in sys.stdin:
        order, argument = json.loads(line)
        print(json.dumps(getattr(crowd, order)(argument)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
