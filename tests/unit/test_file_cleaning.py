"""What is left of a picture or a PDF when it has been made anew, and what is not taken."""

from __future__ import annotations

import io
import struct
import zlib
from threading import BoundedSemaphore
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from portal.domain.files import CleanFile, FileKind, FileRefusal
from portal.services import workshop
from portal.services.files import cleaning, documents, images
from portal.services.files.jpeg import without_metadata
from tests import files


def image_of(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def taken(done: CleanFile | FileRefusal) -> CleanFile:
    assert isinstance(done, CleanFile), done
    return done


def test_where_and_with_what_a_picture_was_taken_is_gone() -> None:
    given = files.picture_with_a_place(size=(640, 480))
    assert files.PLACE.encode() in given and files.MAKER.encode() in given
    done = taken(images.clean(given, FileKind.JPEG))
    assert done.preview
    for content in (done.content, done.preview):
        assert files.PLACE.encode() not in content and files.MAKER.encode() not in content
        assert not image_of(content).getexif()
        assert "comment" not in image_of(content).info


def test_a_picture_that_lay_on_its_side_stands_upright() -> None:
    done = taken(images.clean(files.picture_with_a_place(orientation=6, size=(64, 48)), FileKind.JPEG))
    assert (done.width, done.height) == (48, 64) == image_of(done.content).size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_is_made_small_enough_to_look_at(kind: str) -> None:
    done = taken(images.clean(files.picture(kind, (3000, 1500)), FileKind(kind.lower())))
    assert (done.width, done.height) == (2000, 1000)
    assert max(image_of(done.preview or b"").size) == 360


def test_letters_on_a_screen_stay_png_and_the_rest_becomes_jpeg() -> None:
    assert taken(images.clean(files.picture("PNG"), FileKind.PNG)).kind is FileKind.PNG
    assert taken(images.clean(files.picture("WEBP"), FileKind.WEBP)).kind is FileKind.JPEG
    out = io.BytesIO()
    Image.effect_noise((1400, 1000), 90).convert("RGB").save(out, "PNG")
    assert taken(images.clean(out.getvalue(), FileKind.PNG)).kind is FileKind.JPEG


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_to_keep_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, kind)
    assert taken(images.clean(out.getvalue(), FileKind(kind.lower()))).width == 30


def test_what_can_be_seen_through_stands_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert image_of(taken(images.clean(out.getvalue(), FileKind.PNG)).content).getpixel((3, 3)) == (
        255,
        255,
        255,
    )


def test_what_hides_behind_a_picture_is_gone() -> None:
    hidden = b"PK\x03\x04<script>alert(1)</script>"
    for kind in ("JPEG", "PNG"):
        done = taken(images.clean(files.picture(kind) + hidden, FileKind(kind.lower())))
        assert hidden not in done.content


