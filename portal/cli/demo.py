"""``flask demo``: the invented municipality, to try everything with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from database.tenancy import EVERYONE
from portal.content import demo_people as content
from portal.runtime import Portal
from portal.services.demo import accounts, removal
from portal.services.demo.build import build as build_demo
from portal.services.demo.removal import NotADemoError


def demo_commands(portal: Portal) -> AppGroup:
    group = AppGroup("demo", help="Make the invented municipality and show how to sign in to it.")

    @group.command("build")
    @click.option("--yes", is_flag=True, help="Do not ask before an older demo is replaced.")
    def build(yes: bool) -> None:
        """Make the demo municipality, or make it anew; a database with any other is left alone."""
        _refuse(portal)
        with portal.database.read(EVERYONE) as session:
            is_new = removal.is_empty(session)
        if not is_new and not yes:
            click.confirm("What was done in the demo will be gone. Make it anew?", abort=True)
        make(portal)
        click.echo("The demo municipality is ready. “flask demo accounts” shows how to sign in.")

    @group.command("accounts")
    def show_accounts() -> None:
        """Show how to sign in to the demo: e-mails, the password, the codes of this moment, and some citizens."""
        with portal.database.read(EVERYONE) as session:
            lines = [*staff_lines(session, portal.clock()), "", *citizen_lines(session)]
        click.echo("\n".join(lines))

    return group


def make(portal: Portal) -> None:
    """Stops the command with a sentence where the database is not a demo's."""
    try:
        build_demo(portal, portal.clock())
    except NotADemoError as error:
        raise _not_a_demo(error) from None


def staff_lines(session: Session, now: datetime) -> Iterator[str]:
    found = accounts.accounts(session, now)
    if not found:
        raise click.ClickException("There is no demo here. “flask demo build” makes one.")
    yield f"Password of all staff: {content.PASSWORD}"
    yield f"Codes for the next {accounts.seconds_left(now)} seconds:"
    for each in found:
        yield f"  {each.role:<14} {each.email:<26} {each.code}   {each.name}"


def citizen_lines(session: Session) -> Iterator[str]:
    yield f"PIN of these citizens: {content.PIN}"
    for each in accounts.citizens(session):
        yield f"  {each.name:<18} {each.language}   short code {each.short_code}   phone {each.phone}"


def _refuse(portal: Portal) -> None:
    if not portal.settings.has_simulator:
        raise click.ClickException(
            "The demo's phones are simulated: it can only be made where GATEWAY is simulator."
        )
    try:
        with portal.database.read(EVERYONE) as session:
            removal.refuse_others(session)
    except NotADemoError as error:
        raise _not_a_demo(error) from None


def _not_a_demo(error: NotADemoError) -> click.ClickException:
    return click.ClickException(f"This database holds {error}, which is not a demo. Nothing was changed.")
