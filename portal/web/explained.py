"""Words that not everybody knows, on citizens' pages: marked where they first stand, and explained right below.

The explanation is a <details>: it needs no script, and screen readers know it. It cannot stand inside a sentence,
a heading or a label, so it comes after the paragraph, heading or list item that the word stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from flask import Flask, get_template_attribute
from markupsafe import Markup, escape

from i18n.glossary import Glossary
from i18n.texts import Overlay, Texts
from portal.web.language import texts

_MOST_HELD = 500
_held: dict[tuple[str, int], tuple[Overlay, Glossary]] = {}

_PIECE = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)")
_LEFT_ALONE = re.compile(r"""\bdir="?auto\b|\bclass="[^"]*\bwords\b|\brole="alert\"""")
"""People's own words; and what went wrong, which is said without a word between that leads away from it."""
_EXPLAINED = re.compile(r'data-word="([a-z_]+)"')
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"])
_SILENT = frozenset(["textarea", "script", "template", "style", "svg", "select", "title", "option"])
"""What stands in them is not text that is read, or not a text of ours."""
_WHOLE = frozenset(["a", "button", "summary", "label", "legend"])
"""What is pressed, and what names a field, is left as it is; its words are explained behind it."""
_CLOSES = frozenset(["p", "h1", "h2", "h3", "h4", "ul", "ol", "dl", "table", "form", "fieldset", "details"])
_HOLDS = frozenset(["div", "section", "article", "form", "fieldset", "li", "dd", "td", "details", "nav"])
"""Where an explanation may stand (HTML's flow content, as our pages use it)."""


@dataclass(frozen=True)
class Explanation:
    """``question`` is what the reader may wonder, ``text`` the answer."""

    name: str
    question: str
    text: str


TERM = Markup('<span class="term">{}</span>')


def install(app: Flask) -> None:
    app.add_template_global(explain_page)


def glossary_of(reading: Texts) -> Glossary:
    """The words explained in this language, with the municipality's own; made anew when its texts have changed."""
    key = reading.locale.code, id(reading.overlay)
    held = _held.get(key)
    if held is None or held[0] is not reading.overlay:
        if len(_held) >= _MOST_HELD:
            _held.clear()
        held = _held[key] = reading.overlay, reading.glossary()
    return held[1]


def forget(overlay: Overlay) -> None:
    """Of texts that were shown once."""
    for key in [key for key, held in list(_held.items()) if held[0] is overlay]:
        _held.pop(key, None)


def explanation(reading: Texts, name: str) -> Explanation:
    question = reading("reading.what_is", word=reading(f"glossary.{name}.word"))
    return Explanation(name, question, reading(f"glossary.{name}.text"))


def mark(reading: Texts, text: str, names: tuple[str, ...]) -> str:
    """``text``, with these words marked; the same text when it has none of them."""
    parts, start = [], 0
    for name, begin, end in glossary_of(reading).all_in(text) if names else ():
        if name in names:
            parts += [escape(text[start:begin]), TERM.format(text[begin:end])]
            start = end
    return Markup("").join([*parts, escape(text[start:])]) if parts else text


def explain_page(html: Markup) -> Markup:
    """The content of a page with its words marked and explained. People's own words are left alone."""
    glossary = glossary_of(texts())
    return Markup(explain(html, glossary, _show)) if glossary.may_stand_in(html) else html  # noqa: S704


def _show(names: list[str]) -> str:
    shown = get_template_attribute("components/explained.html", "explained")
    return str(shown([explanation(texts(), name) for name in names]))


def explain(html: str, glossary: Glossary, show: Callable[[list[str]], str]) -> str:
    """``show`` gives the explanations of some words as HTML."""
    return "".join(_Walk(glossary, show, set(_EXPLAINED.findall(html))).over(html))


@dataclass
class _Walk:
    """Through a page that our templates made: its tags are balanced, and what people wrote is escaped in it."""

    glossary: Glossary
    show: Callable[[list[str]], str]
    seen: set[str]
    due: list[str] = field(default_factory=list)
    open: list[tuple[str, bool]] = field(default_factory=list)
    """Each open element, and whether what stands in it is left alone."""

    def over(self, html: str) -> Iterator[str]:
        for piece in _PIECE.findall(html):
            tag = _TAG.match(piece)
            if tag is None:
                yield piece if self._is_silent() else "".join(self._marked(piece))
            elif tag[1]:
                yield from self._close(tag[2].lower(), piece)
            else:
                self._begin(tag[2].lower(), piece)
                yield piece
        yield self._told()

    def _begin(self, name: str, piece: str) -> None:
        if name in _VOID or piece.endswith("/>"):
            return
        is_silent = name in _SILENT or _LEFT_ALONE.search(piece) is not None
        self.open.append((name, is_silent or self._is_silent()))

    def _close(self, name: str, piece: str) -> Iterator[str]:
        if name in ("li", "dd", "td") and self._may_stand():
            yield self._told()
        if self.open:
            self.open.pop()
        yield piece
        if name in (*_CLOSES, "legend") and self._may_stand():
            yield self._told()

    def _may_stand(self) -> bool:
        names = [name for name, _ in self.open]
        return (not names or names[-1] in _HOLDS) and _WHOLE.isdisjoint(names)

    def _is_silent(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def _marked(self, text: str) -> Iterator[str]:
        is_whole = not _WHOLE.isdisjoint(name for name, _ in self.open)
        start = 0
        for name, begin, end in self.glossary.all_in(text):
            if name in self.seen:
                continue
            self.seen.add(name)
            self.due.append(name)
            if not is_whole:
                yield f"{text[start:begin]}{TERM.format(Markup(text[begin:end]))}"  # noqa: S704
                start = end
        yield text[start:]

    def _told(self) -> str:
        due, self.due = self.due, []
        return self.show(due) if due else ""
