"""The segments of a JPEG, for a picture that must stay as it is but for what it tells of its maker."""

from __future__ import annotations

import struct

START, SCAN, END = 0xD8, 0xDA, 0xD9
COMMENT = 0xFE
_KEPT_APPLICATIONS = frozenset({0xE0, 0xEE})
"""JFIF, and Adobe's word on how colours are kept: without it they come out wrong."""


def without_metadata(content: bytes) -> bytes:
    """``content`` without comments and application segments (EXIF, XMP, profiles); unchanged when it is not a
    JPEG from its first byte on."""
    if content[:2] != b"\xff\xd8":
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in (SCAN, END):
            break
        length = 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if not _tells(marker):
            kept.append(content[at : at + length])
        at += length
    return b"".join(kept) + content[at:]


def _tells(marker: int) -> bool:
    return marker == COMMENT or (0xE0 <= marker <= 0xEF and marker not in _KEPT_APPLICATIONS)
