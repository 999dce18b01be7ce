"""The application that a WSGI server loads, and that ``flask --app wsgi`` finds."""

import sys

from flask.cli import load_dotenv
from flask.helpers import get_load_dotenv

from portal.app import create_app
from portal.environment import SettingError
from portal.web import request_log

request_log.configure()
if get_load_dotenv():  # flask itself reads .env too late for --help; a variable that is set stays as it is
    load_dotenv()
try:
    app = create_app()
except SettingError as error:
    sys.exit(f"Taletid cannot start. {error}")  # the sentence, and no trace: it is for an operator
