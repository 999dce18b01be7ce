"""Background work. huey only wakes the workers: what must not be lost is a row in the outbox or the inbox.

Embedded (``memory:``) the workers are threads of the one process; at scale the same tasks run in processes of
their own (``flask worker``) on Redis or PostgreSQL. A wake-up that is lost costs time, never a message: the
sweep runs each minute and when a worker starts.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, crontab
from huey.consumer import Consumer

from portal.runtime import Portal
from portal.services import background, sendings

log = structlog.get_logger("worker")

DELIVER, RECEIVE, FEED = "deliver", "receive", "feed"
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 15.0
REDIS_SECONDS = 2.0
"""So long Redis may take for an answer. A page that wakes a worker waits no longer; a worker's own question to an
empty queue takes one second of it."""


def attach(portal: Portal) -> None:
    """Builds the queue, declares its tasks and hands the portal its way to wake them."""
    queue = _queue(portal.settings.queue_url)
    portal.queue = queue
    portal.wake_delivery = _task(queue, DELIVER, lambda: background.deliver(portal))
    portal.wake_inbound = _task(queue, RECEIVE, lambda: background.receive(portal))
    portal.wake_sendings = _task(queue, FEED, lambda: sendings.feed(portal))

    queue.periodic_task(crontab(minute="*"), name="sweep")(_logged("sweep", lambda: sweep(portal)))


def sweep(portal: Portal) -> None:
    """Each minute and when a worker starts. Several at once do no harm."""
    assert portal.queue is not None  # noqa: S101 — attach() ran before
    for name in (DELIVER, RECEIVE, FEED):
        portal.queue.delete(_waiting(name))  # left behind when a worker died with a wake-up in its hands
    background.sweep(portal)


def start_sweep(portal: Portal) -> None:
    """The sweep of a process that starts. Where the database is cut off just then, the next one comes in a minute."""
    _logged("sweep", lambda: sweep(portal))()


def make_tables(portal: Portal) -> None:
    """What the queue keeps on PostgreSQL."""
    if isinstance(portal.queue, PostgresHuey):
        portal.queue.storage.initialize_schema()


def wait_for_queue(portal: Portal, pause: Callable[[float], object] = time.sleep) -> None:
    """Until the queue answers, for as long as it takes: a worker that starts while its database does, or while a
    connection is cut, is no worker less. On Redis huey itself waits."""
    seconds = FIRST_WAIT_SECONDS
    while (trouble := _trouble_with(portal)) is not None:
        log.warning("the queue does not answer yet", error=trouble, again_in_seconds=seconds)
        pause(seconds)
        seconds = min(2 * seconds, LONGEST_WAIT_SECONDS)


def _trouble_with(portal: Portal) -> str | None:
    """What may pass by itself; None when there is nothing. What will not, such as a wrong right, is raised."""
    if not isinstance(portal.queue, PostgresHuey):
        return None
    from psycopg import IntegrityError, OperationalError  # noqa: PLC0415 — not installed where all is one process

    try:
        make_tables(portal)
    except (
        OperationalError,
        IntegrityError,
    ) as error:  # the latter: several make the tables at the same moment
        return type(error).__name__
    return None


def consumer(portal: Portal, *, workers: int, periodic: bool = True) -> Consumer:
    """Threads that do the work. In one process they look five times a second, so that no SMS waits. PostgreSQL and
    Redis tell them at once; there the wait is for a queue that is away, and each look is a line in the log."""
    assert portal.queue is not None  # noqa: S101 — attach() ran before
    longest = 0.2 if isinstance(portal.queue, MemoryHuey) else REDIS_SECONDS
    return portal.queue.create_consumer(
        workers=workers, periodic=periodic, initial_delay=0.05, max_delay=longest
    )


def stand_in(portal: Portal) -> bool:
    """While the queue is away nobody is woken, and no sweep falls due: this process does a round of all the work by
    itself. True when that left something due."""
    assert portal.queue is not None  # noqa: S101 — attach() ran before
    try:
        portal.queue.storage.queue_size()
        return False
    except Exception as error:  # each kind of queue has its own
        log.warning("the queue does not answer: working without it", error=type(error).__name__)
    left: list[bool] = []
    _logged("stand in", lambda: left.append(_work_alone(portal)))()
    return any(left)


def _work_alone(portal: Portal) -> bool:
    background.sweep(portal)
    background.receive(portal)
    sendings.feed(portal)
    return background.deliver(portal).more


def _task(queue: Huey, name: str, work: Callable[[], object]) -> Callable[[], None]:
    """A task and its way to be woken. However often it is woken, one wake-up waits in the queue."""

    def run() -> None:
        queue.delete(_waiting(name))  # before we look: whatever comes from here on needs a wake-up of its own
        work()

    task = queue.task(name=name)(_logged(name, run))

    def wake() -> None:
        try:
            if queue.put_if_empty(_waiting(name), 1):
                task()
        except Exception as error:
            # The caller's work is committed: a queue that is down may delay what follows, not undo it.
            log.error("nobody woken", task=name, error=type(error).__name__)

    return wake


def _waiting(name: str) -> str:
    return f"waiting:{name}"


def _logged(name: str, work: Callable[[], object]) -> Callable[[], None]:
    """A failing task is logged without its arguments and tried again by the sweep."""

    def run() -> None:
        try:
            work()
        except Exception as error:
            log.error("task failed", task=name, error=type(error).__name__, exc_info=True)

    return run


def _queue(url: str) -> Huey:
    if url == "memory:":
        return MemoryHuey("taletid", results=False)
    if url.startswith(("postgres://", "postgresql://")):
        # Making its tables at once would end every process that starts while the database is away.
        return PostgresHuey("taletid", dsn=url, results=False, create_tables=False)
    from redis import ConnectionPool  # noqa: PLC0415 — not installed where all is one process

    seconds = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
    return RedisHuey("taletid", connection_pool=ConnectionPool.from_url(url, **seconds), results=False)
