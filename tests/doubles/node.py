"""A server that runs on Node, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def serving_node(command: Sequence[str], ready: bytes, folder: Path) -> Iterator[None]:
    """From when it has said ``ready``. ``command``: a program, or "node" and what it runs."""
    # Node is the machine's, or stands beside Python where the package of its binaries was installed.
    path = os.pathsep.join(filter(None, [str(ROOT / ".venv" / "bin"), os.environ.get("PATH", "")]))
    program = shutil.which(command[0], path=path) or command[0]
    process = subprocess.Popen(
        [program, *command[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"PATH": path},
        cwd=folder,
    )
    assert process.stdout
    reading = threading.Thread(target=shutil.copyfileobj, args=(process.stdout, _Nowhere()))
    try:
        if not any(ready in line for line in process.stdout):
            raise RuntimeError(f"{program} did not start")
        reading.start()
        yield
    finally:
        process.kill()
        process.wait()
        if reading.ident:
            reading.join()
        process.stdout.close()


class _Nowhere:
    """A full pipe would stop it."""

    def write(self, data: bytes) -> int:
        return len(data)
