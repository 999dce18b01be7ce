"""The reader's language, and ``t`` for views and templates.

What she chose on the page (``?sprog=``, kept in a cookie) comes first, then what we know of her (a view's
``suggest``), then what the browser asks for. Danish that stands in for a missing text is marked as Danish, so
that it is read aloud right and stands the right way round.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, request
from markupsafe import Markup, escape

from i18n.locales import DEFAULT, LOCALES, negotiate
from i18n.texts import Texts
from portal.web.context import actor_or_none, portal

COOKIE = "sprog"


def texts() -> Texts:
    """The texts of this request's reader, with her municipality's own words above ours."""
    held: Texts | None = g.get("texts")
    if held is None:
        held = g.texts = _texts(_locale())
    return held


def t(key: str, /, **values: object) -> str:
    return texts()(key, **values)


def texts_in(locale: str) -> Texts:
    """The same reader's texts in another language: a form may stand in one that is not the page's."""
    reading = texts()
    return reading if locale == reading.locale.code else _texts(locale)


def chosen() -> str | None:
    """The language that she has chosen on a page."""
    wishes = (request.args.get(COOKIE), request.cookies.get(COOKIE))
    return next((code for code in wishes if code in LOCALES), None)


def suggest(locale: str, municipality_id: int) -> None:
    """What we know of this reader, for when she has not chosen herself."""
    g.suggested_locale = locale
    g.texts_of = municipality_id
    g.pop("texts", None)


def install(app: Flask) -> None:
    app.add_template_global(_t_in_page, "t")
    app.add_template_global(t, "t_plain")
    app.add_template_global(_isolate, "isolate")
    app.context_processor(_page_values)

    @app.after_request
    def keep_choice(response: Response) -> Response:
        chosen = request.args.get(COOKIE, "")
        if chosen in LOCALES:
            secure = portal().settings.secure_cookies
            response.set_cookie(COOKIE, chosen, httponly=True, samesite="Lax", secure=secure)
        return response


def _locale() -> str:
    for code in (chosen(), g.get("suggested_locale")):
        if code in LOCALES:
            return str(code)
    who = actor_or_none()
    if who is not None and who.staff_id is not None:
        return DEFAULT
    return negotiate(request.headers.get("Accept-Language", ""), tuple(LOCALES))


def _texts(locale: str) -> Texts:
    who = actor_or_none()
    municipality_id = who.municipality_id if who else g.get("texts_of")
    overlay = portal().overlays.of(municipality_id) if municipality_id else None
    return portal().catalogs.texts(locale, overlay)


def _t_in_page(key: str, /, **values: object) -> Markup:
    """For the body of a page; in attributes use ``t_plain``."""
    reading = texts()
    shown, source = reading.html_and_lang(key, **values)
    if source == reading.locale.code:
        return shown
    locale = LOCALES[source]
    return Markup('<span lang="{}" dir="{}">{}</span>').format(locale.code, locale.direction, shown)


def _page_values() -> dict[str, Any]:
    reading = texts()
    return {"locale": reading.locale, "texts": reading}


def _isolate(text: str) -> Markup:
    """A name or a person's own words: their direction must not turn the sentence around them."""
    return Markup("<bdi>{}</bdi>").format(escape(text))
