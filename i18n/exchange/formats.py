"""The formats that we trade texts in: each by its name, its ending, and how a file of it begins."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from i18n.exchange import po, xliff
from i18n.exchange.packages import OLE_HEADER
from i18n.exchange.units import FileRead, Reason, Rejected, Unit, rejected
from i18n.locales import Locale
from i18n.texts import Texts

LARGEST_FILE = 5 * 1024 * 1024  # bytes; every text of one language as XLIFF is some 2 MB
MOST_TEXTS = 20_000


class Format(StrEnum):
    """Values are how a file's name ends."""

    PO = "po"
    POT = "pot"
    XLIFF = "xlf"
    XLSX = "xlsx"

    @property
    def mimetype(self) -> str:
        return _MIMETYPES[self]


_MIMETYPES = {
    Format.PO: "text/x-gettext-translation",
    Format.POT: "text/x-gettext-translation-template",
    Format.XLIFF: "application/xliff+xml",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write(format_: Format, units: Sequence[Unit], locale: Locale, words: Texts) -> bytes:
    """`words`: the language that a workbook explains itself in."""
    match format_:
        case Format.PO:
            return po.write(units, locale)
        case Format.POT:
            return po.write_template(units)
        case Format.XLIFF:
            return xliff.write(units, locale)
        case Format.XLSX:
            from i18n.exchange import xlsx  # noqa: PLC0415 — its library is loaded with the first workbook

            return xlsx.write(units, locale, words)


def recognised(data: bytes) -> Format | None:
    """What the content says it is: a name may say anything. None for what is none of ours."""
    if data.startswith((b"PK\x03\x04", OLE_HEADER)):
        return Format.XLSX
    beginning = data[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    if beginning.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")):
        return Format.XLIFF
    return Format.PO if b"msgid" in data else None


def read(data: bytes) -> FileRead | Rejected:
    """A file of any of the formats, before it is judged."""
    if len(data) > LARGEST_FILE:
        return rejected(Reason.TOO_LARGE, detail=str(LARGEST_FILE // 1024 // 1024))
    if not data.strip():
        return rejected(Reason.EMPTY)
    format_ = recognised(data)
    if format_ is None:
        return rejected(Reason.UNKNOWN_FORMAT)
    file = _read(format_, data)
    if isinstance(file, FileRead) and len(file.incoming) > MOST_TEXTS:
        return rejected(Reason.TOO_MANY, detail=str(MOST_TEXTS))
    return file


def _read(format_: Format, data: bytes) -> FileRead | Rejected:
    if format_ is Format.XLSX:
        from i18n.exchange import xlsx_reading  # noqa: PLC0415 — as in `write`

        return xlsx_reading.read(data)
    return xliff.read(data) if format_ is Format.XLIFF else po.read(data)
