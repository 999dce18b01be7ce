"""Which text stands where on a page: each is put between two signs that nobody types, and found again in the HTML.

A text in the page becomes an ``<x-text data-key>``; one that is not seen (a title, an attribute, a field's label for
who listens) is named on the element that it belongs to. The signs are of Unicode's private planes, one pair a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

OPENS, CLOSES = 0xF0000, 0x100000
MOST = 0xFFFD
"""Pairs in a private plane."""


class Shown(StrEnum):
    """How a text is met on a page."""

    READ = "read"
    """It stands on the page."""
    HEARD = "heard"
    """In an attribute or a title: told to who listens, or on a tab."""
    ABROAD = "abroad"
    """It stands there for who reads another language than Danish: it tells of the translation itself."""


@dataclass(frozen=True)
class Sighting:
    key: str
    shown: Shown


class Marks:
    """The pairs of signs of one page."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._numbers: dict[str, int] = {}

    def around(self, key: str, text: str) -> str:
        """A text that is empty stays so: there is nothing to find."""
        number = self._numbers.get(key)
        if number is None:
            if len(self._keys) >= MOST:
                return text
            number = self._numbers[key] = len(self._keys)
            self._keys.append(key)
        return f"{chr(OPENS + number)}{text}{chr(CLOSES + number)}" if text else text

    def key(self, sign: str) -> str:
        """Of either sign of a pair; empty for a sign of somebody else's."""
        number = ord(sign) - (CLOSES if ord(sign) >= CLOSES else OPENS)
        return self._keys[number] if number < len(self._keys) else ""


SIGN = re.compile(f"[{chr(OPENS)}-{chr(OPENS + MOST)}{chr(CLOSES)}-{chr(CLOSES + MOST)}]")
HERE = "tekst"
"""The id of the text that is asked for, where it first stands."""
_PIECE = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]+)")
_HREF = re.compile(r'\shref="([^"]*)"')
_PRIVATE_SOURCE = re.compile(r'\ssrc="/hjem[^"]*"')
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "path", "use", "rect"])
_SILENT = frozenset(["textarea", "template", "style", "svg", "select", "title", "audio"])
"""No element of ours can stand in them; what is said in them is noted on themselves."""
_TEXT = "x-text"
_HAS_ID = re.compile(r"\sid=")
_HEARD_HERE = f'data-heard id="{HERE}"'

Link = Callable[[str], str | None]
"""An address on the page -> where it leads from here; None: nowhere."""


@dataclass(frozen=True)
class Seen:
    """A page with its texts marked, and what was seen on it, in order; each text once."""

    html: str
    sightings: tuple[Sighting, ...]


def without(text: str) -> str:
    return SIGN.sub("", text)


def show(html: str, marks: Marks, wanted: str = "", link: Link = lambda _: None) -> Seen:
    """The page as it can be looked at: nothing on it leads away or runs, and ``wanted`` can be scrolled to."""
    walk = _Walk(marks, wanted, link)
    walk.over(html)
    return Seen("".join(walk.out), tuple(walk.found.values()))


@dataclass
class _Open:
    name: str
    at: int
    is_silent: bool


@dataclass
class _Walk:
    """Through a page that our templates made: its tags are balanced, and what people wrote is escaped in it."""

    marks: Marks
    wanted: str
    link: Link
    out: list[str] = field(default_factory=list)
    found: dict[str, Sighting] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    has_wanted: bool = False

    def over(self, html: str) -> None:
        for piece in _PIECE.findall(html):
            tag = _TAG.match(piece)
            if tag is None:
                self._text(piece)
            elif tag[2].lower() == "script":
                continue
            elif tag[1]:
                self._end(tag[2].lower(), piece)
            else:
                self._begin(tag[2].lower(), piece)

    def _begin(self, name: str, piece: str) -> None:
        is_silent = name in _SILENT or self._is_silent()
        said = self._keys_in(piece)
        self.out.append(self._tamed(name, without(piece)))
        at = len(self.out) - 1
        if name not in _VOID and not piece.endswith("/>"):
            self.open.append(_Open(name, at, is_silent))
        for key in said:
            self._note(key, at)

    def _end(self, name: str, piece: str) -> None:
        while self.open and self.open[-1].name == _TEXT:
            self._close_text()
        if self.open and self.open[-1].name == name:
            self.open.pop()
        self.out.append(piece)

    def _text(self, piece: str) -> None:
        if self._is_silent():
            self.out.append(without(piece))
            at = next(each.at for each in self.open if each.is_silent)
            for key in self._keys_in(piece):
                self._note(key, at)
            return
        start = 0
        for sign in SIGN.finditer(piece):
            self.out.append(piece[start : sign.start()])
            start = sign.end()
            if ord(sign[0]) < CLOSES:
                self._open_text(self.marks.key(sign[0]))
            elif self.open and self.open[-1].name == _TEXT:
                self._close_text()
        self.out.append(piece[start:])

    def _open_text(self, key: str) -> None:
        self.found.setdefault(key, Sighting(key, Shown.READ))
        if self.found[key].shown is Shown.HEARD:
            self.found[key] = Sighting(key, Shown.READ)
        self.out.append(f'<{_TEXT} data-key="{escape(key)}"{self._here(key)}>')
        self.open.append(_Open(_TEXT, len(self.out) - 1, is_silent=False))
        if key == self.wanted:
            self._unfold()

    def _close_text(self) -> None:
        self.open.pop()
        self.out.append(f"</{_TEXT}>")

    def _note(self, key: str, at: int) -> None:
        """On the element at this place of what has been put out."""
        self.found.setdefault(key, Sighting(key, Shown.HEARD))
        if key == self.wanted:
            self.out[at] = _with(self.out[at], "data-heard" if _HAS_ID.search(self.out[at]) else _HEARD_HERE)
            self._unfold()

    def _here(self, key: str) -> str:
        if key != self.wanted:
            return ""
        is_first, self.has_wanted = not self.has_wanted, True
        return f' class="here"{f" id={HERE!r}" if is_first else ""}'

    def _unfold(self) -> None:
        """What is folded away is opened where the wanted text stands in it."""
        for each in self.open:
            if each.name == "details" and " open" not in self.out[each.at]:
                self.out[each.at] = _with(self.out[each.at], "open")

    def _keys_in(self, piece: str) -> Iterator[str]:
        keys = (self.marks.key(sign) for sign in SIGN.findall(piece) if ord(sign) < CLOSES)
        yield from dict.fromkeys(key for key in keys if key)

    def _tamed(self, name: str, piece: str) -> str:
        if name == "a":
            return _HREF.sub(self._way, piece)
        return _PRIVATE_SOURCE.sub("", piece)

    def _way(self, found: re.Match[str]) -> str:
        if found[1].startswith("#"):
            return found[0]
        leads = self.link(found[1])
        return f' href="{escape(leads)}"' if leads else ""

    def _is_silent(self) -> bool:
        return any(each.is_silent for each in self.open[-1:])


def _with(tag: str, attribute: str) -> str:
    end = -2 if tag.endswith("/>") else -1
    return f"{tag[:end]} {attribute}{tag[end:]}"
