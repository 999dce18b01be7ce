"""Which municipality a command is for."""

from __future__ import annotations

import click
from sqlalchemy import select

from database.base import Municipality
from database.tenancy import EVERYONE
from messaging.claims import set_pace
from portal.runtime import Portal

municipality_option = click.option(
    "--municipality", "slug", help="Its short name; not needed where there is only one."
)


def find_municipality(portal: Portal, slug: str | None) -> int:
    """The id; stops the command with a sentence when none or several fit."""
    with portal.database.read(EVERYONE) as session:
        known = {
            row.slug: row.id for row in session.scalars(select(Municipality).order_by(Municipality.slug))
        }
    fitting = [known[name] for name in known if slug in (None, name)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(known) or "none yet"
    raise click.ClickException(f"Say which municipality with --municipality. There are: {names}.")


def pace_command(portal: Portal) -> click.Command:
    @click.command("pace")
    @municipality_option
    @click.argument("per_second", type=click.IntRange(1, 10_000))
    def pace(slug: str | None, per_second: int) -> None:
        """So many messages may leave in a second, from all workers together."""
        municipality_id = find_municipality(portal, slug)
        with portal.database.write(municipality_id) as session:
            set_pace(session, municipality_id, per_second)

    return pace
