"""The reader's language, and ``t`` for views and templates.

What this page's address says (``?sprog=``) comes first, then what we know of her (a view's ``suggest``), then what was
chosen on this phone before anybody was known, then what the browser asks for. The phone may be several people's: its
cookie never goes above what one of them has chosen for herself. Danish that stands in for a missing text is marked as
Danish, so that it is read aloud right and stands the right way round.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

from flask import Flask, Response, g, request
from markupsafe import Markup, escape

from i18n.locales import DEFAULT, LOCALES, negotiate
from i18n.texts import Texts
from portal.web.context import actor_or_none, now, portal
from portal.web.respond import wants_fragment

COOKIE = "sprog"
STILL_HER = timedelta(minutes=30)
"""Who signs in so soon after a choice on this phone is the one who chose."""


def texts() -> Texts:
    """The texts of this request's reader, with her municipality's own words above ours."""
    held: Texts | None = g.get("texts")
    if held is None:
        held = g.texts = _texts(_locale())
    return held


def t(key: str, /, **values: object) -> str:
    reading = texts()
    if reading.locale.code != DEFAULT:
        _note(reading, key, reading.lang(key))
    return reading(key, **values)


def texts_in(locale: str) -> Texts:
    """The same reader's texts in another language: a form may stand in one that is not the page's."""
    reading = texts()
    return reading if locale == reading.locale.code else _texts(locale)


def just_chosen() -> str | None:
    """The language chosen on this phone within the last half hour."""
    code, _, at = request.cookies.get(COOKIE, "").partition(".")
    is_fresh = at.isdecimal() and 0 <= now().timestamp() - int(at) <= STILL_HER.total_seconds()
    return code if code in LOCALES and is_fresh else None


def suggest(locale: str, municipality_id: int) -> None:
    """What we know of this reader, for when she has not chosen herself."""
    g.suggested_locale = locale
    g.texts_of = municipality_id
    g.pop("texts", None)


def install(app: Flask) -> None:
    app.add_template_global(_t_in_page, "t")
    app.add_template_global(t, "t_plain")
    app.add_template_global(_isolate, "isolate")
    app.add_template_global(_about_the_language, "about_the_language")
    app.context_processor(_page_values)

    @app.after_request
    def keep_choice(response: Response) -> Response:
        chosen = request.args.get(COOKIE, "")
        if _is_spoken(chosen):
            _set_cookie(response, f"{chosen}.{int(now().timestamp())}")
        elif _is_news_to_the_phone(response):
            _set_cookie(response, g.suggested_locale)
        return response


def _is_news_to_the_phone(response: Response) -> bool:
    """Pages that know nobody, such as “Is this SMS real?”, follow the one she came from."""
    if _pseudo() is not None:
        return False
    suggested = g.get("suggested_locale") if request.blueprint == "citizen" else None
    is_page = response.status_code == 200 and response.mimetype == "text/html"
    return is_page and suggested in LOCALES and not wants_fragment() and suggested != _in_cookie()


def _set_cookie(response: Response, value: str) -> None:
    secure = portal().settings.secure_cookies
    response.set_cookie(COOKIE, value, httponly=True, samesite="Lax", secure=secure)


def _in_cookie() -> str:
    """Only citizens' pages have a switch: staff who look at one on their own screen keep their own language."""
    if request.blueprint not in (None, "citizen"):
        return ""
    return request.cookies.get(COOKIE, "").partition(".")[0]


def _locale() -> str:
    for code in (request.args.get(COOKIE), _pseudo(), g.get("suggested_locale"), _in_cookie()):
        if _is_spoken(code):
            return str(code)
    who = actor_or_none()
    if who is not None and who.staff_id is not None:
        return DEFAULT
    return negotiate(request.headers.get("Accept-Language", ""), tuple(LOCALES))


def _is_spoken(code: str | None) -> bool:
    return code in LOCALES or code in portal().catalogs.pseudo


def _pseudo() -> str | None:
    """One that nobody speaks, once asked for, goes above what anybody has chosen for herself: it is never kept."""
    code = _in_cookie()
    return code if code in portal().catalogs.pseudo else None


def _texts(locale: str) -> Texts:
    who = actor_or_none()
    municipality_id = who.municipality_id if who else g.get("texts_of")
    if not municipality_id:
        return portal().catalogs.texts(locale)
    held = portal().overlays
    return portal().catalogs.texts(locale, held.of(municipality_id), held.drafts(municipality_id))


def _t_in_page(key: str, /, **values: object) -> Markup:
    """For the body of a page; in attributes use ``t_plain``."""
    reading = texts()
    shown, source = reading.html_and_lang(key, **values)
    if reading.locale.code != DEFAULT:
        _note(reading, key, source)
    if source == reading.locale.code:
        return shown
    locale = LOCALES[source]
    return Markup('<span lang="{}" dir="{}">{}</span>').format(locale.code, locale.direction, shown)


def _note(reading: Texts, key: str, source: str) -> None:
    """For the foot of the page."""
    if source != reading.locale.code:
        g.has_danish = True
    elif not g.get("has_drafts"):
        g.has_drafts = not reading.is_approved(key)


def _about_the_language() -> tuple[str, ...]:
    """What the foot of the page says quietly: some of it is Danish; some of it no native speaker has approved.
    Asked last, when the page has been written."""
    said = ["common.language.some_danish"] if g.get("has_danish") else []
    return (*said, "common.language.draft") if g.get("has_drafts") else tuple(said)


def _page_values() -> dict[str, Any]:
    reading = texts()
    return {"locale": reading.locale, "texts": reading}


def _isolate(text: str) -> Markup:
    """A name or a person's own words: their direction must not turn the sentence around them. A phone number has no
    letter to take its own from, and browsers would then give it the page's."""
    has_own = any(unicodedata.bidirectional(sign) in ("L", "R", "AL") for sign in text)
    around = Markup("<bdi>{}</bdi>") if has_own else Markup('<bdi dir="ltr">{}</bdi>')
    return around.format(escape(text))
