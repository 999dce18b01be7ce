"""What an OpenID provider says of itself (OpenID Connect Discovery 1.0), and calls to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from authlib.integrations.requests_client import OAuth2Session
from joserfc.jwk import KeySet

from messaging.http_calls import CallFailedError, Limited
from portal.config import MitIdBroker
from portal.services.openid.journey import NotProvedError, Why

PATIENCE_SECONDS = 5.0
WHAT_WE_KNOW_LASTS = timedelta(hours=1)
REST = timedelta(seconds=10)
"""After a call that came to nothing: anybody may ask, and each would hold a thread for as long as we wait."""
log = structlog.get_logger("broker")


class Provider:
    """One for the process. Every method raises NotProvedError (DOWN) when the provider does not answer, or not as a
    provider does."""

    def __init__(self, config: MitIdBroker, return_url: str, clock: Callable[[], datetime]) -> None:
        self._config, self._return_url, self._clock = config, return_url, clock
        self._known: dict[str, tuple[datetime, dict[str, Any]]] = {}
        self._rests_until: datetime | None = None

    def about(self) -> dict[str, Any]:
        about = self._look_up(self._config.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if about.get("issuer") != self._config.issuer:
            log.error("the provider calls itself by another name than MITID_ISSUER")
            raise NotProvedError(Why.DOWN)
        return about

    def endpoint(self, name: str) -> str:
        """Its other addresses are as safe as the one that was set."""
        url = self.about().get(name)
        if not isinstance(url, str) or url.split(":", 1)[0] != self._config.issuer.split(":", 1)[0]:
            log.error("the provider has no such address", name=name)
            raise NotProvedError(Why.DOWN)
        return url

    def keys(self) -> KeySet:
        """Those that sign; the others we have no use for, nor need to understand."""
        keys = self._look_up(self.endpoint("jwks_uri")).get("keys")
        usable = [
            key
            for key in (keys if isinstance(keys, list) else [])
            if isinstance(key, dict) and key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"
        ]
        return KeySet.import_key_set({"keys": usable})

    def forget_keys(self) -> None:
        self._known.pop(self.endpoint("jwks_uri"), None)

    def session(self) -> OAuth2Session:
        session = OAuth2Session(
            client_id=self._config.client_id,
            client_secret=self._config.client_secret,
            scope=self._config.scope,
            redirect_uri=self._return_url,
            code_challenge_method="S256",
        )
        session.max_redirects = 0
        for scheme in ("http://", "https://"):
            session.mount(scheme, Limited(PATIENCE_SECONDS))
        return session

    def _look_up(self, url: str) -> dict[str, Any]:
        """A JSON object of the provider's, asked for once an hour."""
        now = self._clock()
        known = self._known.get(url)
        if known is not None and now - known[0] < WHAT_WE_KNOW_LASTS:
            return known[1]
        if self._rests_until is not None and now < self._rests_until:
            raise NotProvedError(Why.DOWN)
        try:
            with self.session() as session:
                response = session.request("GET", url, withhold_token=True)
                response.raise_for_status()
                found = response.json()
        except (CallFailedError, ValueError) as error:
            self._rests_until = self._clock() + REST
            raise down(error) from error
        if not isinstance(found, dict):
            raise down(TypeError("no JSON object"))
        self._known[url] = now, found
        return found


def down(error: Exception) -> NotProvedError:
    log.error("the provider does not answer", error=type(error).__name__)
    return NotProvedError(Why.DOWN)


def refused(what: str) -> NotProvedError:
    """``what`` is never the provider's own words: they may hold who she is."""
    log.warning("sign-in refused", what=what)
    return NotProvedError(Why.REFUSED)
