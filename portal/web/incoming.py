"""A request as it comes in."""

from __future__ import annotations

from htmx_flask.requests import HtmxAwareRequest
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.sansio.http import parse_cookie
from werkzeug.utils import cached_property


class Request(HtmxAwareRequest):  # type: ignore[misc]  # the library is not typed
    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """A WSGI server gives them all in one header; the library looks through every header for more."""
        return ImmutableMultiDict(parse_cookie(self.environ.get("HTTP_COOKIE")))
