"""One URL answers both the page and its fragment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import brotli
from flask import Response, make_response, redirect, render_template, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

PACKED_AT = 5
"""How hard brotli tries: at 2 the longest step in Ukrainian is over its budget; this costs 20 µs an answer more."""
VARY = "HX-Request, HX-Boosted, HX-History-Restore-Request"


def wants_fragment() -> bool:
    """Only when htmx asks for a part; a boosted link and a history restore want the whole page."""
    headers = request.environ  # asked several times a request; it costs a tenth of what request.headers does
    return (
        headers.get("HTTP_HX_REQUEST") == "true"
        and headers.get("HTTP_HX_BOOSTED") != "true"
        and headers.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"
    )


def respond(page: str, fragment: str, status: int = 200, **values: Any) -> Response:
    """Renders ``fragment`` for htmx and ``page`` (which includes the fragment) for everyone else."""
    is_fragment = wants_fragment()
    response = make_response(render_template(fragment if is_fragment else page, **values), status)
    response.headers["Vary"] = VARY
    return response


@dataclass(frozen=True)
class Ready:
    """A fragment that looks the same to everybody: written once, and packed once."""

    html: str
    packed: bytes


def make_ready(html: str) -> Ready:
    return Ready(html, brotli.compress(html.encode(), quality=PACKED_AT))


def hand_out(fragment: Ready) -> Response:
    """Who does not take it as it is packed gets it like any other page."""
    if not _takes_brotli(request.environ.get("HTTP_ACCEPT_ENCODING", "")):
        return Response(fragment.html, headers={"Vary": VARY})
    return Response(fragment.packed, headers={"Vary": VARY, "Content-Encoding": "br"})


@lru_cache(maxsize=500)
def _takes_brotli(accepted: str) -> bool:
    """The same few headers come with every request."""
    return bool(parse_accept_header(accepted, Accept)["br"])


def leave_for(address: str) -> Response:
    """To another page: htmx would swap a redirect's whole page into its part, so it is told to go there."""
    if not wants_fragment():
        return make_response(redirect(address, 303))
    response = make_response("", 200)
    response.headers["HX-Redirect"] = address
    return response
