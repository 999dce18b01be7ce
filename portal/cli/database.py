"""``flask db``: the tables."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal import worker
from portal.runtime import Portal
from portal.services.texts import shipped
from portal.store import schema


def database_commands(portal: Portal) -> AppGroup:
    group = AppGroup("db", help="Migrate the database.")

    @group.command("upgrade")
    def upgrade() -> None:
        """Bring the tables to this version of the product, and tell which texts it changes."""
        bring_up(portal)
        click.echo("The database is up to date.")

    return group


def bring_up(portal: Portal) -> None:
    schema.upgrade(portal.database.engine)
    worker.make_tables(portal)
    changed = shipped.take_in(portal, portal.clock())
    if changed:
        click.echo(f"{changed} texts that ship with the product have changed: see /tekster/nyt.")
