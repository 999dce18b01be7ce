"""``flask whatsapp``: a municipality's number on WhatsApp."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal.cli.municipalities import find_municipality, municipality_option
from portal.environment import E164
from portal.runtime import Portal
from portal.store.municipalities import own


def whatsapp_commands(portal: Portal) -> AppGroup:
    group = AppGroup(
        "whatsapp", help="WhatsApp as a channel of the thread. What goes that way passes through Meta."
    )

    @group.command("on")
    @click.argument("number")
    @municipality_option
    def switch_on(number: str, slug: str | None) -> None:
        """Let NUMBER (such as +4510900009, registered for WhatsApp at Twilio) be the municipality's."""
        if not portal.settings.has_whatsapp:
            raise click.ClickException("WhatsApp needs GATEWAY=twilio.")
        if not E164.fullmatch(number):
            raise click.ClickException("The number must look like +4510900009.")
        _set(portal, slug, number)
        click.echo("On. A caseworker can answer there for 24 hours after each message of the citizen.")

    @group.command("off")
    @municipality_option
    def switch_off(slug: str | None) -> None:
        """Nobody can write there any more; what stands in the threads stays."""
        _set(portal, slug, None)
        click.echo("Off.")

    return group


def _set(portal: Portal, slug: str | None, number: str | None) -> None:
    with portal.database.write(find_municipality(portal, slug)) as session:
        own(session).whatsapp_number = number
