"""One judge for all formats: what of a file is taken, what stays open, and what refuses the whole of it.

A file is taken whole or not at all. What the translator herself has left open, and what has changed in Danish since
the file was made, stays out with its reason and refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from i18n.catalogs import Status
from i18n.exchange.signs import strange_signs, turned_around
from i18n.exchange.units import FileRead, Incoming, Place, Reason, Refused, Rejected, Unit
from i18n.form_checks import Fault, Flaw, flaws
from i18n.formatting import placeholders
from i18n.locales import LOCALES, Locale
from i18n.texts import Forms

HIGHEST = Status.BACK_CHECKED
"""As far as a file can bring a text: approval is given by a person under her own name."""

_RANK = {status: rank for rank, status in enumerate(Status)}


@dataclass(frozen=True)
class Change:
    """A text that the file changes, or only brings further: then the forms are those there are."""

    key: str
    forms: Forms
    place: Place
    status: Status = Status.DRAFT


@dataclass(frozen=True)
class Remark:
    """What the translator wrote to us about a text, whether she changed it or not."""

    key: str
    body: str
    place: Place


@dataclass(frozen=True)
class Accepted:
    """What to store, and what stays as it is."""

    changes: tuple[Change, ...]
    left_out: tuple[Refused, ...]
    remarks: tuple[Remark, ...] = ()


def judge(file: FileRead, units: Mapping[str, Unit], locale: Locale) -> Accepted | Rejected:
    """`units`: all texts of the language by key, as they are now."""
    problems = (*_file_problems(file, locale), *file.problems, *_text_problems(file, units, locale))
    return Rejected(problems) if problems else _accepted(file, units, locale)


def language_of(file: FileRead) -> str:
    """The code of the language that the file says it is in; "" where it says none, or one we do not speak."""
    code = re.split(r"[-_@]", file.language)[0].lower()
    return code if code in LOCALES else ""


def _file_problems(file: FileRead, locale: Locale) -> Iterator[Refused]:
    if file.language and language_of(file) != locale.code:
        yield Refused(
            Place(line=1), Reason.WRONG_LANGUAGE, {"language": file.language, "wanted": locale.name}
        )


def _text_problems(file: FileRead, units: Mapping[str, Unit], locale: Locale) -> Iterator[Refused]:
    first: dict[str, Place] = {}
    for each in file.incoming:
        if each.key in first:
            where = first[each.key]
            yield _refused(each, Reason.DUPLICATE, where.cell or str(where.line))
        elif each.key not in units:
            yield _refused(each, Reason.UNKNOWN_KEY)
        else:
            yield from _form_problems(each, units[each.key], locale)
        first.setdefault(each.key, each.place)


def _form_problems(each: Incoming, unit: Unit, locale: Locale) -> Iterator[Refused]:
    if _open_reason(each, unit, locale) is not None:
        return
    if each.plural != unit.plural:
        yield _refused(each, Reason.PLURAL_OR_NOT)
        return
    for reason, detail in dict.fromkeys(found for form in each.forms for found in strange_signs(form)):
        yield _refused(each, reason, detail)
    found = flaws(unit.source, each.forms, plural=each.plural, locale=locale)
    for told in dict.fromkeys(_explained(flaw, each, unit) for flaw in found):
        yield _refused(each, *told)


def _explained(flaw: Flaw, each: Incoming, unit: Unit) -> tuple[str, str]:
    """A placeholder that is typed from right to left looks right: its translator must be told what is wrong."""
    known = frozenset().union(*map(placeholders, unit.source), {"n"} if unit.plural else ())
    found = (turned_around(form, known) for form in each.forms)
    name = next(filter(None, found), None)
    if name and flaw.fault in (Fault.BROKEN_PLACEHOLDER, Fault.PLACEHOLDERS):
        return Reason.TURNED_AROUND, name
    return flaw.fault, flaw.detail


def _refused(each: Incoming, code: str, detail: str = "") -> Refused:
    return Refused(each.place, code, {"key": each.key, "detail": detail})


def _open_reason(each: Incoming, unit: Unit, locale: Locale) -> Reason | None:
    """Why this text is not finished, or None if it is."""
    if each.left_open:
        return Reason.LEFT_OPEN
    if each.empty:
        return Reason.NOT_TRANSLATED
    if each.sent_stale and each.forms == unit.target:
        return Reason.STILL_STALE
    return Reason.SOURCE_CHANGED if _source_changed(each, unit, locale) else None


def _source_changed(each: Incoming, unit: Unit, locale: Locale) -> bool:
    """A program may wrap the Danish anew. A file without it cannot tell, and its translator is trusted."""
    ours = (_unwrapped(unit.source), _unwrapped(unit.beside(locale)))
    return bool(each.source) and _unwrapped(each.source) not in ours


def _unwrapped(forms: Forms) -> Forms:
    return tuple(" ".join(form.split()) for form in forms)


def _accepted(file: FileRead, units: Mapping[str, Unit], locale: Locale) -> Accepted:
    changes: list[Change] = []
    left_out: list[Refused] = []
    for each in file.incoming:
        unit = units[each.key]
        reason = _open_reason(each, unit, locale)
        status = _status_after(each, unit)
        if reason is not None:
            left_out.append(_refused(each, reason))
        elif each.forms != unit.target or unit.stale or status != unit.status:
            changes.append(Change(each.key, each.forms, each.place, status or Status.DRAFT))
    remarks = (Remark(each.key, each.remark, each.place) for each in file.incoming if each.remark)
    return Accepted(tuple(changes), tuple(left_out), tuple(remarks))


def _status_after(each: Incoming, unit: Unit) -> Status | None:
    """A file raises a status, and never lowers it; a new wording whose status nobody has raised is a draft."""
    said = min(each.status, HIGHEST, key=_RANK.__getitem__) if each.status else None
    raised = said is not None and (unit.status is None or _RANK[said] > _RANK[unit.status])
    if raised:
        return said
    return unit.status if each.forms == unit.target and not unit.stale else Status.DRAFT
