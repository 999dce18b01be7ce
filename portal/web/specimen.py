"""The citizens' pages once more, over the sample town: the same routes and templates, in an application of their own.

It has its own key, its own database of throw-away copies (`database.copies`), no worker, no gateway and no broker, and
nobody can reach it from outside: a page of it is asked for within the process, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, current_app, g, render_template, request, template_rendered
from flask.sessions import SecureCookieSession, SessionInterface
from flask_wtf.csrf import CSRFError
from jinja2 import Template
from werkzeug.test import EnvironBuilder

from i18n.formatting import placeholders
from i18n.texts import Forms, Overlay
from portal.domain.access import Role
from portal.domain.questionnaires import Questionnaire
from portal.services import publishing
from portal.services.openid.journey import NotProvedError, Why
from portal.services.specimen.marks import Marks
from portal.services.specimen.over import Wish, ready
from portal.services.specimen.pages import Besides, SpecimenPage, Who
from portal.services.specimen.stage import TOWN, UNMARKED, Backdrop, Stage, Town
from portal.services.texts.bench import Bench
from portal.services.texts.post import ORDINARY
from portal.store.municipalities import Office
from portal.web import explained, form_words, headers, questions
from portal.web.context import Actor, portal
from portal.web.explained import explanation
from portal.web.guards import public
from portal.web.language import suggest, texts

EXTENSION = "specimen"
HELD = "taletid.session"
"""In the environment of a request: what the browser of the one who asks would hold."""
CASEWORKER = "taletid.caseworker"
"""Likewise: the ids of a caseworker and her team, where it is her who asks."""
CSRF = 419
"""No code of HTTP's: a form that came too late."""
A_TOKEN = "k7Rt2Wm9Xp4Lq8Zs3Vn6Bd"  # noqa: S105 — it opens nothing: a link's length is what matters
SMS_AREAS = ("sms", "checkins")
MOST_STEPS = 4
MOST_TOWNS = 3

SessionOf = Callable[[SpecimenPage, Mapping[str, str]], dict[str, Any]]
Build = Callable[[Stage, Sequence[Questionnaire]], Town]


@dataclass(frozen=True)
class Wiring:
    """What only the place that wires everything may bring together."""

    make_stage: Callable[[], Stage]
    make_app: Callable[[Stage], Flask]
    build_town: Build
    session_of: SessionOf


@dataclass(frozen=True)
class Shot:
    """A page as it came, with its texts between their marks. ``nonce``: of the styles that stand in it;
    ``templates``: what it was written with."""

    html: str
    status: int
    marks: Marks
    nonce: str
    templates: tuple[str, ...]


class Specimens:
    """Made when a page is first asked for: a process that never shows one pays nothing."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._towns: dict[tuple[str, ...], Town] = {}

    @cached_property
    def stage(self) -> Stage:
        return self._wiring.make_stage()

    @cached_property
    def app(self) -> Flask:
        return self._wiring.make_app(self.stage)

    def town(self, forms: Sequence[Questionnaire]) -> Town:
        """One for each set of forms that ask the same: in which words is a matter of the backdrop."""
        key = tuple(" ".join((form.key, *form.questions)) for form in forms)
        if key not in self._towns:
            while len(self._towns) >= MOST_TOWNS:
                self._towns.pop(next(iter(self._towns)))
            self._towns[key] = self._wiring.build_town(self.stage, forms)
        return self._towns[key]

    def look(self, wish: Wish, bench: Bench, office: Office) -> Shot | None:
        """The page with this municipality's texts; None for a page that there is not."""
        town = self.town(bench.forms or publishing.shipped_forms())
        found = ready(wish, town, bench, office)
        return None if found is None else self.shoot(town, found.page, wish.locale, found.backdrop)

    def shoot(self, town: Town, page: SpecimenPage, locale: str, backdrop: Backdrop) -> Shot:
        """Opens the page as she would, through the product's own routes."""
        names = {**town.names, "locale": locale}
        with self.stage.set(_besides(page, town, backdrop), town.snapshot) as marks:
            self.stage.speak(locale)
            if page.change:
                self.stage.copies.change(page.change, ())
            self.app.extensions["mitid"] = None if page.besides is Besides.NO_MITID else NoBroker()
            visit = _Visit(self.app, self._browser(page, town), "" if page.who is Who.CASEWORKER else locale)
            address = _filled(page.address, names)
            posted = {name: _filled(value, names) for name, value in (page.posted or {}).items()}
            response = visit.go(address, posted if page.posted is not None else None)
            html, templates = _as_page(response), tuple(visit.templates)
            return Shot(html, response.status_code, marks, visit.nonce, templates)

    def _browser(self, page: SpecimenPage, town: Town) -> dict[str, Any]:
        """What stands in the environment of her requests."""
        names, is_staff = town.names, page.who is Who.CASEWORKER
        who = (int(names["id.caseworker"]), int(names["id.team"])) if is_staff else None
        return {HELD: SecureCookieSession(self._wiring.session_of(page, names)), CASEWORKER: who}


def _besides(page: SpecimenPage, town: Town, backdrop: Backdrop) -> Backdrop:
    """What is read aloud is known by its words: those of the form with its signs."""
    forms = backdrop.forms
    if page.besides is Besides.READ_ALOUD:
        followed = town.names["followed"]
        forms = {followed: town.forms[followed], **forms}
    return replace(backdrop, forms=forms, besides=page.besides)


