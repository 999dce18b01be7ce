"""The application that a WSGI server loads, and that ``flask --app wsgi`` finds."""

from portal.app import create_app

app = create_app()
