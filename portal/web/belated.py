"""An answer posted after the grant had ended, by a browser without a script: it waits in a cookie, sealed and bound to
its form, until the link is opened again (docs/decisions/0031). What has no room in a cookie stands on the page to be
copied. Neither is offered for what another site has posted.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from flask import Response, request
from werkzeug import Response as AnyResponse

from database.encryption import UndecryptableError, keyring
from portal.web.context import now, portal
from portal.web.respond import wants_fragment

Leaving = TypeVar("Leaving", bound=AnyResponse)
COOKIE = "ventede"
LIFETIME = timedelta(hours=1)
MARK = "stod"
"""In the address that a question is posted to: its page's mark, where something on it was answered."""
MOST_BYTES = 3000
"""A browser takes 4096 with the name and what stands around it."""
ANSWERS = "citizen.submit_page"
OWN_WORDS = frozenset({"body", "words", "text"})
SECRET = frozenset({"csrf_token", "code", "pin", "letter"})
CHOICE = re.compile(r"[\w.+-]{0,40}")
"""A choice, a number or a date: nothing that anybody would copy."""


@dataclass(frozen=True)
class Belated:
    """``raw``: question -> what was posted. ``mark`` and ``read_in``: of the page she had before her."""

    ref: str
    number: int
    raw: Mapping[str, Sequence[str]]
    mark: str
    read_in: str | None


def is_ours() -> bool:
    """Whether one of our own pages posted this; a browser that does not say it is an old one."""
    return request.method == "POST" and request.headers.get("Sec-Fetch-Site") not in (
        "cross-site",
        "same-site",
    )


def keep(response: Response) -> bool:
    """Puts the answer of this request into ``response``. False where there is none, or no room for it."""
    if request.endpoint != ANSWERS or wants_fragment() or not is_ours() or not request.form:
        return False
    place, said = request.view_args or {}, request.args
    until = int((now() + LIFETIME).timestamp())
    raw = dict(request.form.lists())
    sealed = _seal([COOKIE, until, place["ref"], place["number"], raw, said.get(MARK, ""), said.get("paa")])
    if len(sealed) > MOST_BYTES:
        return False
    response.set_cookie(
        COOKIE,
        sealed,
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=portal().settings.secure_cookies,
    )
    return True


def waiting() -> Belated | None:
    """What this browser's cookie holds, if it is ours and not too old."""
    sealed = request.cookies.get(COOKIE)
    try:
        purpose, until, *held = _open(sealed) if sealed else ("", 0)
    except (UndecryptableError, ValueError, TypeError, zlib.error):
        return None
    return Belated(*held) if purpose == COOKIE and now().timestamp() < until else None


def waiting_for(ref: str) -> Belated | None:
    """Never what was answered on another form: a phone may be several people's."""
    held = waiting()
    return held if held is not None and held.ref == ref else None


def forget(response: Leaving) -> Leaving:
    if COOKIE in request.cookies:
        response.delete_cookie(COOKIE)
    return response


def words() -> list[str]:
    """What she wrote herself in the form that could not be taken, for a page that gives it back."""
    if not is_ours() or not request.path.startswith("/svar/"):
        return []
    given = [(name, text) for name, text in request.form.items(multi=True) if name not in SECRET]
    return [text for name, text in given if text and (name in OWN_WORDS or not CHOICE.fullmatch(text))]


def _seal(held: list[object]) -> str:
    packed = zlib.compress(json.dumps(held, ensure_ascii=False).encode(), 9)
    return keyring().encrypt(base64.b85encode(packed).decode())


def _open(sealed: str) -> list[Any]:
    held = json.loads(zlib.decompress(base64.b85decode(keyring().decrypt(sealed))))
    return held if isinstance(held, list) else []
