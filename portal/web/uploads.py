"""Files in a form, and files handed out.

``@takes_files`` marks the few views whose forms may be large; everywhere else the application's own limit holds.
What a browser says of a file (its kind, its ending) is not asked.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from flask import Flask, Response, abort, request, send_file
from werkzeug.datastructures import FileStorage

from portal.domain.files import (
    LARGEST_FILE,
    MOST_FILES,
    CleanFile,
    FileRefusal,
    safe_name,
)
from portal.services.attachments import Opened
from portal.services.files.cleaning import clean
from portal.services.thread import FileNotTaken, NotWritten, NotWrittenReason

View = TypeVar("View", bound=Callable[..., Any])
FIELD = "files"
LEFT_BEHIND = "uden_filer"
"""In a form that is sent on without the files that came with it (`portal.web.kept`)."""
LARGEST_REQUEST = 48 * 1024 * 1024
"""Twice what may be sent: up to here a file that is too large is told so, beside the words that came with it."""
LONGEST_NAME_READ = 300


def takes_files(view: View) -> View:
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    @app.before_request
    def make_room() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if getattr(view, "takes_files", False):
            request.max_content_length = LARGEST_REQUEST

    app.add_template_global(were_sent, "files_were_sent")
    app.jinja_env.globals["file_limits"] = {"most": MOST_FILES, "largest": LARGEST_FILE}


def uploaded() -> tuple[CleanFile, ...] | NotWritten:
    """The files of the form, each made anew; or the first that cannot be taken. Takes seconds: call it before a
    session is opened."""
    given = [each for each in request.files.getlist(FIELD) if each.filename]
    if LEFT_BEHIND in request.form and not given:
        return NotWritten(NotWrittenReason.FILE)
    if len(given) > MOST_FILES:
        return _refused(FileRefusal.TOO_MANY)
    taken: list[CleanFile] = []
    for each in given:
        name = (each.filename or "")[-LONGEST_NAME_READ:]
        done = _taken(each, name)
        if isinstance(done, FileRefusal):
            return _refused(done, name)
        taken.append(done)
    return tuple(taken)


def were_sent() -> bool:
    """Whether files came with this form: a browser never fills them in again, so she must be told."""
    if request.method != "POST":
        return False
    return LEFT_BEHIND in request.form or any(each.filename for each in request.files.getlist(FIELD))


def hand_out(found: Opened | None) -> Response:
    """404 for none. A picture may be looked at in the browser, but nothing in it can run; a PDF is saved."""
    if found is None:
        abort(404)
    response = send_file(
        io.BytesIO(found.content),
        mimetype=found.kind.media_type,
        as_attachment=not found.kind.is_image,
        download_name=found.name or f"fil{found.kind.suffix}",
        conditional=False,
        etag=False,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _taken(each: FileStorage, name: str) -> CleanFile | FileRefusal:
    content = each.stream.read(LARGEST_FILE + 1)
    done = clean(content)
    return done if isinstance(done, FileRefusal) else replace(done, name=safe_name(name, done.kind) or "")


def _refused(refusal: FileRefusal, name: str = "") -> NotWritten:
    return NotWritten(NotWrittenReason.FILE, file=FileNotTaken(refusal, name))
