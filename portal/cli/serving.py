"""``flask serve`` and ``flask worker``: the product in one process, or its background work in one of its own."""

from __future__ import annotations

import ctypes
import errno
import gc
import signal
import sys
from functools import partial
from threading import Event
from types import FrameType
from typing import Any

import click
import waitress
from flask import Flask
from huey.consumer import Consumer

from portal import worker
from portal.runtime import Portal
from portal.web import live, request_log, uploads

THREADS = 8
"""For requests, however many streams are open."""
STREAMS = 24
"""Open threads that are told of news at once; each holds a thread that sleeps, and brings it: threads that wait for
nothing take turns all the same, and each finds what it needs out of the processor's reach."""
HEALTH_CHECK_SECONDS = 10.0
M_TRIM_THRESHOLD, M_ARENA_MAX = -1, -8
"""Of glibc's malloc.h."""


port_option = click.option(
    "--port", default=8000, envvar="PORT", show_default=True, help="The port on 127.0.0.1."
)


def serve_command(app: Flask, portal: Portal) -> click.Command:
    @click.command("serve")
    @port_option
    def serve(port: int) -> None:
        """Serve web and background work in one process on this machine."""
        run(listen(app, port), app, portal)

    return serve


def listen(app: Flask, port: int) -> Any:
    """The server, holding its port; stops the command with a sentence where the port is taken."""
    try:
        server = waitress.create_server(
            app,
            host="127.0.0.1",
            port=port,
            threads=THREADS,
            max_request_body_size=uploads.LARGEST_REQUEST,
            channel_request_lookahead=1,  # or nobody tells a stream that its reader has left
        )
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise click.ClickException(
            f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1} make run"
        ) from None
    seats = live.seats(app)
    seats.limit = STREAMS
    seats.tell = lambda taken: server.task_dispatcher.set_thread_count(THREADS + taken)
    return server


def run(server: Any, app: Flask, portal: Portal, *, quiet: bool = False) -> None:
    """Serve until SIGINT or SIGTERM. ``quiet``: log what goes wrong, not each request."""
    if quiet:
        request_log.configure(quiet=True)
    _share_one_heap()
    threads = worker.consumer(portal, workers=2)
    threads.start()
    for number in (signal.SIGINT, signal.SIGTERM):  # after start(), which takes them for itself
        signal.signal(number, partial(_leave, live.seats(app)))
    worker.start_sweep(portal)
    gc.collect()
    gc.freeze()  # what is there by now stays to the end: no later look for garbage goes through it again
    try:
        server.run()
    finally:
        server.close()
        _stop(portal, threads)


def _share_one_heap() -> None:
    """Threads that take turns gain nothing from a heap each, and leave more of it half used: 17 MB after a thousand
    answers. Freed memory goes back to the machine from 128 KiB on."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have no such heaps
    if mallopt is not None:
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_TRIM_THRESHOLD, 128 * 1024)


def worker_command(portal: Portal) -> click.Command:
    @click.command("worker")
    @click.option(
        "--workers", default=2, show_default=True, type=click.IntRange(2), help="Threads that take up tasks."
    )
    @click.option("--no-sweep", is_flag=True, help="For all but one worker of an installation.")
    def work(workers: int, no_sweep: bool) -> None:
        """Do the background work in a process of its own (needs QUEUE_URL)."""
        if portal.settings.queue_url == "memory:":
            raise click.ClickException(
                "QUEUE_URL must name Redis or PostgreSQL when the worker stands alone."
            )
        worker.wait_for_queue(portal)
        threads = worker.consumer(portal, workers=workers, periodic=not no_sweep)
        threads.start()
        told = _told_to_leave()
        if not no_sweep:
            worker.start_sweep(portal)
        has_more = False
        while not told.wait(0 if has_more else HEALTH_CHECK_SECONDS):
            threads.check_worker_health()
            has_more = not no_sweep and worker.stand_in(portal)
        _stop(portal, threads)

    return work


def _told_to_leave() -> Event:
    """Set by SIGINT or SIGTERM; to be asked for after the consumer's start(), which takes them for itself."""
    told = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    return told


def _stop(portal: Portal, threads: Consumer) -> None:
    """The messages in hand are finished, the others put back. What else is under way begins anew the next time."""
    portal.crew.leave()
    portal.crew.wait()
    threads.stop(graceful=False)


def _leave(seats: live.Seats, _number: int, _frame: FrameType | None) -> None:
    seats.closing.set()
    sys.exit(0)
