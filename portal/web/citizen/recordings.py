"""Readings of questions, for everybody: what is read stands in the form, and is about nobody."""

from __future__ import annotations

import io

from flask import Response, abort, send_file

from database.tenancy import EVERYONE
from portal.domain.recordings import Sound
from portal.store import recordings
from portal.web.citizen.blueprint import citizen
from portal.web.context import portal
from portal.web.guards import public

A_WEEK = 7 * 24 * 60 * 60
"""What is taken away is gone from every cache within it."""


@citizen.get("/oplaesning/<name>.<any(mp3, ogg, m4a, aac, wav, webm, mp4):ending>")
@public("the wording of a question is no secret, and its reading knows nobody")
def play_recording(name: str, ending: str) -> Response:
    """Some phones play nothing that cannot be asked for in parts: it can."""
    with portal().database.read(EVERYONE) as session:
        content = recordings.content(session, name, ending)
    if content is None:
        abort(404)
    kind = Sound(ending).media_type
    response = send_file(io.BytesIO(content), mimetype=kind, conditional=True, etag=name, max_age=A_WEEK)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
