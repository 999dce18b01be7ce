"""A picture made anew: turned upright, at most 2,000 pixels wide or high, and with nothing but its pixels.

Everything else that a phone writes into a picture (where it was taken, when, with which phone) and everything
that somebody hid before, behind or inside it stays behind.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from portal.domain.files import PREVIEW_SIDE, CleanFile, FileKind, FileRefusal

LONGEST_SIDE = 2_000
MOST_PIXELS = {FileKind.JPEG: 50_000_000, FileKind.PNG: 16_000_000, FileKind.WEBP: 16_000_000}
"""A JPEG is read at a fraction of its size; the others are unpacked whole, with 4 bytes a pixel."""
LARGEST_PNG = 1_000_000
"""Letters on a screen stay sharp as PNG; what is larger than this is a photo."""
QUALITY, PREVIEW_QUALITY = 85, 70


def clean(content: bytes, kind: FileKind) -> CleanFile | FileRefusal:
    """Raises nothing for whatever ``content`` holds; ``name`` is left empty."""
    try:
        with Image.open(io.BytesIO(content), formats=(kind.value.upper(),)) as image:
            if image.width * image.height > MOST_PIXELS[kind]:
                return FileRefusal.TOO_MANY_PIXELS
            return _made_anew(image, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return FileRefusal.TOO_MANY_PIXELS
    except Exception:  # noqa: BLE001, RUF100 — decoders raise whatever they like at broken bytes
        return FileRefusal.BROKEN


def _made_anew(image: Image.Image, kind: FileKind) -> CleanFile:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = _on_white(upright)
    kept_as, content = _written(bare, kind)
    return CleanFile("", kept_as, content, _preview(bare), bare.width, bare.height)


def _preview(image: Image.Image) -> bytes | None:
    if max(image.size) <= PREVIEW_SIDE:
        return None
    small = image.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return _jpeg(small, PREVIEW_QUALITY)


def _on_white(image: Image.Image) -> Image.Image:
    """A new picture of the pixels: comments and profiles hang on the old one."""
    bare = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        bare.paste(seen, mask=seen.getchannel("A"))
    else:
        bare.paste(image.convert("RGB"))
    return bare


def _written(image: Image.Image, kind: FileKind) -> tuple[FileKind, bytes]:
    if kind is FileKind.PNG:
        out = io.BytesIO()
        image.save(out, "PNG")
        if out.tell() <= LARGEST_PNG:
            return FileKind.PNG, out.getvalue()
    return FileKind.JPEG, _jpeg(image, QUALITY)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
