"""What the two pages of a thread share: how a page that is open asks for news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, abort, make_response, request

from i18n.locales import DEFAULT, LOCALES
from portal.domain.check_ins import TEMPLATES
from portal.services import conversation
from portal.services.conversation import Entry
from portal.store.check_ins import SHIPPED
from portal.web.context import portal
from portal.web.language import texts, texts_in
from portal.web.live import ring
from portal.web.respond import wants_fragment

LONGEST_STATE = 20
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Question:
    """A page shows the thread up to ``after_id``, as it was at ``state``; ``unseen``: nobody looks at it now."""

    after_id: int
    state: str
    unseen: bool


def question() -> Question | None:
    """None when a person opens the page."""
    return shown_so_far() if wants_fragment() else None


def shown_so_far() -> Question | None:
    """What the page that asks shows; None when it does not say."""
    after_id = number("efter")
    if after_id is None:
        return None
    return Question(after_id, request.args.get("stand", "")[:LONGEST_STATE], "skjult" in request.args)


def number(name: str) -> int | None:
    """An entry's id out of the address or the form; None for what is none."""
    found = request.values.get(name, "")
    if not (found.isascii() and found.isdigit()) or len(found) > 10:
        return None
    return min(int(found), LARGEST_ID)


def nothing_new() -> Response:
    response = make_response("", 204)
    response.headers["Vary"] = "HX-Request, HX-Boosted, HX-History-Restore-Request"
    return response


def bell(municipality_id: int, citizen_id: int, shown: Question | None) -> Response:
    """Rings when the thread has changed since what the page shows. The caller has let the reader in."""
    if shown is None:
        abort(400)
    database = portal().database

    def has_changed() -> bool:
        with database.read(municipality_id) as session:
            return conversation.has_changed(session, citizen_id, shown.after_id, shown.state)

    return ring(has_changed)


def install(app: Flask) -> None:
    app.add_template_global(by_day, "by_day")
    app.add_template_global(in_danish, "in_danish")


def in_danish(body: str | None) -> str | None:
    """What a question that ships says in Danish, when ``body`` is it in another language; else None. A wording that
    has been changed since it went out is not known again."""
    others = [texts_in(code) for code in LOCALES if code != DEFAULT]
    for name in TEMPLATES:
        key = f"{SHIPPED}{name}"
        danish = texts_in(DEFAULT)(key)
        if body == danish:
            return None
        if any(body == each(key) for each in others):
            return danish
    return None


def by_day(entries: tuple[Entry, ...], after: tuple[Entry, ...] = ()) -> Iterator[tuple[str | None, Entry]]:
    """Each entry with its day, where that is another than that of the entry before."""
    day = _day(after[-1].created_at) if after else None
    for entry in entries:
        before, day = day, _day(entry.created_at)
        yield (None if day == before else day), entry


def _day(moment: datetime) -> str:
    return texts().weekday(moment)
