"""A page that answers a form gets an address of its own: Back, a reload and a tab of yesterday then find a page, and
never the browser's "send again?".

The page is kept for an hour, encrypted, and handed only to who sent the form: past the guard of that form, or in the
same visit where nobody is known (docs/decisions/0043). Nothing of it stays on the phone. htmx puts what comes back into
the page that is there, and needs none of this.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

import structlog
from flask import Flask, Response, current_app, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from database.encryption import blind_index
from database.tenancy import EVERYONE
from portal.store import kept_pages
from portal.store.kept_pages import KeptPage
from portal.web import belated, headers
from portal.web.context import Actor, actor_or_none, now, portal
from portal.web.respond import wants_fragment
from portal.web.signatures import FIELD as TOKEN

FIELD = "igen"
LIFETIME = timedelta(hours=1)
INDEX, OWNER = "kept page", "whose kept page"
MOST_FOR_STRANGERS = 64_000_000
"""Characters, for all whom we do not know together. Beyond it a page of theirs answers at once, and is not kept."""
log = structlog.get_logger("again")


def install(app: Flask) -> None:
    """Before the guards; and after what packs answers, for the last to be installed has the first look at them."""

    @app.before_request
    def show_strangers() -> ResponseReturnValue | None:
        """Where nobody is known the visit says whose it is: the guard lets nobody in."""
        return _kept() if _is_asked_for() and _take_for_posted() else None

    @app.after_request
    def keep_answer(response: Response) -> Response:
        return _keep(response) if _is_worth_keeping(response) else response


def install_behind_guards(app: Flask) -> None:
    @app.before_request
    def show_hers() -> ResponseReturnValue | None:
        if not _is_asked_for() or request.url_rule is None:
            return None
        return _kept() or redirect(_nearest_page())


def _is_asked_for() -> bool:
    return request.method == "GET" and FIELD in request.args


def _take_for_posted() -> bool:
    """The answer to a form stands behind the guard of that form, and its address may take nothing else."""
    try:
        rule, values = current_app.url_map.bind("").match(request.path, method="POST", return_rule=True)
    except HTTPException:
        return False
    request.url_rule, request.view_args = rule, dict(values)
    request.routing_exception = None
    return True


def _kept() -> Response | None:
    """None once it is gone, and for who did not send the form."""
    index = blind_index(INDEX, request.args[FIELD])
    with portal().database.read(EVERYONE) as database:
        found = kept_pages.find(database, index, _owner(), now())
    if found is None:
        return None
    headers.say_again(found["said"])
    return make_response(found["html"], found["status"])


def _is_worth_keeping(response: Response) -> bool:
    """What is wrong with a form; for citizens also what else a form answers with. Not what is saved as a file, nor
    what may lie on the phone, as errors may that hold nothing of hers."""
    if request.method != "POST" or request.url_rule is None or wants_fragment() or not belated.is_ours():
        return False
    if response.mimetype != "text/html" or {"Cache-Control", "Content-Disposition"} & set(
        response.headers.keys()
    ):
        return False
    status = response.status_code
    return 400 <= status < 500 or (status == 200 and request.blueprint == "citizen")


def _keep(response: Response) -> Response:
    html, key = response.get_data(as_text=True), secrets.token_urlsafe(12)
    page = KeptPage(
        key_index=blind_index(INDEX, key),
        owner_index=_owner(),
        is_strangers=_known() is None,
        size=len(html),
        page={"html": html, "status": response.status_code, "said": headers.said()},
        expires_at=now() + LIFETIME,
    )
    try:
        with portal().database.write(EVERYONE) as database:
            if page.is_strangers and kept_pages.held_for_strangers(database) + page.size > MOST_FOR_STRANGERS:
                return response
            kept_pages.keep(database, page)
    except SQLAlchemyError as error:
        log.warning("an answer was not kept", error=type(error).__name__)
        return response
    response.set_data("")
    response.status_code = 303
    response.location = f"{request.path}?{FIELD}={key}"
    return response


def _known() -> Actor | None:
    """Who would be let in again."""
    who = actor_or_none()
    return None if who is not None and who.may_only_write else who


def _owner() -> str:
    who = _known()
    if who is None:
        return blind_index(OWNER, f"visit {session.get(TOKEN, '')}")
    if who.staff_id is not None:
        return blind_index(OWNER, f"staff {who.session_id}")
    if who.citizen_id is not None:
        return blind_index(OWNER, f"citizen {who.citizen_id}")
    return blind_index(OWNER, f"form {who.response_ref}")


def _nearest_page() -> str:
    """This address without the page, or the first above it that is one."""
    path = request.path
    while path and not _is_page(path):
        path = path.rpartition("/")[0]
    return path or "/"


def _is_page(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
