"""Background work. huey only wakes the workers: what must not be lost is a row in the outbox or the inbox.

Embedded (``memory:``) the workers are threads of the one process; at scale the same tasks run in processes of
their own (``flask worker``) on Redis or PostgreSQL. A wake-up that is lost costs time, never a message: the
sweep runs each minute and when a worker starts.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, crontab
from huey.consumer import Consumer

from portal.runtime import Portal
from portal.services import background

log = structlog.get_logger("worker")


def attach(portal: Portal) -> None:
    """Builds the queue, declares its tasks and hands the portal its way to wake them."""
    queue = _queue(portal.settings.queue_url)
    portal.queue = queue
    queue.periodic_task(crontab(minute="*"), name="sweep")(_logged(lambda: background.sweep(portal)))


def consumer(portal: Portal, *, workers: int, periodic: bool = True) -> Consumer:
    """Threads that do the work; polling five times a second keeps an SMS from waiting."""
    assert portal.queue is not None  # noqa: S101 — attach() ran before
    return portal.queue.create_consumer(workers=workers, periodic=periodic, initial_delay=0.05, max_delay=0.2)


def _logged(work: Callable[[], object]) -> Callable[[], None]:
    """A failing task is logged without its arguments and tried again by the sweep."""

    def run() -> None:
        try:
            work()
        except Exception as error:
            log.error("task failed", error=type(error).__name__, exc_info=True)

    return run


def _queue(url: str) -> Huey:
    if url == "memory:":
        return MemoryHuey("taletid", results=False)
    if url.startswith(("postgres://", "postgresql://")):
        return PostgresHuey("taletid", dsn=url, results=False)
    return RedisHuey("taletid", url=url, results=False)
