"""``flask serve`` and ``flask worker``: the product in one process, or its background work in one of its own."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click
import waitress
from flask import Flask

from portal import worker
from portal.runtime import Portal
from portal.services import background

THREADS = 8


def serve_command(app: Flask, portal: Portal) -> click.Command:
    @click.command("serve")
    @click.option("--port", default=8000, envvar="PORT", show_default=True, help="The port on 127.0.0.1.")
    def serve(port: int) -> None:
        """Serve web and background work in one process on this machine."""
        server = waitress.create_server(app, host="127.0.0.1", port=port, threads=THREADS)
        threads = worker.consumer(portal, workers=2)
        threads.start()
        for number in (signal.SIGINT, signal.SIGTERM):  # after start(), which takes them for itself
            signal.signal(number, _leave)
        background.sweep(portal)
        try:
            server.run()
        finally:
            threads.stop()
            server.close()

    return serve


def worker_command(portal: Portal) -> click.Command:
    @click.command("worker")
    @click.option("--workers", default=2, show_default=True, help="Threads that send and receive.")
    @click.option("--no-sweep", is_flag=True, help="For all but one worker of an installation.")
    def work(workers: int, no_sweep: bool) -> None:
        """Do the background work in a process of its own (needs QUEUE_URL)."""
        if portal.settings.queue_url == "memory:":
            raise click.ClickException(
                "QUEUE_URL must name Redis or PostgreSQL when the worker stands alone."
            )
        worker.consumer(portal, workers=workers, periodic=not no_sweep).run()

    return work


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
