"""Prism, which speaks by a provider's own OpenAPI description: as a mock, or between us and another server."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.doubles.kannel import free_ports
from tests.doubles.node import ROOT, serving_node

FOLDER = ROOT / "tests" / "openapi"
TWILIOS_OWN = FOLDER / "node_modules/@twilio/cli-core/src/services/twilio-api/twilio_api_v2010.json"
SENDING = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
PROGRAM = FOLDER / "node_modules" / ".bin" / "prism"
READY = b"Prism is listening"


@contextmanager
def prism(upstream: str | None = None) -> Iterator[str]:
    """Its address: a mock, or a proxy to ``upstream`` that lets nothing pass which breaks the description."""
    if not PROGRAM.exists() or not TWILIOS_OWN.exists():
        raise FileNotFoundError("Prism is missing. Run “make test”, or “npm ci” in tests/openapi.")
    with tempfile.TemporaryDirectory(prefix="taletid-prism-") as folder:
        description = Path(folder) / "sending.json"
        description.write_text(json.dumps(_sending_only()), encoding="utf-8")
        with _running(description, upstream) as address:
            yield address


def _sending_only() -> dict[str, Any]:
    """Twilio's description of one operation, word for word: the whole of it takes Prism half a minute to read."""
    whole = json.loads(TWILIOS_OWN.read_text(encoding="utf-8"))
    sending = whole["paths"][SENDING]
    sending.pop("get")
    return {**whole, "paths": {SENDING: sending}, "tags": []}


@contextmanager
def _running(description: Path, upstream: str | None) -> Iterator[str]:
    (port,) = free_ports(1)
    way = ["proxy", str(description), upstream] if upstream else ["mock", str(description)]
    command = [str(PROGRAM), *way, "--errors", "-h", "127.0.0.1", "-p", str(port)]
    with serving_node(command, READY, FOLDER):
        yield f"http://127.0.0.1:{port}"
