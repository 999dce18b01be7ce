"""/tekster/udgiv: what waits to go live, what citizens will see instead of what, and the button."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.services.texts import publishing
from portal.services.texts.bench import open_bench
from portal.services.texts.history import compare
from portal.services.texts.publishing import NotPublished, Pending, Text
from portal.web.context import now, portal, read
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import author

BETWEEN = "\t"
"""Between language, key and version in a field's value: none holds one."""


@staff.get("/tekster/udgiv")
@guard(Resource.TEXTS)
def show_publishing() -> ResponseReturnValue:
    return _page()


@staff.post("/tekster/udgiv")
@guard(Resource.TEXTS)
def publish_texts() -> ResponseReturnValue:
    chosen = _seen()
    if not chosen:
        return make_response(_page(t("review.publish.none_chosen")), 422)
    found = publishing.publish(portal(), author(), chosen, now(), request.form.getlist("same"))
    if isinstance(found, NotPublished):
        return make_response(_page(t("review.publish.in_the_way", n=len(found.pending)), found.pending), 422)
    flash(t("review.publish.done", n=len(found.texts)))
    return redirect(url_for("staff.show_publishing"), 303)


def _chosen() -> list[str]:
    return request.form.getlist("text")


def _seen() -> dict[Text, int]:
    """What she has chosen, each with the version that she was shown. What is no text of ours is passed over."""
    parts = (value.split(BETWEEN) for value in _chosen())
    return {(each[0], each[1]): int(each[2]) for each in parts if len(each) == 3 and _is_version(each[2])}


def _is_version(value: str) -> bool:
    return value.isdecimal() and len(value) < 10


def _page(refused: str = "", faulty: Sequence[Pending] = ()) -> str:
    """``faulty``: what stood in the way, told with its text."""
    with read() as session:
        bench = open_bench(session, portal().catalogs)
    told = {_place(each): each for each in faulty}
    waiting = [told.get(_place(each), each) for each in publishing.pending(bench)]
    return render_template(
        "pages/staff/text_publishing.html",
        waiting=waiting,
        changes={_place(each): compare(each.row.live, each.row.forms) for each in waiting},
        outdated={_place(each): publishing.outdated_by(bench, each.row) for each in waiting},
        locales=LOCALES,
        refused=refused,
        chosen=set(_chosen()),
        between=BETWEEN,
    )


def _place(waiting: Pending) -> Text:
    return waiting.row.locale, waiting.row.key
