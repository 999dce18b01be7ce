"""``flask up``, which ``make run`` calls: from an empty folder to a running product, and where to go in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import NoReturn

import click
from flask import Flask, url_for
from sqlalchemy.orm import Session

from database.tenancy import EVERYONE
from portal.cli import demo, serving
from portal.cli.database import bring_up
from portal.content import demo_people as content
from portal.runtime import Portal
from portal.services.demo import accounts, removal


def up_command(app: Flask, portal: Portal) -> click.Command:
    @click.command("up")
    @serving.port_option
    def up(port: int) -> None:
        """Bring the tables up to date, make the demo where there is nothing yet, say where to go, and serve."""
        bring_up(portal)
        server = serving.listen(app, port)
        if _needs_demo(portal):
            click.echo("Making the demo municipality. It takes a few seconds, this once.")
            demo.make(portal)
            server.close()
            _begin_anew()
        click.echo("\n".join(_guide(app, portal)))
        serving.run(server, app, portal, quiet=True)

    return up


def _begin_anew() -> NoReturn:
    """The very same command in the same process, without the 60 MB that making the demo leaves behind."""
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 — our own command, as it was given


def _needs_demo(portal: Portal) -> bool:
    with portal.database.read(EVERYONE) as session:
        return portal.settings.has_simulator and removal.is_empty(session)


def _guide(app: Flask, portal: Portal) -> Iterator[str]:
    at = portal.settings.public_url
    yield ""
    yield f"Taletid runs at {at}. Ctrl-C stops it."
    with portal.database.read(EVERYONE) as session, app.test_request_context(base_url=at):
        if portal.settings.has_simulator:
            yield ""
            yield f"The citizens' phones   {url_for('simulator.list_phones', _external=True)}"
        if accounts.accounts(session, portal.clock()):
            yield from _demo_guide(session, portal)
        yield ""


def _demo_guide(session: Session, portal: Portal) -> Iterator[str]:
    yield ""
    yield f"Staff sign in at       {url_for('staff.show_sign_in', _external=True)}"
    yield f"  password             {content.PASSWORD}"
    yield f"  code                 {url_for('simulator.show_codes', _external=True)}"
    for each in accounts.accounts(session, portal.clock()):
        yield f"  {each.role:<20} {each.email}"
    yield ""
    yield f"A citizen's own pages  {url_for('citizen.show_pin', _external=True)}"
    yield from demo.citizen_lines(session)
