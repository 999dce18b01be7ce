"""A worker that starts while its database is away waits for it; one whose connection is cut just then lives on."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import structlog
from sqlalchemy import make_url

from portal import worker
from portal.app import build_portal
from portal.runtime import Portal
from tests.web.conftest import settings_for

MakePortal = Callable[[str], Portal]


@pytest.fixture
def portal_with_queue(tmp_path: Path) -> MakePortal:
    """Its own database is never asked."""

    def make(queue_url: str) -> Portal:
        return build_portal(replace(settings_for(f"sqlite:///{tmp_path}/portal.db"), queue_url=queue_url))

    return make


@pytest.fixture
def queue_url(postgres_url: str) -> str:
    return make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)


def test_a_process_is_built_without_asking_the_queue_s_database(portal_with_queue: MakePortal) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        portal = portal_with_queue(f"postgresql://nobody@127.0.0.1:{nobody.getsockname()[1]}/away")
        waits: list[float] = []

        def pause(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 8:
                raise TimeoutError

        with structlog.testing.capture_logs() as logged, pytest.raises(TimeoutError):
            worker.wait_for_queue(portal, pause)
    assert waits == [0.5, 1, 2, 4, 8, 15, 15, 15]
    assert {line["event"] for line in logged} == {"the queue does not answer yet"}


def test_the_worker_goes_on_as_soon_as_the_database_answers(
    portal_with_queue: MakePortal, queue_url: str
) -> None:
    portal = portal_with_queue("postgresql://nobody@127.0.0.1:1/away")
    assert portal.queue is not None
    storage = portal.queue.storage

    def comes_back(_seconds: float) -> None:
        storage.dsn = queue_url

    worker.wait_for_queue(portal, comes_back)
    assert storage.queue_size() == 0
    storage.close()


def test_a_connection_that_is_cut_while_the_worker_starts_is_made_anew(
    portal_with_queue: MakePortal, queue_url: str
) -> None:
    portal = portal_with_queue(queue_url)
    worker.wait_for_queue(portal)
    assert portal.queue is not None
    storage = portal.queue.storage
    with psycopg.connect(queue_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [storage.conn.info.backend_pid])
    waits: list[float] = []
    worker.wait_for_queue(portal, waits.append)
    assert waits == [0.5]
    assert storage.queue_size() == 0
    storage.close()


def test_a_start_s_sweep_that_fails_is_logged_and_ends_nothing(
    portal_with_queue: MakePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(_portal: Portal) -> None:
        raise OSError

    monkeypatch.setattr(worker, "sweep", cut_off)
    with structlog.testing.capture_logs() as logged:
        worker.start_sweep(portal_with_queue("memory:"))
    assert [(line["event"], line["error"]) for line in logged] == [("task failed", "OSError")]
