"""The application that a WSGI server loads, and that ``flask --app wsgi`` finds."""

import sys

from portal.app import create_app
from portal.config import SettingError
from portal.web import request_log

request_log.configure()
try:
    app = create_app()
except SettingError as error:
    sys.exit(f"Taletid cannot start. {error}")  # the sentence, and no trace: it is for an operator
