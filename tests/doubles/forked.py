"""Web and workers as processes of their own, each at work in a moment: they are forked from one that has loaded
everything. ``python -m tests.doubles.forked`` reads a line for each ("web 8123", "worker --no-sweep"), says its
process id, and ends them all when its input ends. A worker looks five times a second whether its queue is there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import waitress

from portal.app import create_app
from portal.cli import serving
from portal.web import request_log

ROOT = Path(__file__).parents[2]


class Starter:
    def __init__(self, asked: IO[str], told: IO[str]) -> None:
        self._asked, self._told = asked, told

    def start(self, what: str) -> int:
        """The process's id."""
        self._asked.write(f"{what}\n")
        self._asked.flush()
        return int(self._told.readline())


@contextmanager
def starter(env: Mapping[str, str], complaints: Path) -> Iterator[Starter]:
    """What the processes write goes into the file ``complaints``."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.doubles.forked"]
    pipe = subprocess.PIPE
    with (
        complaints.open("ab") as file,
        subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, stderr=file, text=True
        ) as process,
    ):
        assert process.stdin and process.stdout
        yield Starter(process.stdin, process.stdout)
        process.stdin.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(what: str, *arguments: str) -> None:
    request_log.configure()
    app = create_app()
    if what == "web":
        waitress.serve(app, host="127.0.0.1", port=int(arguments[0]), threads=4)
    else:
        app.cli.main([what, *arguments])


def main() -> None:
    serving.HEALTH_CHECK_SECONDS = 0.2
    create_app().extensions["taletid"].database.dispose()
    children = []
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(2, 1)
            try:
                _run(*line.split())
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(0)  # whatever happens, it never goes on as its parent
        children.append(child)
        print(child, flush=True)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
