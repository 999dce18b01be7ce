"""Security headers. Nothing is loaded from elsewhere, so the policy names ourselves and one nonce."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g

from portal.web.respond import wants_fragment

ASKED_FOR = ("nonce", "policy", "may_record", "may_frame")
"""By the names that ``g`` has them under."""


def nonce() -> str:
    """One for each page, for the styles that stand in it."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(12)
    return str(g.nonce)


def said() -> dict[str, Any]:
    """What this page has asked for, so that it can be shown again with the same (`portal.web.again`)."""
    return {name: g.get(name) for name in ASKED_FOR if name in g}


def say_again(asked_for: Mapping[str, Any]) -> None:
    for name in ASKED_FOR:
        if name in asked_for:
            setattr(g, name, asked_for[name])


def allow_recording() -> None:
    """This page may use the microphone, and play what it has just recorded. No other may."""
    g.may_record = True


def install(app: Flask, *, https: bool) -> None:
    app.add_template_global(nonce, "csp_nonce")

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.add("X-Content-Type-Options", "nosniff")  # nobody else sets these: no look for an older value
        headers.add("Referrer-Policy", "no-referrer")
        if https:
            headers["Strict-Transport-Security"] = "max-age=63072000"
        if response.mimetype == "text/html" and not wants_fragment():
            headers["Content-Security-Policy"] = g.get("policy") or policy()
            headers.add("Permissions-Policy", f"camera=(),geolocation=(),microphone={_microphone()}")
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        return response


def hold_to(own: str) -> None:
    """This page to a policy of its own."""
    g.policy = own


def allow_frames() -> None:
    """Pages of ours that allow it may stand within this one."""
    g.may_frame = True


def policy() -> str:
    source = f"'self' 'nonce-{nonce()}'"
    return (
        f"default-src 'none';script-src {source};style-src {source};img-src 'self' data:;font-src 'self';"
        f"media-src {_sounds()};connect-src 'self';manifest-src 'self';form-action 'self';"
        "base-uri 'none';frame-ancestors 'none'"
        f"{_frames()}"
    )


def _frames() -> str:
    return ";frame-src 'self'" if "may_frame" in g else ""


def _sounds() -> str:
    return "'self' blob:" if "may_record" in g else "'self'"


def _microphone() -> str:
    return "(self)" if "may_record" in g else "()"
