"""The application that a WSGI server loads, and that ``flask --app wsgi`` finds."""

import os
import sys

from flask import Flask
from flask.cli import load_dotenv
from flask.helpers import get_load_dotenv

from portal.config import Settings
from portal.environment import SettingError
from portal.web import request_log


def _load() -> Flask:
    """A wrong setting is told before all that the application consists of is loaded, which takes longest."""
    try:
        settings = Settings.from_env(os.environ)
    except SettingError as error:
        sys.exit(f"Taletid cannot start. {error}")  # the sentence, and no trace: it is for an operator
    from portal.app import create_app  # noqa: PLC0415

    return create_app(settings)


request_log.configure()
if get_load_dotenv():  # flask itself reads .env too late for --help; a variable that is set stays as it is
    load_dotenv()
app = _load()
