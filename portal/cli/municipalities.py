"""Which municipality a command is for."""

from __future__ import annotations

import click
from sqlalchemy import select

from database.base import Municipality
from database.tenancy import EVERYONE
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
