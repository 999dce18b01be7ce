"""A provider that says what it is told to: for what no real one ever sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from tests.doubles.serving import served

SIGNING = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
ANOTHERS = RSAKey.generate_key(2048, {"kid": "one"})
"""Under the same name as the provider's own."""


@dataclass
class OddProvider:
    """``claims`` and ``about`` are laid over what a good provider would say; None takes a claim away."""

    claims: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    key: RSAKey | ECKey | OctKey = field(default_factory=lambda: SIGNING)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public(SIGNING)])
    id_token: str | None = None
    answer: tuple[str, int] | None = None
    """What its token endpoint says instead of a token."""
    without: str = ""
    """A part of the token answer that is not there."""
    moved: bool = False
    """Its addresses have moved, it says."""
    asked: list[str] = field(default_factory=list)
    secret_in: str = ""
    issuer: str = ""

    def token(self, nonce: str, now: datetime) -> str:
        seconds = int(now.timestamp())
        good = {
            "iss": self.issuer,
            "aud": "taletid",
            "sub": "7b9cf0d2",
            "nonce": nonce,
            "acr": "substantial",
            "iat": seconds,
            "exp": seconds + 60,
        }
        claims = {name: value for name, value in (good | self.claims).items() if value is not None}
        return jwt.encode(self.header, claims, self.key, algorithms=[self.header["alg"]])


def public(key: RSAKey | ECKey) -> dict[str, Any]:
    return dict(key.as_dict(private=False))


@contextmanager
def odd_provider() -> Iterator[OddProvider]:
    provider = OddProvider()
    with served(_app(provider)) as address:
        provider.issuer = address
        yield provider


def _app(provider: OddProvider) -> Flask:
    app = Flask("odd provider")

    @app.before_request
    def note() -> Response | None:
        provider.asked.append(request.path)
        return Response(status=302, headers={"Location": "/elsewhere"}) if provider.moved else None

    @app.get("/.well-known/openid-configuration")
    def about() -> Response:
        names = ("authorization", "token", "end_session")
        addresses = {f"{name}_endpoint": f"{provider.issuer}/{name}" for name in names}
        good = {"issuer": provider.issuer, "jwks_uri": f"{provider.issuer}/jwks", **addresses}
        return jsonify(good | provider.about)

    @app.get("/jwks")
    def keys() -> Response:
        return jsonify(keys=provider.keys)

    @app.post("/token")
    def token() -> Response | tuple[str, int]:
        provider.secret_in = "header" if request.authorization else "form"
        if provider.answer is not None:
            return provider.answer
        whole = {"access_token": "a", "token_type": "Bearer", "id_token": provider.id_token}
        return jsonify({name: value for name, value in whole.items() if name != provider.without})

    return app
