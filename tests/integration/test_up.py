"""``flask up`` as a process of its own: it starts, stops at once when asked, and keeps what it has."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STOPS_WITHIN = 20
"""Seconds; it takes half of one. On a build server that does six things at once, a tighter limit tells nothing."""


def environment(folder: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "FLASK_SKIP_DOTENV": "1",
        "PYTHONWARNINGS": "ignore",
        "SECRET_KEY": "a secret key that serves tests only, long",
        "ENCRYPTION_KEYS": "an encryption key that serves tests only",
        "INDEX_SECRET": "an index secret that serves tests only",
        "DATABASE_URL": f"sqlite:///{folder}/taletid.db",
        "PORT": str(port),
    }


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(folder: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and what it has said until it serves."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "up"],
        cwd=ROOT,
        env=environment(folder, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "Selam" in line:
                break
        yield process, said
    finally:
        process.kill()
        process.communicate()


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return str(answer.read().decode())


def stop(process: subprocess.Popen[str], number: signal.Signals) -> str:
    process.send_signal(number)
    rest, _ = process.communicate(timeout=STOPS_WITHIN)
    return rest


def test_a_new_folder_becomes_a_running_demo_that_stops_at_once_and_keeps_its_data(
    tmp_path: Path, port: int
) -> None:
    with running(tmp_path, port) as (process, said):
        assert "Making the demo municipality" in said
        assert f"http://127.0.0.1:{port}/telefon" in said
        assert "lone@aakoebing.example" in said
        assert json.loads(get(port, "/readyz"))["status"] == "ok"
        first = get(port, "/telefon")
        rest = stop(process, signal.SIGINT)
        assert process.returncode == 0, rest
        assert "Traceback" not in said + rest
    with running(tmp_path, port) as (process, said):
        assert "Making the demo" not in said
        assert json.loads(get(port, "/readyz"))["status"] == "ok"
        assert get(port, "/telefon") == first
        rest = stop(process, signal.SIGTERM)
        assert process.returncode == 0, rest
        assert "Traceback" not in said + rest


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with running(tmp_path, port) as (process, said):
            process.wait(timeout=20)
            assert process.returncode == 1
            assert f"Port {port} is taken" in said
            assert "Traceback" not in said
