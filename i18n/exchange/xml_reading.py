"""A stranger's XML: no document type, no entities, no depths, and the line of every element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from i18n.exchange.units import Place, Reason, Rejected, rejected

MOST_ELEMENTS = 400_000
DEEPEST = 40


class _TooMuch(Exception):
    """More elements, or deeper, than any file of texts."""


class _Builder(TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Element, int] = {}
        self.expat: Any = None
        self._depth = 0

    def start(self, tag: str, attrs: dict[Any, Any], /) -> Element:
        self._depth += 1
        if self._depth > DEEPEST or len(self.lines) >= MOST_ELEMENTS:
            raise _TooMuch
        element = super().start(tag, attrs)
        self.lines[element] = self.expat.CurrentLineNumber
        return element

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse(data: bytes) -> tuple[Element, Mapping[Element, int]] | Rejected:
    """The root, and each element's line (1-based)."""
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    try:
        parser.feed(data)
        return parser.close(), builder.lines
    except ParseError as error:
        return rejected(Reason.NOT_XML, Place(line=error.position[0]))
    except DefusedXmlException:
        return rejected(Reason.DOCTYPE, Place(line=builder.expat.CurrentLineNumber))
    except _TooMuch:
        return rejected(Reason.TOO_MANY, Place(line=builder.expat.CurrentLineNumber))
    except (ValueError, LookupError):  # an encoding that is named and does not exist
        return rejected(Reason.ENCODING, Place(line=1))
