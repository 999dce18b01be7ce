"""The real application behind the real server, in a thread of the test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask
from waitress import wasyncore

THREADS = 4


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """The address it listens at; port 0 takes a free one. Every socket is closed at the end, so that none is left
    to warn in some other test."""
    server = waitress.create_server(app, host="127.0.0.1", port=port, threads=THREADS)
    stopping = threading.Event()

    def serve() -> None:
        while not stopping.is_set():
            wasyncore.loop(timeout=1, map=server._map, count=1, use_poll=True)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        stopping.set()
        server.pull_trigger()
        thread.join()
        # Only now: the loop may have woken by itself, and what wakes it must be open until then.
        server.task_dispatcher.shutdown()
        wasyncore.close_all(server._map, ignore_all=True)
