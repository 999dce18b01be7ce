"""A process of its own for work on what strangers sent, and for work that would leave the portal large.

A file from outside is unpacked away from the keys and connections that the portal holds open: the child gets
the file's bytes and a bounded share of the machine, and gives bytes back. It is no sandbox: it runs as the same
user. What it needed goes with it: the libraries take 50 MB that the serving process would keep for good.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from pkgutil import resolve_name
from threading import BoundedSemaphore
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = BoundedSemaphore(2)
"""Children at the same time, for each process: two pictures, not fifty, are unpacked at once."""
IN_LINE = BoundedSemaphore(5)
"""Who works or waits, for each process: the other threads of the server are there for who only reads and writes."""
PATIENCE_SECONDS = 20
MOST_MEMORY = 1024 * 1024 * 1024
"""Of addresses, not of memory used: about a third is the libraries' own maps."""
START = "import sys; sys.path.insert(0, sys.argv[1]); from portal.services import workshop; workshop.work()"

Answer = tuple[dict[str, Any], list[bytes]]
"""Facts, and as many pieces of bytes as were made."""
Task = Callable[[dict[str, Any], bytes], Answer]
"""A function at the top of a module of ours: it is found by its name, and loads what it needs in the child alone."""


class NotDoneError(Exception):
    """The child took too long, wanted too much or broke down."""


class BusyError(NotDoneError):
    """Others were before, for as long as anybody waits."""


def have_done(task: Task, facts: dict[str, Any], content: bytes = b"") -> Answer:
    """What ``task`` gives, called in the child.

    Raises NotDoneError; BusyError when it did not come to it.
    """
    name = f"{task.__module__}:{task.__qualname__}"
    request = json.dumps({"task": name, **facts}).encode() + b"\n" + content
    command = [sys.executable, "-I", "-c", START, str(ROOT)]
    with _place(IN_LINE, 0), _place(AT_ONCE, PATIENCE_SECONDS):
        try:
            done = subprocess.run(  # noqa: S603 — the words are our own; what strangers sent goes in as input
                command, input=request, capture_output=True, timeout=PATIENCE_SECONDS, env={}, check=True
            )
            return _unpacked(done.stdout)
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            raise NotDoneError(type(error).__name__) from error


@contextmanager
def _place(places: BoundedSemaphore, patience: float) -> Iterator[None]:
    if not places.acquire(timeout=patience):
        raise BusyError
    try:
        yield
    finally:
        places.release()


def work() -> None:
    """The child's side: one task from standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE_SECONDS, PATIENCE_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    facts = json.loads(head)
    answer, pieces = resolve_name(facts.pop("task"))(facts, content)
    sys.stdout.buffer.write(_packed(answer, pieces))


def _packed(answer: dict[str, Any], pieces: list[bytes]) -> bytes:
    head = json.dumps({"answer": answer, "lengths": [len(piece) for piece in pieces]})
    return head.encode() + b"\n" + b"".join(pieces)


def _unpacked(output: bytes) -> Answer:
    head, _, rest = output.partition(b"\n")
    packed, pieces = json.loads(head), []
    for length in packed["lengths"]:
        pieces.append(rest[:length])
        rest = rest[length:]
    return packed["answer"], pieces
