"""Commands for operators: ``flask --app wsgi COMMAND``. One file a group; here they are put in."""

from __future__ import annotations

from flask import Flask

from portal.cli.accounts import account_commands
from portal.cli.database import database_commands
from portal.cli.demo import demo_commands
from portal.cli.founding import municipality_commands
from portal.cli.keys import key_commands
from portal.cli.municipalities import pace_command
from portal.cli.questionnaires import questionnaire_commands
from portal.cli.serving import serve_command, worker_command
from portal.cli.texts import text_commands
from portal.cli.up import up_command
from portal.cli.whatsapp import whatsapp_commands
from portal.runtime import Portal


def install(app: Flask, portal: Portal) -> None:
    app.cli.add_command(database_commands(portal))
    app.cli.add_command(demo_commands(portal))
    app.cli.add_command(key_commands(portal))
    app.cli.add_command(account_commands(portal))
    app.cli.add_command(municipality_commands(portal))
    app.cli.add_command(pace_command(portal))
    app.cli.add_command(questionnaire_commands(portal))
    app.cli.add_command(serve_command(app, portal))
    app.cli.add_command(worker_command(portal))
    app.cli.add_command(text_commands(portal))
    app.cli.add_command(up_command(app, portal))
    app.cli.add_command(whatsapp_commands(portal))
