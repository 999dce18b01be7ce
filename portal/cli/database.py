"""``flask db``: the tables."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal import worker
from portal.runtime import Portal
from portal.store import schema


def database_commands(portal: Portal) -> AppGroup:
    group = AppGroup("db", help="Migrate the database.")

    @group.command("upgrade")
    def upgrade() -> None:
        """Bring the tables to this version of the product."""
        schema.upgrade(portal.database.engine)
        worker.make_tables(portal)
        click.echo("The database is up to date.")

    return group
