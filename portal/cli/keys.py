"""``flask keys``: the encryption keys."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from database.encryption import keyring
from portal.runtime import Portal
from portal.services import key_rotation
from portal.services.key_rotation import UnreadableRowError


def key_commands(portal: Portal) -> AppGroup:
    group = AppGroup("keys", help="Change the encryption keys.")

    @group.command("rotate")
    def rotate() -> None:
        """Encrypt everything anew with the first of ENCRYPTION_KEYS; afterwards the others can go."""
        try:
            for progress in key_rotation.rotate(portal.database, keyring()):
                click.echo(f"{progress.table}: {progress.seen} rows, {progress.changed} changed")
        except UnreadableRowError as error:
            raise click.ClickException(str(error)) from error
        click.echo("Everything is under the newest key. The older ones can be taken out of ENCRYPTION_KEYS.")

    return group
