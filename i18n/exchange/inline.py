"""XLIFF's inline elements: placeholders and bare markup as codes that a translator's program moves and never breaks.

    Hej {name}, <strong>svar</strong>     →     Hej <ph id="1" dataRef="d1"/>, <pc id="2" …>svar</pc>

The codes themselves stand in the unit's originalData, so that a file brings back exactly what went out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from i18n.formatting import ALLOWED_TAGS, PLACEHOLDER

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"

_PAIRS = "|".join(tag for tag in ALLOWED_TAGS if tag != "br")
_CODE = re.compile(rf"{PLACEHOLDER.pattern}|<br>|<(?P<close>/?)(?P<tag>{_PAIRS})>")
_SUBTYPES = {"strong": "xlf:b", "em": "xlf:i", "br": "xlf:lb"}
_LOOSE = {"ph": ("dataRef",), "sc": ("dataRef",), "ec": ("dataRef",)}
_WITHOUT_TEXT = frozenset({"sm", "em"})


def named(name: str) -> str:
    """The name as the reading parser tells it; what we write has the namespace once, at its root."""
    return f"{{{NAMESPACE}}}{name}"


class UnknownInline(ValueError):
    """An element inside a text that holds none of our codes."""


class Codes:
    """The codes of one unit: in source and target the same code has the same id, or a program sees two."""

    def __init__(self) -> None:
        self._data: dict[str, str] = {}
        self._ids: dict[tuple[str, int], str] = {}

    @property
    def data(self) -> dict[str, str]:
        """What a code stands for -> its id in originalData."""
        return self._data

    def put(self, parent: Element, text: str) -> None:
        """`text` as the content of `parent`."""
        seen: dict[str, int] = {}
        open_: list[tuple[Element, str]] = [(parent, "")]
        at = 0
        for match in _CODE.finditer(text):
            if self._is_stray(match, open_, text):
                continue
            _append(open_[-1][0], text[at : match.start()])
            at = match.end()
            if match["close"]:
                open_.pop()
                continue
            nth = seen[match[0]] = seen.get(match[0], 0) + 1
            element = self._code(open_[-1][0], match, nth)
            if match["tag"]:
                open_.append((element, match["tag"]))
        _append(open_[-1][0], text[at:])

    def _is_stray(self, match: re.Match[str], open_: Sequence[tuple[Element, str]], text: str) -> bool:
        """A tag without its other half stays text: the file shows what is wrong with it."""
        if match["tag"] is None:
            return False
        if match["close"]:
            return open_[-1][1] != match["tag"]
        return not _closes(text, match)

    def _code(self, parent: Element, match: re.Match[str], nth: int) -> Element:
        number = self._ids.setdefault((match[0], nth), str(len(self._ids) + 1))
        if tag := match["tag"]:
            ends = {"dataRefStart": self._ref(match[0]), "dataRefEnd": self._ref(f"</{tag}>")}
            kind = {"type": "fmt", "subType": _SUBTYPES[tag]}
            return SubElement(parent, "pc", {"id": number, **ends, **kind})
        breaks = match[0] == "<br>"
        kind = {"type": "fmt", "subType": _SUBTYPES["br"]} if breaks else {"disp": match[0]}
        return SubElement(parent, "ph", {"id": number, "dataRef": self._ref(match[0]), **kind})

    def _ref(self, code: str) -> str:
        return self._data.setdefault(code, f"d{len(self._data) + 1}")


def _closes(text: str, opening: re.Match[str]) -> bool:
    """Whether the tag is closed again, with nothing of its own left open between."""
    depth: list[str] = []
    for match in _CODE.finditer(text, opening.start()):
        if not match["tag"]:
            continue
        if not match["close"]:
            depth.append(match["tag"])
        elif depth.pop() != match["tag"]:
            return False
        if not depth:
            return True
    return False


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def text_of(element: Element, data: dict[str, str]) -> str:
    """The content with its codes put back. Raises UnknownInline with the name of what it cannot read."""
    return "".join(_parts(element, data))


def _parts(element: Element, data: dict[str, str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _child(child, data)
        yield child.tail or ""


def _child(child: Element, data: dict[str, str]) -> Iterator[str]:
    name = child.tag.removeprefix(f"{{{NAMESPACE}}}")
    if name in _LOOSE:
        yield _code_of(child, data, "dataRef")
    elif name == "pc":
        yield _code_of(child, data, "dataRefStart")
        yield from _parts(child, data)
        yield _code_of(child, data, "dataRefEnd")
    elif name == "mrk":
        yield from _parts(child, data)
    elif name == "cp":
        yield _sign(child)
    elif name not in _WITHOUT_TEXT:
        raise UnknownInline(name)


def _sign(child: Element) -> str:
    """A sign that XML itself cannot hold; whether a text may is for the judge to say."""
    try:
        return chr(int(child.get("hex", ""), 16))
    except (ValueError, OverflowError) as error:
        raise UnknownInline("cp") from error


def _code_of(element: Element, data: dict[str, str], reference: str) -> str:
    found = data.get(element.get(reference, ""))
    if found is None:
        raise UnknownInline(f"{element.tag.rpartition('}')[2]} {element.get('id', '')}".strip())
    return found