def test_a_picture_that_unpacks_to_more_than_a_phone_makes_is_refused_before_it_is_unpacked() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )
    assert images.clean(bomb, FileKind.PNG) is FileRefusal.TOO_MANY_PIXELS
    assert images.clean(files.picture("PNG", (5000, 4000)), FileKind.PNG) is FileRefusal.TOO_MANY_PIXELS


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused_and_so_is_one_of_another_kind(kind: str) -> None:
    whole = files.picture(kind, (400, 300))
    assert images.clean(whole[: len(whole) // 2], FileKind(kind.lower())) is FileRefusal.BROKEN
    other = FileKind.PNG if kind == "JPEG" else FileKind.JPEG
    assert images.clean(whole, other) is FileRefusal.BROKEN


@settings(max_examples=40)
@given(st.binary(max_size=300), st.sampled_from([kind for kind in FileKind if kind.is_image]))
def test_broken_bytes_are_an_answer_not_a_fault(content: bytes, kind: FileKind) -> None:
    start = {
        FileKind.JPEG: b"\xff\xd8\xff",
        FileKind.PNG: b"\x89PNG\r\n\x1a\n",
        FileKind.WEBP: b"RIFF\0\0\0\0WEBP",
    }
    assert isinstance(images.clean(start[kind] + content, kind), FileRefusal)
    assert isinstance(documents.clean(b"%PDF-1.7\n" + content), FileRefusal)


def test_a_pdf_keeps_its_pages_and_forgets_its_maker() -> None:
    given = files.pdf(3)
    assert files.MAKER.encode() in given
    done = taken(documents.clean(given))
    assert len(PdfReader(io.BytesIO(done.content)).pages) == 3
    assert files.MAKER.encode() not in done.content and b"xmpmeta" not in done.content
    assert not PdfReader(io.BytesIO(done.content)).metadata


@pytest.mark.parametrize("kind", sorted(documents.ACTING - {"/EmbeddedFile"}))
@pytest.mark.parametrize("on_page", [False, True])
def test_a_pdf_that_acts_is_refused(kind: str, on_page: bool) -> None:
    assert documents.clean(files.pdf_that_acts(kind, on_page=on_page)) is FileRefusal.ACTIVE


def test_a_pdf_that_hides_its_script_in_another_spelling_is_refused() -> None:
    given = files.pdf_that_acts("/JavaScript").replace(b"/JavaScript", b"/J#61vaScript")
    assert b"/JavaScript" not in given
    assert documents.clean(given) is FileRefusal.ACTIVE


def test_a_pdf_that_carries_another_file_is_refused() -> None:
    assert documents.clean(files.pdf_with_a_file()) is FileRefusal.ACTIVE


def test_a_pdf_with_a_link_to_a_page_on_the_web_is_taken() -> None:
    taken(documents.clean(files.pdf_that_acts("/URI", on_page=True)))


def test_a_locked_pdf_is_refused_as_such() -> None:
    assert documents.clean(files.pdf_with_a_password()) is FileRefusal.LOCKED


def test_half_a_pdf_and_one_without_pages_are_refused() -> None:
    whole = files.pdf()
    assert documents.clean(whole[:60]) is FileRefusal.BROKEN
    assert documents.clean(files.pdf(0)) is FileRefusal.BROKEN


def test_what_hides_before_and_behind_a_pdf_is_gone() -> None:
    done = taken(documents.clean(files.pdf() + b"PK\x03\x04<script>"))
    assert b"<script>" not in done.content


def test_a_small_pdf_that_unpacks_to_a_huge_one_is_refused() -> None:
    given = files.pdf_that_unpacks_to(13 * 1024 * 1024)
    assert len(given) < 100_000
    assert documents.clean(given) is FileRefusal.TOO_LARGE
    assert isinstance(documents.clean(files.pdf_that_unpacks_to(100_000)), CleanFile)


def test_a_photo_in_a_pdf_does_not_tell_where_it_was_taken() -> None:
    given = files.pdf_with_a_photo()
    assert files.PLACE.encode() in given
    done = taken(documents.clean(given))
    assert files.PLACE.encode() not in done.content and files.MAKER.encode() not in done.content
    assert b"/DCTDecode" in done.content


def test_nor_does_a_photo_that_is_packed_once_more() -> None:
    done = taken(documents.clean(files.pdf_with_a_photo(packed=True)))
    page: Any = PdfReader(io.BytesIO(done.content)).pages[0]
    photo = page["/Resources"]["/XObject"]["/Im"]._data
    kept = zlib.decompress(photo) if photo.startswith(b"x") else photo
    assert image_of(kept).size == (64, 48)
    assert files.PLACE.encode() not in kept and files.MAKER.encode() not in kept


def test_a_jpeg_without_its_segments_is_the_same_picture() -> None:
    given = files.picture_with_a_place()
    bare = without_metadata(given)
    assert len(bare) < len(given)
    assert image_of(bare).tobytes() == image_of(given).tobytes()
    assert without_metadata(b"no jpeg") == b"no jpeg"


@given(st.binary(max_size=100))
def test_broken_segments_do_no_harm(content: bytes) -> None:
    assert len(without_metadata(b"\xff\xd8" + content)) <= len(content) + 2


def test_the_workshop_gives_back_what_was_made_there() -> None:
    done = taken(cleaning.clean(files.picture(size=(720, 480))))
    assert (done.kind, done.width, done.height) == (FileKind.JPEG, 720, 480)
    assert image_of(done.preview or b"").size == (360, 240)
    assert taken(cleaning.clean(files.picture())).preview is None, "what is small is its own preview"
    assert cleaning.clean(files.pdf_with_a_file()) is FileRefusal.ACTIVE
    assert cleaning.clean(b"\xff\xd8\xff") is FileRefusal.BROKEN


def test_a_workshop_that_breaks_down_is_a_refusal_not_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "START", "raise SystemExit(1)")
    assert cleaning.clean(files.picture()) is FileRefusal.BROKEN
    monkeypatch.setattr(workshop, "START", "print('nonsense')")
    assert cleaning.clean(files.picture()) is FileRefusal.BROKEN


def test_who_finds_the_workshop_full_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(workshop, "AT_ONCE", BoundedSemaphore(1))
    with workshop.AT_ONCE:
        assert cleaning.clean(files.picture()) is FileRefusal.TOO_BUSY


def test_who_waits_for_the_workshop_does_not_take_every_thread_of_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workshop, "IN_LINE", BoundedSemaphore(1))
    with workshop.IN_LINE:
        assert cleaning.clean(files.picture()) is FileRefusal.TOO_BUSY
    assert isinstance(cleaning.clean(files.picture()), CleanFile)


def test_the_workshop_has_nothing_of_ours_to_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "to be kept")
    look = (
        "import os, sys, json; sys.path.insert(0, sys.argv[1]); from portal.services import workshop; "
        "answer = {'keys': sorted(os.environ), 'flask': 'flask' in sys.modules, 'sql': 'sqlalchemy' in sys.modules}; "
        "sys.stdout.buffer.write(workshop._packed(answer, []))"
    )
    monkeypatch.setattr(workshop, "START", look)
    answer, _ = workshop.have_done(cleaning.clean_here, {})
    assert "SECRET_KEY" not in answer["keys"]
    assert not answer["flask"] and not answer["sql"]
