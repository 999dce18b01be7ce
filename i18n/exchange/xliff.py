"""XLIFF 2 (OASIS, 2014): what agencies' programs trade in.

A `file` an area, a `unit` a text, named by its key. A text that counts is a unit a plural form, its id the key, a
colon and the CLDR category ("citizen.days:few"): XLIFF 2.0 has no plurals of its own, and segments of one unit may be
joined or split. The state says how far a text has come:

    state        subState                our status
    initial                              missing
    initial      taletid:stale           stale
    initial      taletid:machine-draft   machine draft
    translated                           draft
    reviewed                             back-checked
    final                                native-approved
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import groupby
from xml.etree.ElementTree import Element, ElementTree, SubElement

from i18n.catalogs import Status
from i18n.exchange.form_rows import FormRow, gathered
from i18n.exchange.inline import NAMESPACE, Codes, UnknownInline, named, text_of
from i18n.exchange.units import FileRead, Place, Reason, Refused, Rejected, Unit, numbers_of, rejected
from i18n.exchange.xml_reading import parse
from i18n.locales import DEFAULT, LOCALES, Locale

STALE = "taletid:stale"
UNREAD = "taletid:machine-draft"
STATES = {
    Status.MACHINE_DRAFT: ("initial", UNREAD),
    Status.DRAFT: ("translated", ""),
    Status.BACK_CHECKED: ("reviewed", ""),
    Status.NATIVE_APPROVED: ("final", ""),
}
_STATUSES = {state: status for status, state in STATES.items()}
_NMTOKEN = re.compile(r"[\w.-]+")  # what an id may hold, without the colon that is ours


def write(units: Iterable[Unit], locale: Locale) -> bytes:
    root = _with_lines(
        Element("xliff", {"xmlns": NAMESPACE, "version": "2.0", "srcLang": DEFAULT, "trgLang": locale.code})
    )
    for number, (area, group) in enumerate(groupby(units, key=lambda unit: unit.area), start=1):
        still = {"id": f"f{number}", "original": area, "canResegment": "no", "trgDir": locale.direction}
        file = _sub(root, "file", {**still, "xml:space": "preserve"})
        for place, unit in enumerate(group, start=1):
            _write_unit(file, unit, locale, f"u{place}")
    written = BytesIO()
    ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue()


def _write_unit(file: Element, unit: Unit, locale: Locale, fallback: str) -> None:
    name = unit.key if _NMTOKEN.fullmatch(unit.key) else fallback
    categories = locale.plural_categories if unit.plural else ("",)
    for category, source, target in zip(categories, unit.beside(locale), unit.targets(locale), strict=True):
        element = _sub(file, "unit", {"id": f"{name}:{category}" if category else name, "name": unit.key})
        _write_notes(element, unit, category, locale)
        _write_segment(element, unit, source, target)


def _write_notes(element: Element, unit: Unit, category: str, locale: Locale) -> None:
    given = [("context", unit.context), *(("place", place) for place in unit.places)]
    if category:
        numbers = ", ".join(map(str, numbers_of(locale, category)))
        given.append(("plural", f"{category}: {numbers}"))
    given += [("former-source", form) for form in unit.former]
    if not any(text for _, text in given):
        return
    notes = _sub(element, "notes", {})
    for category_, text in given:
        if text:
            _sub(notes, "note", {"category": category_}).text = text


def _write_segment(element: Element, unit: Unit, source: str, target: str) -> None:
    codes, segment = Codes(), _with_lines(Element("segment", _state(unit)))
    codes.put(_sub(segment, "source", {}, text=""), source)
    if target:
        codes.put(_sub(segment, "target", {}, text=""), target)
    if codes.data:
        data = _sub(element, "originalData", {})
        for text, name in codes.data.items():
            _sub(data, "data", {"id": name}).text = text
    element.append(segment)


def _state(unit: Unit) -> dict[str, str]:
    state, sub = ("initial", STALE if unit.stale else "") if unit.status is None else STATES[unit.status]
    return {"state": state, **({"subState": sub} if sub else {})}


def _sub(parent: Element, name: str, attributes: dict[str, str], text: str = "\n") -> Element:
    element = _with_lines(SubElement(parent, name, attributes))
    element.text = text
    return element


def _with_lines(element: Element) -> Element:
    """A file of one endless line is nobody's to read. Never inside a text."""
    element.text = element.tail = "\n"
    return element


def read(data: bytes) -> FileRead | Rejected:
    parsed = parse(data)
    if isinstance(parsed, Rejected):
        return parsed
    root, lines = parsed
    if root.tag != named("xliff"):
        return rejected(Reason.NOT_XLIFF_2, Place(line=1), detail=root.get("version", ""))
    language = root.get("trgLang", "")
    found = [_row(unit, lines) for unit in root.iter(named("unit"))]
    rows = (each for each in found if isinstance(each, FormRow))
    texts, problems = gathered(rows, LOCALES.get(language.partition("-")[0].lower()))
    return FileRead(language, texts, (*(each for each in found if isinstance(each, Refused)), *problems))


def _row(unit: Element, lines: Mapping[Element, int]) -> FormRow | Refused:
    base, _, category = unit.get("id", "").partition(":")
    key, place = unit.get("name") or base, Place(line=lines[unit])
    if not key:
        return Refused(place, Reason.WITHOUT_KEY)
    segments = [each for each in unit if each.tag in (named("segment"), named("ignorable"))]
    data = {each.get("id", ""): "".join(each.itertext()) for each in unit.iter(named("data"))}
    try:
        source, target = _source(segments, data), _target(segments, data)
    except UnknownInline as error:
        return Refused(place, Reason.INLINE_ELEMENT, {"key": key, "detail": str(error)})
    stale = any(_said(each) == ("initial", STALE) for each in segments)
    return FormRow(key, category, target, place, source, _status(segments), stale)


def _source(segments: list[Element], data: dict[str, str]) -> str:
    return "".join(_content(each, "source", data) for each in segments)


def _target(segments: list[Element], data: dict[str, str]) -> str:
    """The segments in the order of the translation. One without a translation leaves the whole text open; what
    stands between segments is mostly a space, and is taken from the Danish."""
    ordered = sorted(enumerate(segments, start=1), key=lambda each: _order(*each))
    parts = []
    for _, segment in ordered:
        text = _content(segment, "target", data)
        if not text and segment.tag == named("ignorable"):
            text = _content(segment, "source", data)
        if not text and _content(segment, "source", data):
            return ""
        parts.append(text)
    return "".join(parts)


def _order(place: int, segment: Element) -> int:
    target = segment.find(named("target"))
    given = target.get("order", "") if target is not None else ""
    return int(given) if given.isdecimal() else place


def _content(segment: Element, name: str, data: dict[str, str]) -> str:
    element = segment.find(named(name))
    return "" if element is None else text_of(element, data)


def _said(segment: Element) -> tuple[str, str]:
    """A program that changes the state need not know our word beside it."""
    state = segment.get("state", "initial")
    return state, segment.get("subState", "") if state == "initial" else ""


def _status(segments: list[Element]) -> Status | None:
    """As far as the segment that is least far; None where one says nothing that we keep."""
    given = [_STATUSES.get(_said(each)) for each in segments if each.tag == named("segment")]
    return None if None in given else next((status for status in Status if status in given), None)
