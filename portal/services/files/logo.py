"""A logo for the top of a page: made anew, so that nothing comes along, and small, for it is sent to every phone."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.services import workshop

TALLEST, WIDEST = 80, 480
"""Pixels: shown at half of it, sharp on a phone."""
LARGEST_UPLOAD = 4 * 1024 * 1024
LARGEST_LOGO = 12_000
"""Bytes that each phone pays once."""
MOST_PIXELS = 40_000_000


class NoLogo(StrEnum):
    NOT_A_PICTURE = "not_a_picture"
    TOO_LARGE = "too_large"
    BUSY = "busy"


@dataclass(frozen=True)
class Logo:
    content: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:16]


def make(content: bytes) -> Logo | NoLogo:
    """Takes up to a second: never inside a transaction."""
    if len(content) > LARGEST_UPLOAD:
        return NoLogo.TOO_LARGE
    try:
        answer, pieces = workshop.have_done(make_here, {}, content)
    except workshop.BusyError:
        return NoLogo.BUSY
    except workshop.NotDoneError:
        return NoLogo.NOT_A_PICTURE
    return Logo(pieces[0], answer["width"], answer["height"]) if pieces else NoLogo.NOT_A_PICTURE


def make_here(_facts: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """In the workshop. A PNG, a JPEG or a WebP; a drawing (SVG) can carry a script and is none of them."""
    from PIL import Image  # noqa: PLC0415 — loaded in the workshop alone

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as given:
            picture = given.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return {}, []
    picture.thumbnail((WIDEST, TALLEST))
    for colours in (256, 64, 16, 4):
        out = io.BytesIO()
        picture.quantize(colours).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST_LOGO:
            break
    return {"width": picture.width, "height": picture.height}, [out.getvalue()]
