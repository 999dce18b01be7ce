"""Alembic's environment: one connection, handed over by ``portal.store.schema``."""

from __future__ import annotations

from alembic import context

from portal.store.tables import METADATA


def is_ours(name: str | None, kind: str, parents: object) -> bool:  # noqa: ARG001
    """Only our own tables: huey keeps its own in the same PostgreSQL database."""
    return kind != "table" or name in METADATA.tables


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_name=is_ours,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    context.run_migrations()


run()