def _as_page(response: Response) -> str:
    """A file for her calendar is shown as the lines that it has."""
    content = response.get_data(as_text=True)
    if response.mimetype == "text/html":
        return content
    return (
        f"<!doctype html><html><head><title></title></head><body><pre>{escape(content)}</pre></body></html>"
    )


class _Visit:
    """One browser: what is posted leads on as it would there."""

    def __init__(self, app: Flask, browser: Mapping[str, Any], locale: str) -> None:
        self._app, self._browser, self._locale = app, browser, locale
        self.templates: list[str] = []
        self.nonce = ""

    def go(self, address: str, posted: Mapping[str, str] | None) -> Response:
        response = self._ask(address, posted)
        for _ in range(MOST_STEPS):
            if response.status_code not in (301, 302, 303):
                return response
            response = self._ask(response.headers["Location"], None)
        return response

    def _ask(self, address: str, posted: Mapping[str, str] | None) -> Response:
        parts = urlsplit(address)
        builder = EnvironBuilder(
            path=parts.path,
            query_string="&".join(filter(None, (self._locale and f"sprog={self._locale}", parts.query))),
            method="GET" if posted is None else "POST",
            data=None if posted is None else dict(posted),
            headers=[("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate")],
        )
        environ = builder.get_environ()
        environ.update(self._browser)
        builder.close()
        self.templates.clear()
        with self._app.request_context(environ):
            g.templates = self.templates
            response = self._app.full_dispatch_request()
            self.nonce = headers.nonce()
            return response


class HeldSession(SessionInterface):
    """Nothing is signed and nothing is kept: the one who asks brings her session, and takes it along."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:  # noqa: ARG002
        return cast(SecureCookieSession, request.environ[HELD])

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """It is an object of the visit's, and has changed already."""


class NoBroker:
    """In the place of the one that signs citizens in: it proves nobody, for the reason that the page asks for."""

    def begin(self, locale: str) -> tuple[str, Any]:  # noqa: ARG002
        raise NotProvedError(Why.DOWN)

    def finish(self, answer: Mapping[str, str], journey: Any) -> str:  # noqa: ARG002
        raise NotProvedError(Why(answer.get("hvorfor", Why.STALE)))

    def goodbye(self) -> str:
        raise NotProvedError(Why.DOWN)


def forget(overlay: Overlay, forms: Collection[Questionnaire]) -> None:
    """What the pages' own modules have kept of a page that was shown once."""
    explained.forget(overlay)
    form_words.forget(forms)
    questions.forget(forms)


def install(app: Flask, wiring: Wiring) -> None:
    app.extensions[EXTENSION] = Specimens(wiring)


def specimens() -> Specimens:
    found: Specimens = current_app.extensions[EXTENSION]
    return found


def install_in_town(app: Flask, stage: Stage) -> None:
    """What the sample town's application has of its own: errors to look at, SMS, and all the words explained."""
    app.session_interface = HeldSession()
    template_rendered.connect(_note_template, app)
    app.before_request(_look_for_a_lost_session)
    reason = "to look at, in the sample town"

    @app.get("/fejl/<int:code>")
    @public(reason)
    def fail(code: int) -> Response:
        if code == CSRF:
            raise CSRFError
        abort(code)

    @app.get("/sms-i-byen")
    @public(reason)
    def show_sms() -> str:
        suggest(texts().locale.code, TOWN)
        said = texts()
        keys = [key for area in SMS_AREAS for key in portal().catalogs.keys(area)]
        values = {
            "name": ORDINARY.first_name,
            "caseworker": ORDINARY.caseworker,
            "word": ORDINARY.kendeord or "",
            "minutes": "12",
            "link": f"{portal().settings.link_url}/{A_TOKEN}",
        }
        bubbles = [said(key, **_named(values, said.forms(key))) for key in keys]
        return render_template(
            "pages/specimen/sms.html", bubbles=bubbles, sender=portal().offices.of(TOWN).sms_sender
        )

    @app.get("/ordliste")
    @public(reason)
    def show_glossary() -> str:
        suggest(texts().locale.code, TOWN)
        names = [key.split(".")[1] for key in portal().catalogs.keys("glossary") if key.endswith(".text")]
        words = [(explanation(texts(), name), _found_by(stage, name)) for name in names]
        return render_template("pages/specimen/glossary.html", words=words)


def _look_for_a_lost_session() -> None:
    """No page of the town sends this of itself: it asks for what is said to who comes too late."""
    if "csrf_token" in request.form:
        raise CSRFError


def _note_template(app: Flask, template: Template, **_: Any) -> None:  # noqa: ARG001
    g.templates.append(template.name)


def find_caseworker() -> Actor | None:
    """In the sample town: who opens what citizens get on paper."""
    who = request.environ[CASEWORKER]
    return Actor(Role.CASEWORKER, TOWN, staff_id=who[0], team_id=who[1]) if who else None


def _found_by(stage: Stage, name: str) -> str:
    """The forms of a word by which the pages find it, between signs: elsewhere they must have none."""
    key = f"glossary.{name}{UNMARKED}"
    return stage.marks.around(key, texts()(key)) if texts().has(key) else ""


def _named(values: Mapping[str, str], forms: Forms) -> dict[str, str]:
    return {name: values.get(name, name) for form in forms for name in placeholders(form)}


def _filled(text: str, names: Mapping[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text
