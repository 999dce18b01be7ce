"""The broker that signs citizens in with MitID: the way there, what it sends back, and the way out.

Authorization code with PKCE (RFC 7636, S256), state and nonce; the id_token is checked as OpenID Connect Core
§3.1.3.7 says, and for its level of assurance. Of all that the broker tells, a keyed hash of the subject leaves this
module, and nothing else.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError

from database.encryption import blind_index
from messaging.http_calls import CallFailedError
from portal.config import MitIdBroker
from portal.services.openid.journey import TIME_TO_SIGN_IN, Journey, NotProvedError, Why
from portal.services.openid.provider import Provider, down, refused

SUBJECT_PURPOSE = "mitid subject"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Keys that only the provider has: never "none", and never our own secret."""
LEEWAY_SECONDS = 60
"""Two clocks may be this far apart."""
LONGEST_SUBJECT = 255
LIKE_A_CPR_NUMBER = re.compile(r"(?:[a-z]+:)*[0-7]\d[01]\d{3}-?\d{4}", re.IGNORECASE)
DECLINED = ("access_denied", "login_required", "interaction_required", "consent_required")
BUSY = ("server_error", "temporarily_unavailable")
log = structlog.get_logger("broker")


class Broker:
    """One for the process. ``return_url`` and ``goodbye_url`` are registered with the provider."""

    def __init__(
        self, config: MitIdBroker, return_url: str, goodbye_url: str, clock: Callable[[], datetime]
    ) -> None:
        self._config, self._clock, self._goodbye_url = config, clock, goodbye_url
        self._provider = Provider(config, return_url, clock)

    def begin(self, locale: str) -> tuple[str, Journey]:
        """Where to send her. She proves who she is each time: a computer at the library remembers the one before.

        Raises NotProvedError when the provider does not answer.
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        wishes = {"nonce": nonce, "prompt": "login", "ui_locales": f"{locale} da"}
        if self._config.acr_values:
            wishes["acr_values"] = self._config.acr_values
        endpoint = self._provider.endpoint("authorization_endpoint")
        with self._provider.session() as session:
            url, _ = session.create_authorization_url(endpoint, state=state, code_verifier=verifier, **wishes)
        return str(url), Journey(state, nonce, verifier, self._seconds())

    def finish(self, answer: Mapping[str, str], journey: Journey | None) -> str:
        """The subject's index (43 characters). ``answer`` is what the browser brought back, ``journey`` the one that
        it set out on. Raises NotProvedError."""
        if journey is None or not secrets.compare_digest(
            answer.get("state", "").encode(), journey.state.encode()
        ):
            raise NotProvedError(Why.STALE)
        if self._seconds() - journey.began_at > TIME_TO_SIGN_IN.total_seconds():
            raise NotProvedError(Why.STALE)
        self._check_answer(answer)
        token = self._fetch_token(answer["code"], journey.verifier)
        claims = self._claims(token, journey)
        self._check_level(claims)
        _check_is_new(claims, journey)
        return self._index(claims)

    def goodbye(self) -> str:
        """Where she signs out of the provider too (RP-initiated logout).

        No id_token goes along: we do not keep one, for it may hold her name and more. Raises NotProvedError where the
        provider has no such place.
        """
        values = {"client_id": self._config.client_id, "post_logout_redirect_uri": self._goodbye_url}
        return str(add_params_to_uri(self._provider.endpoint("end_session_endpoint"), values))

    def _check_answer(self, answer: Mapping[str, str]) -> None:
        """Whose answer it is (RFC 9207), and whether it holds a code."""
        says = answer.get("iss")
        must_say = self._provider.about().get("authorization_response_iss_parameter_supported") is True
        if (says is not None or must_say) and says != self._config.issuer:
            raise refused("issuer of the answer")
        error = answer.get("error")
        if error in DECLINED:
            raise NotProvedError(Why.DECLINED)
        if error in BUSY:
            raise NotProvedError(Why.DOWN)
        if error or not answer.get("code"):
            raise refused("no code")

    def _fetch_token(self, code: str, verifier: str) -> Mapping[str, Any]:
        endpoint = self._provider.endpoint("token_endpoint")
        ways = self._provider.about().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        try:
            with self._provider.session() as session:
                if "client_secret_basic" not in ways:
                    session.token_endpoint_auth_method = "client_secret_post"  # noqa: S105
                token = session.fetch_token(
                    endpoint, grant_type="authorization_code", code=code, code_verifier=verifier
                )
        except CallFailedError as error:
            raise down(error) from error
        except (AuthlibBaseError, ValueError) as error:
            raise refused("code") from error
        if not isinstance(token.get("id_token"), str):
            raise refused("no id_token")
        return cast("Mapping[str, Any]", token)

    def _claims(self, token: Mapping[str, Any], journey: Journey) -> CodeIDToken:
        options = {
            "iss": {"essential": True, "value": self._config.issuer},
            "aud": {"essential": True, "value": self._config.client_id},
        }
        params = {
            "nonce": journey.nonce,
            "client_id": self._config.client_id,
            "access_token": token.get("access_token"),
        }
        try:
            decoded = self._decode(token["id_token"])
            claims = CodeIDToken(decoded.claims, decoded.header, options, params)
            claims.validate(now=self._seconds(), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError) as error:
            raise refused(type(error).__name__) from error
        return claims

    def _decode(self, id_token: str) -> jwt.Token:
        try:
            return jwt.decode(id_token, self._provider.keys(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            self._provider.forget_keys()  # it has new ones
            return jwt.decode(id_token, self._provider.keys(), algorithms=ALGORITHMS)

    def _check_level(self, claims: CodeIDToken) -> None:
        if claims.get(self._config.level_claim) not in self._config.levels:
            log.warning("level of assurance too low or missing", claim=self._config.level_claim)
            raise NotProvedError(Why.LEVEL)

    def _index(self, claims: CodeIDToken) -> str:
        subject = claims.get(self._config.subject_claim)
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise refused(f"no {self._config.subject_claim}")
        if LIKE_A_CPR_NUMBER.fullmatch(subject):
            raise refused(f"{self._config.subject_claim} looks like a CPR number")
        return blind_index(SUBJECT_PURPOSE, f"{self._config.issuer}\0{subject}")

    def _seconds(self) -> int:
        return int(self._clock().timestamp())


def _check_is_new(claims: CodeIDToken, journey: Journey) -> None:
    """Where the provider says when she proved it: after she left us, not something it remembers of her."""
    proved_at = claims.get("auth_time")
    if proved_at is not None and proved_at < journey.began_at - LEEWAY_SECONDS:
        raise NotProvedError(Why.STALE)
