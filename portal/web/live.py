"""A bell for an open thread: a server-sent event that says "look now".

The event carries nothing of what was written. The page then asks as it always does, so that the guard, the marks
of reading and the audit log stand in one place. A stream holds a thread of the server as long as it is open; so
there are as many as the server that knows its threads says (``flask serve``), and none elsewhere: who finds no
room is answered 204, and looks by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event, Lock
from typing import Any, TypeVar

from flask import Flask, Response, current_app, make_response, request

View = TypeVar("View", bound=Callable[..., Any])
LOOK_EVERY, SAY_SOMETHING_EVERY, LONGEST = 1.0, 15.0, 120.0
"""Seconds: between two looks; between two signs of life, by which the server notices who has left; and until the
page must come back, and be let in anew."""
RETRY_MILLISECONDS = 2000
EXTENSION = "live"


class Seats:
    """As many as ``limit`` at a time; ``closing`` ends them all. ``tell``: called with how many are taken, each time
    that changes, until the end."""

    def __init__(self) -> None:
        self.limit = 0
        self.taken = 0
        self.closing = Event()
        self.tell: Callable[[int], object] = _nobody_asks
        self._lock = Lock()

    def take(self) -> bool:
        with self._lock:
            if self.taken >= self.limit:
                return False
            self._change(1)
            return True

    def leave(self) -> None:
        with self._lock:
            self._change(-1)

    def _change(self, by: int) -> None:
        self.taken += by
        if not self.closing.is_set():
            self.tell(self.taken)


def install(app: Flask) -> None:
    app.extensions[EXTENSION] = Seats()


def seats(app: Flask) -> Seats:
    found: Seats = app.extensions[EXTENSION]
    return found


def asked_by_the_page(view: View) -> View:
    """Marks a view that pages call by themselves: it keeps nobody signed in."""
    view.asked_by_the_page = True  # type: ignore[attr-defined]
    return view


def is_asked_by_the_page() -> bool:
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "asked_by_the_page")


def ring(has_changed: Callable[[], bool]) -> Response:
    """A stream that rings when ``has_changed``, and then ends; 204 when every seat is taken. ``has_changed`` is
    asked outside the request, in sessions of its own."""
    taken = seats(current_app)
    if not taken.take():
        return make_response("", 204)
    has_left = request.environ.get("waitress.client_disconnected", _nobody_tells)
    response = Response(_events(has_changed, has_left, taken.closing), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(taken.leave)
    return response


def _events(has_changed: Callable[[], bool], has_left: Callable[[], bool], closing: Event) -> Iterator[str]:
    began = said = time.monotonic()
    yield f"retry: {RETRY_MILLISECONDS}\n\n"
    while (now := time.monotonic()) - began < LONGEST and not has_left():
        if has_changed():
            yield "event: news\ndata:\n\n"
            return
        if now - said >= SAY_SOMETHING_EVERY:
            said = now
            yield ": here\n\n"
        if closing.wait(LOOK_EVERY):
            return


def _nobody_asks(_taken: int) -> None:
    """Under a server whose threads are not ours to count."""


def _nobody_tells() -> bool:
    """Under another server only a write that fails tells who has left."""
    return False
