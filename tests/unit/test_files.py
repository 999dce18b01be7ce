"""Which files are taken, by their first bytes, and what is left of their names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.files import LARGEST_FILE, LONGEST_NAME, FileKind, FileRefusal, kind_of, safe_name


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe0", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", FileKind.WEBP),
        (b"%PDF-1.7", FileKind.PDF),
        (b"\x00\x00\x00\x18ftypheic", FileRefusal.HEIC),
        (b"\x00\x00\x00\x18ftypmif1", FileRefusal.HEIC),
        (b"\x00\x00\x00\x18ftypisom", FileRefusal.OTHER_KIND),
        (b"MZ\x90\x00", FileRefusal.OTHER_KIND),
        (b"PK\x03\x04%PDF-1.7", FileRefusal.OTHER_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", FileRefusal.OTHER_KIND),
        (b"GIF89a", FileRefusal.OTHER_KIND),
        (b"\n%PDF-1.7", FileRefusal.OTHER_KIND),
        (b"", FileRefusal.EMPTY),
    ],
)
def test_a_file_is_what_its_first_bytes_say(start: bytes, kind: FileKind | FileRefusal) -> None:
    assert kind_of(start) is kind


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    assert kind_of(b"%PDF-".ljust(LARGEST_FILE, b" ")) is FileKind.PDF
    assert kind_of(b"%PDF-".ljust(LARGEST_FILE + 1, b" ")) is FileRefusal.TOO_LARGE


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Brev fra lægen.pdf", "Brev fra lægen.pdf"),
        ("رسالة.PDF", "رسالة.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Mette\brev.pdf", "brev.pdf"),
        ("brev.exe", "brev.pdf"),
        ("brev\u202efdp.exe", "brevfdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("to   ord .pdf", "to ord.pdf"),
        ("...", None),
        ("", None),
        (".pdf", None),
        ("\u200b.pdf", None),
        ("mødereferat 3.12.2026", "mødereferat 3.12.pdf"),
    ],
)
def test_a_name_keeps_its_words_and_gets_the_ending_of_what_it_is(given: str, kept: str | None) -> None:
    assert safe_name(given, FileKind.PDF) == kept


@given(st.text(max_size=300), st.sampled_from(FileKind))
def test_no_name_holds_a_folder_or_an_unseen_sign_or_grows_too_long(given: str, kind: FileKind) -> None:
    kept = safe_name(given, kind)
    if kept is None:
        return
    assert kept.endswith(kind.suffix) and 0 < len(kept) <= LONGEST_NAME
    assert not kept.startswith(".") and not set(kept) & set("/\\")
    assert not any(unicodedata.category(each).startswith("C") for each in kept)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_there_is_an_answer(content: bytes) -> None:
    assert isinstance(kind_of(content), FileKind | FileRefusal)
