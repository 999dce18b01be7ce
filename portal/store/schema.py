"""The schema's version. Alembic and what it brings (7 MB) is loaded where there is something to migrate: a process
that only serves asks whether there is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Engine, column, inspect, select, table
from sqlalchemy.orm import Session

VERSIONS = Path(__file__).parent / "migrations" / "versions"
STANDS_AT = table("alembic_version", column("version_num"))


def upgrade(engine: Engine) -> None:
    """To the newest version, from whatever there is."""
    with Session(engine) as session:
        is_there = is_at_head(session)
    if not is_there:
        from portal.store import migrating  # noqa: PLC0415

        migrating.upgrade(engine)


@cache
def head() -> str:
    """The number that the newest migration's file begins with."""
    return max(path.name for path in VERSIONS.glob("[0-9]*.py")).partition("_")[0]


def is_at_head(session: Session) -> bool:
    if not inspect(session.connection()).has_table(STANDS_AT.name):
        return False
    return session.scalars(select(STANDS_AT.c.version_num)).all() == [head()]
