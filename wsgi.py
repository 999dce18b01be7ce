"""The application that a WSGI server loads, and that ``flask --app wsgi`` finds."""

from portal.app import create_app
from portal.web import request_log

request_log.configure()
app = create_app()
