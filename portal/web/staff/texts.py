"""/tekster: the translator's work list, and what her other pages share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from i18n.chips import pieces
from i18n.locales import DEFAULT, LOCALES, Locale
from portal.domain.access import Resource, allowed
from portal.domain.texts import Kind
from portal.domain.texts import Standing as TextStanding
from portal.domain.work_list import by_readers
from portal.services import recordings
from portal.services.recordings import Standing
from portal.services.texts.bench import Bench, TextRow
from portal.services.texts.bench import open_bench as open_bench_of
from portal.services.texts.history import Author
from portal.services.texts.work import areas, work_list
from portal.store import readers
from portal.store.text_reviews import open_comments
from portal.web.context import actor, actor_or_none, portal, read
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.text_filter import from_request

A_PAGE = 50
TABS = {
    "/tekster": "bench.tab.list",
    "/tekster/daekning": "bench.tab.coverage",
    "/tekster/nyt": "bench.tab.news",
    "/tekster/udgiv": "bench.tab.publish",
    "/tekster/filer": "bench.tab.files",
    "/tekster/maerk": "plain.page.title",
    "/tekster/oevelser": "plain.exercises.title",
}


@staff.get("/tekster")
@guard(Resource.TEXTS)
def show_work_list() -> ResponseReturnValue:
    with read() as session:
        read_by = readers.by_language(session)
        language = _language(read_by)
        bench = open_bench_of(session, portal().catalogs, (language.code,))
        questions = open_comments(session, language.code)
    return render_template(
        "pages/staff/work_list.html",
        language=language,
        languages=[(LOCALES[code], read_by.get(code, 0)) for code in by_readers(LOCALES, read_by)],
        questions=questions,
        **_listed(bench, language.code, questions),
    )


def _listed(bench: Bench, locale: str, questions: Collection[str]) -> dict[str, object]:
    """What the page says of the list, and of the part of it that she has asked for."""
    narrowed = from_request(locale)
    listed = work_list(bench, locale, narrowed.asked(actor().staff_id or 0, questions))
    page = _page(len(listed.rows))
    shown = listed.rows[(page - 1) * A_PAGE : page * A_PAGE]
    form = next((each for each in bench.forms if f"form.{each.key}" == narrowed.area), None)
    return {
        "filter": narrowed,
        "listed": listed,
        "rows": shown,
        "page": page,
        "pages": _pages(len(listed.rows)),
        "areas": areas(bench, locale),
        "form_titles": bench.form_titles,
        "can_be_recorded": form is not None and locale in form.languages,
        "recorded": _recorded(bench, locale, shown),
        "standings": tuple(TextStanding),
        "kinds": tuple(Kind),
    }


def _recorded(bench: Bench, locale: str, shown: Sequence[TextRow]) -> Mapping[str, Standing]:
    """Which of the questions on the page are read aloud."""
    if not any(row.kind is Kind.QUESTION for row in shown):
        return {}
    return recordings.of_texts(portal(), actor().municipality_id, bench.forms, locale)


def _language(read_by: Mapping[str, int]) -> Locale:
    """The one asked for, else the foreign one that most of the citizens read."""
    asked = request.args.get("til", "")
    if asked in LOCALES:
        return LOCALES[asked]
    return LOCALES[by_readers((code for code in LOCALES if code != DEFAULT), read_by)[0]]


def _pages(count: int) -> int:
    return max(1, -(-count // A_PAGE))


def _page(count: int) -> int:
    asked = request.args.get("side", "")
    return min(max(1, int(asked)), _pages(count)) if asked.isdecimal() and len(asked) < 6 else 1


@staff.app_context_processor
def bench_values() -> dict[str, object]:
    return {"text_tabs": _tabs, "pieces": pieces, "may_approve_texts": _may_approve()}


def _may_approve() -> bool:
    who = actor_or_none()
    return who is not None and allowed(who.role, Resource.APPROVE_TEXTS)


def _tabs() -> dict[str, str]:
    """Those of the bench's pages that this portal has: path -> key of its name."""
    known = {rule.rule for rule in current_app.url_map.iter_rules()}
    return {path: name for path, name in TABS.items() if path in known}


def open_bench(locale: str) -> Bench:
    locale_or_404(locale)
    with read() as session:
        return open_bench_of(session, portal().catalogs, (locale,))


def locale_or_404(code: str) -> Locale:
    return LOCALES.get(code) or abort(404)


def author() -> Author:
    return Author(actor().municipality_id, actor().staff_id or 0)
