"""The two signatures of a form that is posted: the session's cookie and the form's token."""

from __future__ import annotations

import time
from copy import deepcopy
from functools import lru_cache
from typing import Any

from flask import Flask, Request, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from itsdangerous import BadSignature, URLSafeTimedSerializer

FIELD = "csrf_token"
ITS_ADDRESS_IS_PROOF = (
    "portal.web.citizen.answering.submit_page",
    "portal.web.citizen.answering.give_what_waited",
    "portal.web.citizen.answering.switch_form_language",
    "portal.web.citizen.receipt.write_to_caseworker",
    "portal.web.citizen.receipt.say_who_helped",
    "portal.web.citizen.link.start_form",
    "portal.web.citizen.link.choose_link_language",
    "portal.web.citizen.link.send_new_link",
    "portal.web.citizen.link.say_not_me",
)
"""A form's address has 72 random bits and a link's 128, which no other site can know; and a phone that has dropped the
session, as phones do with a tab of yesterday, is met with no error (docs/decisions/0019)."""
CHANGES_NOBODYS = ("portal.web.citizen.display.choose_display",)
"""How pages look on the phone that asks."""


class _Sessions(SecureCookieSessionInterface):
    """Flask makes what signs anew for each request, though the key is the same from start to end. The same cookie
    comes with every request of a browser."""

    _made: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self._made is None:
            self._made = super().get_signing_serializer(app)
        return self._made

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """As the library does it, but a signature that was found right is not looked at again."""
        signed = request.cookies.get(self.get_cookie_name(app))
        serializer = self.get_signing_serializer(app)
        if not signed or serializer is None:
            return self.session_class()
        try:
            kept, signed_at = _checked(serializer, signed)
        except BadSignature:
            return self.session_class()
        if time.time() - signed_at > app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        return self.session_class(deepcopy(kept))


@lru_cache(maxsize=2000)
def _checked(serializer: URLSafeTimedSerializer, signed: str) -> tuple[dict[str, Any], float]:
    """What was signed, and when (seconds since 1970). Raises BadSignature, which is not remembered."""
    signer: Any = serializer.make_signer()
    payload, signed_at = signer.unsign(signed, return_timestamp=True)
    return serializer.load_payload(payload), signed_at.timestamp()


def install(app: Flask) -> CSRFProtect:
    app.session_interface = _Sessions()
    # Over https the library would ask for a Referer too, and our pages tell nobody where the reader came from.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    csrf = CSRFProtect(app)
    for view in (*ITS_ADDRESS_IS_PROOF, *CHANGES_NOBODYS):
        csrf.exempt(view)

    @app.before_request
    def keep_token() -> None:
        """A posted token that was found right stands in the answer's form too: no second one is signed."""
        if g.get("csrf_valid") and FIELD in request.form:
            g.csrf_token = request.form[FIELD]

    return csrf
