"""Files that come with a message: which are taken, what their names may hold, and why one is refused."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MOST_FILES = 3
LARGEST_FILE = 8 * 1024 * 1024
MOST_IN_A_DAY = 30
"""From one citizen or to her, in 24 hours: a thread is no store for a photo collection."""
LONGEST_NAME = 80
PREVIEW_SIDE = 360
"""Pixels, of the small picture in the thread."""


class FileKind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        return "application/pdf" if self is FileKind.PDF else f"image/{self.value}"

    @property
    def suffix(self) -> str:
        return ".jpg" if self is FileKind.JPEG else f".{self.value}"

    @property
    def is_image(self) -> bool:
        return self is not FileKind.PDF


class FileRefusal(StrEnum):
    """Words for the catalogs; each text says what to do instead."""

    TOO_MANY = "too_many"
    TOO_MANY_TODAY = "too_many_today"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    HEIC = "heic"
    OTHER_KIND = "other_kind"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    LOCKED = "locked"
    """A PDF with a password or with rights taken away."""
    ACTIVE = "active"
    """A PDF that holds a script, another file, or asks the reader's machine to do something."""
    TOO_BUSY = "too_busy"


@dataclass(frozen=True)
class CleanFile:
    """What is kept of a file: made anew from its content, so nothing else of it is left. ``preview`` is a small
    JPEG of a large image; ``width`` and ``height`` are its own pixels."""

    name: str
    kind: FileKind
    content: bytes
    preview: bytes | None = None
    width: int = 0
    height: int = 0


_STARTS = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"%PDF-", FileKind.PDF),
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def kind_of(content: bytes) -> FileKind | FileRefusal:
    """By its first bytes: neither the name nor what the browser says counts."""
    if not content:
        return FileRefusal.EMPTY
    if len(content) > LARGEST_FILE:
        return FileRefusal.TOO_LARGE
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return FileRefusal.HEIC
    return FileRefusal.OTHER_KIND


def safe_name(given: str, kind: FileKind) -> str | None:
    """The name without folders, signs that cannot be seen or turn the text around, and with the ending that fits
    the content. None when nothing is left to call it by."""
    last = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(each for each in last if unicodedata.category(each) not in _DROPPED)
    stem = " ".join(shown.split())
    before, dot, ending = stem.rpartition(".")
    if dot and len(ending) <= 5:
        stem = before
    stem = stem.strip(". ")[: LONGEST_NAME - 5].rstrip(". ")
    return stem + kind.suffix if stem else None
