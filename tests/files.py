"""Pictures and PDFs for tests, made here: no file of anybody's."""

from __future__ import annotations

import io
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from portal.domain.files import CleanFile, FileKind

PLACE = "56.15"
"""Stands in a picture's EXIF; must stand nowhere afterwards."""
MAKER = "Lones telefon"


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(out, kind, **options)
    return out.getvalue()


def picture_with_a_place(orientation: int = 1, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG with EXIF (maker, GPS, orientation) and a comment."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MAKER, orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 9.0, 0.0), 29: PLACE})
    return picture(size=size, exif=exif, comment=MAKER.encode())


def pdf(pages: int = 1, *, title: str = MAKER) -> bytes:
    return written(blank(pages, title=title))


def blank(pages: int = 1, *, title: str = MAKER) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": title, "/Author": title})
    xmp = StreamObject()
    xmp._data = f"<x:xmpmeta>{title}</x:xmpmeta>".encode()
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    return writer


def pdf_that_acts(kind: str, *, on_page: bool = False) -> bytes:
    """``kind`` as it stands in the file, such as /JavaScript, or spelled in another way."""
    writer = blank()
    action = DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject("/X"): TextStringObject("app.alert(1)")}
    )
    if on_page:
        link = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/A"): writer._add_object(action),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    else:
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    return written(writer)


def pdf_with_a_file() -> bytes:
    writer = blank()
    writer.add_attachment("hidden.exe", b"MZ")
    return written(writer)


def pdf_with_a_password() -> bytes:
    writer = blank()
    writer.encrypt("kode", algorithm="AES-256")
    return written(writer)


def pdf_with_a_photo(*, packed: bool = False) -> bytes:
    """As a phone's scanner makes it: the photo lies in it as it was taken; or packed once more."""
    writer = blank()
    photo = StreamObject()
    photo._data = zlib.compress(picture_with_a_place()) if packed else picture_with_a_place()
    photo[NameObject("/Subtype")], dct = NameObject("/Image"), NameObject("/DCTDecode")
    photo[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode"), dct]) if packed else dct
    resources = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Im"): writer._add_object(photo)})}
    )
    writer.pages[0][NameObject("/Resources")] = resources
    return written(writer)


def pdf_that_unpacks_to(size: int) -> bytes:
    """An object stream (ISO 32000-1, 7.5.7) that holds one long string: the file itself is small."""
    packed = zlib.compress(b"4 0 (" + b"A" * size + b")", 9)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Piece 4 0 R>>",
        5: _stream(b"/Type/ObjStm/N 1/First 4", packed),
    }
    content, places = b"%PDF-1.5\n", {0: (0, 0), 4: (2, 5)}
    for number, body in objects.items():
        places[number] = (1, len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(content)
    places[6] = (1, start)
    table = b"".join(bytes([places[key][0]]) + places[key][1].to_bytes(4) + b"\0" for key in sorted(places))
    cross = _stream(b"/Type/XRef/Size 7/W[1 4 1]/Root 1 0 R", zlib.compress(table))
    return content + b"6 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF" % (cross, start)


def _stream(facts: bytes, packed: bytes) -> bytes:
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (facts, len(packed), packed)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def clean_file(
    name: str = "brev.pdf", content: bytes = b"%PDF-1.7 en fil", kind: FileKind = FileKind.PDF
) -> CleanFile:
    preview = b"small" if kind.is_image else None
    return CleanFile(name, kind, content, preview, 800, 600)
