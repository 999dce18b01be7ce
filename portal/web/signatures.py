"""The two signatures of a form that is posted: the session's cookie and the form's token."""

from __future__ import annotations

from flask import Flask, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

FIELD = "csrf_token"
ITS_ADDRESS_IS_PROOF = "portal.web.citizen.answering.submit_page"
"""An answer goes to an address with 72 random bits, which no other site can know; and a phone that has dropped the
session, as phones do with a tab of yesterday, loses no answer (docs/decisions/0019)."""


class _Sessions(SecureCookieSessionInterface):
    """Flask makes what signs anew for each request, though the key is the same from start to end."""

    _made: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self._made is None:
            self._made = super().get_signing_serializer(app)
        return self._made


def install(app: Flask) -> CSRFProtect:
    app.session_interface = _Sessions()
    # Over https the library would ask for a Referer too, and our pages tell nobody where the reader came from.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    csrf = CSRFProtect(app)
    csrf.exempt(ITS_ADDRESS_IS_PROOF)

    @app.before_request
    def keep_token() -> None:
        """A posted token that was found right stands in the answer's form too: no second one is signed."""
        if g.get("csrf_valid") and FIELD in request.form:
            g.csrf_token = request.form[FIELD]

    return csrf
