"""``flask account``: a way back in for who has lost her password or her phone, when no administrator can help."""

from __future__ import annotations

import sys

import click
import segno
from flask.cli import AppGroup

from database.tenancy import EVERYONE
from portal.runtime import Portal
from portal.services import accounts as services
from portal.services.accounts import Credentials
from portal.services.sign_in import email_index
from portal.store import accounts


def account_commands(portal: Portal) -> AppGroup:
    group = AppGroup("account", help="Staff accounts, for when no administrator can sign in.")

    @group.command("reset")
    @click.argument("email")
    def reset(email: str) -> None:
        """Give the account with this EMAIL a new password and a new key, and unlock it.

        The old ones stop working, and she is signed out everywhere. The new ones are shown once. It is written to
        the audit log. Administrators do the same for their colleagues on the account's page.
        """
        show_once(_reset(portal, email), portal.settings.public_url)

    return group


def show_once(given: Credentials, public_url: str) -> None:
    """With a square code for the app, on a terminal."""
    click.echo(f"{given.name} signs in at {public_url}/log-ind with")
    click.echo(f"  e-mail    {given.email}")
    click.echo(f"  password  {given.password}")
    click.echo(f"  key       {given.totp_secret}")
    click.echo(
        "\nShe puts the key into an authenticator app, which then shows the six digits, and changes the password"
    )
    click.echo("under “Konto”. This is shown once: only a hash of the password is kept.")
    if sys.stdout.isatty():
        segno.make(given.totp_uri, error="l").terminal(compact=True)


def _reset(portal: Portal, email: str) -> Credentials:
    with portal.database.read(EVERYONE) as session:
        person = accounts.staff_by_email(session, email_index(email))
    if person is None:
        raise click.ClickException("Nobody has an account with this e-mail.")
    if not person.is_active:
        raise click.ClickException(
            "The account is closed. An administrator can open it under “Medarbejdere”."
        )
    with portal.database.write(person.municipality_id) as session:
        given = services.reset_account(session, person.id, None, portal.clock())
    assert given is not None  # noqa: S101 — accounts are closed, never deleted
    return given
