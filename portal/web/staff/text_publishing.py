"""/tekster/udgiv: what waits to go live, what citizens will see instead of what, and the button."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.services.texts import publishing
from portal.services.texts.bench import open_bench
from portal.services.texts.history import compare
from portal.services.texts.publishing import NotPublished, Pending
from portal.web.context import now, portal, read
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import author

BETWEEN = "\t"
"""Between language and key in a field's value: neither holds one."""


@staff.get("/tekster/udgiv")
@guard(Resource.TEXTS)
def show_publishing() -> ResponseReturnValue:
    return _page()


@staff.post("/tekster/udgiv")
@guard(Resource.TEXTS)
def publish_texts() -> ResponseReturnValue:
    chosen = {(locale, key) for locale, _, key in (each.partition(BETWEEN) for each in _chosen())}
    if not chosen:
        return make_response(_page(t("review.publish.none_chosen")), 422)
    found = publishing.publish(portal(), author(), chosen, now(), request.form.getlist("same"))
    if isinstance(found, NotPublished):
        return make_response(_page(t("review.publish.in_the_way", n=len(found.pending))), 422)
    flash(t("review.publish.done", n=len(found.texts)))
    return redirect(url_for("staff.show_publishing"), 303)


def _chosen() -> list[str]:
    return request.form.getlist("text")


def _page(refused: str = "") -> str:
    with read() as session:
        bench = open_bench(session, portal().catalogs)
    waiting = publishing.pending(bench)
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


def _place(waiting: Pending) -> tuple[str, str]:
    return waiting.row.locale, waiting.row.key
