"""``flask municipality``: add a municipality, and list those there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click
from flask.cli import AppGroup

from database.tenancy import EVERYONE
from portal.cli.accounts import show_once
from portal.runtime import Portal
from portal.services import founding
from portal.services.founding import Problem, Refused, Wanted
from portal.store import municipalities
from portal.store.municipalities import Listed

SENTENCES = {
    Problem.IS_A_DEMO: "This database holds the demo, whose accounts are known to everybody. Give the real "
    "municipality a database of its own (DATABASE_URL).",
    Problem.NAME: "--name must be 1 to 80 characters on one line.",
    Problem.SLUG: "--slug must begin with a letter and hold a to z, digits and single hyphens, at most 40 characters.",
    Problem.SLUG_TAKEN: "--slug: another municipality has this short name.",
    Problem.OFFICE_NAME: "--office-name must be 1 to 80 characters on one line.",
    Problem.OFFICE_PHONE: "--office-phone must be a phone number, such as 70 10 20 30, at most 20 characters.",
    Problem.SENDER: "--sender must be 1 to 11 letters a to z, digits or spaces, with at least one letter.",
    Problem.SENDER_TAKEN: "--sender: another municipality sends under this name.",
    Problem.REPLY_NUMBER: "--reply-number must be a phone number, such as +4552525252.",
    Problem.REPLY_NUMBER_TAKEN: "--reply-number: another municipality has this number.",
    Problem.ADMIN_NAME: "--admin-name must be 1 to 80 characters.",
    Problem.ADMIN_EMAIL: "--admin-email must be an e-mail address.",
    Problem.ADMIN_EMAIL_TAKEN: "--admin-email: somebody has an account with this address.",
}
_OPTIONS = (
    ("--name", "Name of the municipality", "What citizens read, such as “Nordby Kommune”."),
    (
        "--office-name",
        "Name of the office",
        "What the employment service calls itself, such as “Jobcenter Nordby”.",
    ),
    ("--office-phone", "Phone of the office", "Where citizens can call."),
    (
        "--sender",
        "Sender of SMS",
        "The name on an SMS with a link: at most 11 letters a to z, digits and spaces.",
    ),
    ("--admin-name", "Name of the first administrator", "Who signs in first, and adds the others."),
    ("--admin-email", "E-mail of the first administrator", "What she signs in with."),
)


def municipality_commands(portal: Portal) -> AppGroup:
    group = AppGroup("municipality", help="Add a municipality, and list those there are.")

    @group.command("add")
    @_asked
    @click.option(
        "--reply-number", default="", help="The number that citizens answer to. Without one nobody can."
    )
    @click.option("--slug", default="", help="A short name for commands and addresses; made from the name.")
    def add(**typed: str) -> None:
        """Make a municipality with the questionnaires that ship and its first administrator.

        What is not given as an option is asked for. What she signs in with is shown once.
        """
        made = founding.found(portal.database, Wanted(**typed), portal.clock())
        if isinstance(made, Refused):
            raise click.ClickException("\n".join([*_sentences(made), "Nothing was made."]))
        click.echo(f"{made.slug} is made, with {made.questionnaires} questionnaires.\n")
        show_once(made.administrator, portal.settings.public_url)

    @group.command("list")
    def show() -> None:
        """Show each municipality with how it sends, and how many staff and citizens it has."""
        with portal.database.read(EVERYONE) as session:
            rows = municipalities.listed(session)
        click.echo("\n".join(map(_line, rows)) or "None yet. “flask municipality add” makes one.")

    return group


def _asked(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, prompt, text in reversed(_OPTIONS):
        command = click.option(name, prompt=prompt, help=text)(command)
    return command


def _sentences(refused: Refused) -> Iterator[str]:
    return (SENTENCES[problem] for problem in refused.problems)


def _line(row: Listed) -> str:
    own = row.municipality
    number = own.reply_number or "no reply number"
    demo = "  demo" if own.is_demo else ""
    counts = f"staff {row.staff}  citizens {row.citizens}"
    return f"{own.slug:<20} {own.name:<28} {own.sms_sender:<11} {number:<16} {counts}{demo}"
