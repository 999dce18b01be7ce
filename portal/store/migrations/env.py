"""Alembic's environment: one connection, handed over by ``portal.store.migrating``."""

from __future__ import annotations

from typing import Literal

from alembic import context

from database.types import Encrypted, EncryptedJson, UtcDateTime
from portal.store.tables import METADATA


def is_ours(name: str | None, kind: str, parents: object) -> bool:  # noqa: ARG001
    """Only our own tables: huey keeps its own in the same PostgreSQL database."""
    return kind != "table" or name in METADATA.tables


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Our own column types by what the database sees: a migration must not change when they do."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return "sa.Text()" if isinstance(item, Encrypted | EncryptedJson) else False


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_name=is_ours,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    context.run_migrations()


run()
