"""Prism, which speaks by a provider's own OpenAPI description: as a mock, or between us and another server."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.doubles.kannel import free_ports

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "openapi"
DESCRIPTION = FOLDER / "twilio_messages.json"
PROGRAM = FOLDER / "node_modules" / ".bin" / "prism"
READY = b"Prism is listening"


@contextmanager
def prism(upstream: str | None = None) -> Iterator[str]:
    """Its address: a mock, or a proxy to ``upstream`` that lets nothing pass which breaks the description."""
    if not PROGRAM.exists():
        raise FileNotFoundError("Prism is missing. Run “make test”, or “npm ci” in tests/openapi.")
    (port,) = free_ports(1)
    way = ["proxy", str(DESCRIPTION), upstream] if upstream else ["mock", str(DESCRIPTION)]
    command = [str(PROGRAM), *way, "--errors", "-h", "127.0.0.1", "-p", str(port)]
    # Node is the machine's, or stands beside Python where the package of its binaries was installed.
    path = os.pathsep.join(filter(None, [str(ROOT / ".venv" / "bin"), os.environ.get("PATH", "")]))
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | {"PATH": path}
    )
    assert process.stdout
    reading = threading.Thread(target=shutil.copyfileobj, args=(process.stdout, _Nowhere()))
    try:
        if not any(READY in line for line in process.stdout):
            raise RuntimeError("Prism did not start")
        reading.start()
        yield f"http://127.0.0.1:{port}"
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
