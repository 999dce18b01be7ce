"""gettext: PO for one language, POT for a language that we do not have yet.

    #. What the translator must know
    #: /start
    # status: draft
    #, python-brace-format
    msgctxt "citizen.step.send"
    msgid "Begynd, {name}"
    msgstr "Zacznij, {name}"

The Danish is the msgid, as gettext's own programs expect, and the key is the msgctxt. A stale text is fuzzy and has
the Danish it was made from in `#| msgid`. A file in the form of our own catalogs, whose msgid is the key, is read too:
it shows no Danish.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import polib

from i18n.catalogs import CatalogError, Status, open_po
from i18n.exchange.units import FileRead, Incoming, Place, Reason, Rejected, Unit, rejected
from i18n.formatting import placeholders
from i18n.locales import Locale

_STATUS = re.compile(r"^status:[ \t]*(\S+)[ \t]*$", re.MULTILINE)


def write(units: Iterable[Unit], locale: Locale) -> bytes:
    """The texts in UTF-8, for Poedit, Weblate, Lokalize and their like."""
    header = {"Language": locale.code, "Plural-Forms": locale.plural_forms_header}
    return _file((_entry(unit, unit.targets(locale)) for unit in units), header)


def write_template(units: Iterable[Unit]) -> bytes:
    """The Danish alone, for a language yet to come: its number of plural forms is filled in by who begins it."""
    header = {"Language": "", "Plural-Forms": "nplurals=INTEGER; plural=EXPRESSION;"}
    return _file((_entry(unit, ("",) * len(unit.source)) for unit in units), header)


def read(data: bytes) -> FileRead | Rejected:
    try:
        file = open_po(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return rejected(Reason.ENCODING, Place(data.count(b"\n", 0, error.start) + 1))
    except CatalogError as error:
        return rejected(Reason.NOT_PO, Place(_line_of(error)))
    return FileRead(file.metadata.get("Language", "").strip(), tuple(_incoming(file)))


def _file(entries: Iterator[polib.POEntry], header: dict[str, str]) -> bytes:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "Taletid",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **header,
    }
    file.extend(entries)
    return f"{file}\n".encode()


def _entry(unit: Unit, forms: tuple[str, ...]) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=unit.key,
        msgid=unit.source[0],
        msgid_plural=unit.source[-1] if unit.plural else "",
        msgstr="" if unit.plural else forms[0],
        msgstr_plural=dict(enumerate(forms)) if unit.plural else {},
        comment=unit.context,
        tcomment=f"status: {unit.status}" if unit.status else "",
        occurrences=[(place, "") for place in unit.places],
        flags=_flags(unit),
        previous_msgid=unit.former[0] if unit.former else None,
        previous_msgid_plural=unit.former[-1] if unit.former and unit.plural else None,
    )


def _flags(unit: Unit) -> list[str]:
    """The second makes gettext's own programs watch over the placeholders."""
    braced = any(placeholders(form) for form in unit.source)
    return [*(["fuzzy"] if unit.stale else []), *(["python-brace-format"] if braced else [])]


def _incoming(file: polib.POFile) -> Iterator[Incoming]:
    for item in file:
        if item.obsolete:
            continue
        plural, bilingual = bool(item.msgid_plural), item.msgctxt is not None
        given = tuple(item.msgstr_plural[i] for i in sorted(item.msgstr_plural)) if plural else (item.msgstr,)
        source = (item.msgid, item.msgid_plural) if plural else (item.msgid,)
        yield Incoming(
            key=item.msgctxt if bilingual else item.msgid,
            forms=tuple(form.replace("\r\n", "\n") for form in given),
            place=Place(line=item.linenum or 1),  # polib counts the first line as 0
            plural=plural,
            source=source if bilingual else (),
            status=_status(item.tcomment),
            left_open="fuzzy" in item.flags,
        )


def _status(comment: str) -> Status | None:
    match = _STATUS.search(comment)
    return Status(match[1]) if match and match[1] in set(Status) else None


def _line_of(error: CatalogError) -> int:
    match = re.search(r"line (\d+)", str(error))
    return int(match[1]) if match else 1
