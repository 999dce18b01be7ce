"""The real page beside a text: any page of a citizen's in any language, over the sample town, for who translates it.

A page in a frame: nothing on it runs, is sent or leads out; its links walk on to other sample pages. With what is typed
in the editor, it is the same page with those words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode, urlsplit

from flask import Response, abort, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from i18n.checks import SECOND
from i18n.locales import DEFAULT
from i18n.texts import Forms
from portal.domain.access import Resource
from portal.services.specimen import marks, places
from portal.services.specimen.marks import HERE, Shown
from portal.services.specimen.over import Wish
from portal.services.specimen.pages import GROUPS, PAGES
from portal.services.specimen.places import FORM_PAGE, PlaceOnPage
from portal.services.texts.bench import Bench, TextRow, open_bench
from portal.web import headers
from portal.web.context import actor, portal, read
from portal.web.guards import guard
from portal.web.language import texts
from portal.web.specimen import Shot, specimens
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import locale_or_404

LONGEST_KEY, LONGEST_TYPED, MOST_FORMS = 200, 4_000, 6
MOST_PLACES = 12
"""A text at the foot of every page is seen on one as well as on another."""
SIDE = "/tekster/<locale>/side/<page>"


@staff.get(SIDE)
@guard(Resource.TEXTS)
def show_specimen(locale: str, page: str) -> ResponseReturnValue:
    """``?tekst``: the text to find on it; ``?live``: without drafts."""
    return _page(Wish(locale, page, drafts="live" not in request.args))


@staff.post(SIDE)
@guard(Resource.TEXTS)
def show_what_is_typed(locale: str, page: str) -> ResponseReturnValue:
    """The page with the wording that stands in the editor now; kept nowhere."""
    return _page(Wish(locale, page, typed={_wanted(): _typed()}))


@staff.get("/tekster/<locale>/sider")
@guard(Resource.TEXTS)
def walk_specimens(locale: str) -> ResponseReturnValue:
    """Every page there is, and one of them to look at."""
    language, chosen = locale_or_404(locale), request.args.get("side", "")
    if chosen and not _is_known(chosen):
        abort(404)
    headers.allow_frames()
    bench = _bench(locale)
    rows = [row for key in _keys_on(chosen, bench) if (row := bench.row(locale, key))]
    forms = [form for form in bench.forms if form.respondent == "citizen"]
    return render_template(
        "pages/staff/specimens.html", language=language, groups=GROUPS, chosen=chosen, rows=rows, forms=forms
    )


@dataclass(frozen=True)
class Side:
    """One page that a text stands on, for the picker."""

    page: str
    name: str
    shown: Shown
    address: str


@dataclass(frozen=True)
class Beside:
    """``sides``: the pages to choose from, the best first; none for a text that no page shows."""

    sides: tuple[Side, ...]
    chosen: Side | None


def page_beside(locale: str, row: TextRow) -> Beside:
    """For the fragment beside the editor; ``?side`` in the page's own address chooses."""
    headers.allow_frames()
    found = places.places(row.key)[:MOST_PLACES]
    sides = tuple(_side(locale, row.key, place) for place in found)
    wanted = (side for side in sides if side.page == request.args.get("side"))
    return Beside(sides, next(wanted, sides[0] if sides else None))


def page_name(page: str) -> str:
    """What a page is called in plain words."""
    return texts()("specimen.page_of_form" if page.startswith(f"{FORM_PAGE}.") else f"specimen.page.{page}")


@staff.record_once
def give_to_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(page_beside=page_beside, specimen_name=page_name)


def _side(locale: str, key: str, place: PlaceOnPage) -> Side:
    """A text about translations is shown in one, to who works on the Danish too."""
    language = SECOND if place.shown is Shown.ABROAD and locale == DEFAULT else locale
    asked = urlencode({"tekst": key})
    address = f"/tekster/{language}/side/{place.page}?{asked}#{HERE}"
    return Side(place.page, page_name(place.page), place.shown, address)


def _page(wish: Wish) -> Response:
    locale_or_404(wish.locale)
    office = portal().offices.of(actor().municipality_id)
    shot = specimens().look(wish, _bench(wish.locale), office) or abort(404)
    seen = marks.show(shot.html, shot.marks, _wanted(), lambda address: _way_on(wish.locale, address))
    headers.hold_to(_policy(shot))
    return make_response(seen.html.replace("</head>", f"{_style()}</head>", 1))


def _style() -> str:
    """Behind the page's own."""
    return render_template("fragments/texts/_specimen_style.html")


def _policy(shot: Shot) -> str:
    """As strict as can be: it is somebody else's text on our page, and is only looked at."""
    return (
        f"default-src 'none';style-src 'self' 'nonce-{shot.nonce}';img-src 'self' data:;font-src 'self';"
        "form-action 'none';base-uri 'none';frame-ancestors 'self';sandbox allow-same-origin"
    )


def _bench(locale: str) -> Bench:
    with read() as session:
        return open_bench(session, portal().catalogs, (locale,))


def _keys_on(page: str, bench: Bench) -> tuple[str, ...]:
    """In order; a form's page has the texts of its question."""
    if page in PAGES or not page:
        return places.texts_on(page)
    return tuple(key for key in bench.form_texts if places.page_of_form_text(key) == page)


def _wanted() -> str:
    return request.args.get("tekst", "")[:LONGEST_KEY]


def _typed() -> Forms:
    given = (request.form.get(f"form{n}") for n in range(MOST_FORMS))
    return tuple(text.replace("\r\n", "\n").strip()[:LONGEST_TYPED] for text in given if text is not None)


def _is_known(page: str) -> bool:
    return page in PAGES or page.startswith(f"{FORM_PAGE}.")


def _way_on(locale: str, address: str) -> str | None:
    """A link of the page, to the sample page at that address."""
    page = _by_path().get(urlsplit(address).path)
    return f"/tekster/{locale}/side/{page}" if page else None


@cache
def _by_path() -> dict[str, str]:
    """The first page at each address that is the same for everybody."""
    found: dict[str, str] = {}
    for name, page in PAGES.items():
        if page.posted is None and "{" not in page.address:
            found.setdefault(urlsplit(page.address).path, name)
    return found
