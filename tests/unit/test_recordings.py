"""A sound is known by its first bytes, and everything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.recordings import LARGEST, Sound, SoundRefusal, kind_of
from tests.sounds import STARTS, silence


@pytest.mark.parametrize(("content", "kind"), STARTS)
def test_each_kind_is_known_by_its_first_bytes(content: bytes, kind: Sound) -> None:
    assert kind_of(content + bytes(100)) is kind
    assert kind.media_type.startswith("audio/")


def test_only_opus_is_not_heard_on_older_iphones() -> None:
    newer = {sound for sound in Sound if not sound.plays_everywhere}
    assert newer == {Sound.WEBM, Sound.OPUS, Sound.OPUS_MP4}


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xfe<\x00s\x00",  # UTF-16
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\xff\xfb\xf0\x64",  # an MP3 frame of a rate that does not exist
        b"\xff",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"\x00\x00\x00\x1cftypheic",
        b"\x00\x00\x00\x14ftypqt  ",
        b"OggS\x00\x02" + bytes(20) + b"\x01\x2a\x80theora",
        b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska",
        b"PK\x03\x04",
        b"MThd\x00\x00",
    ],
)
def test_what_is_no_sound_of_ours_is_refused(content: bytes) -> None:
    assert kind_of(content) is SoundRefusal.OTHER_KIND


def test_an_empty_file_and_one_over_the_limit_are_refused_and_the_limit_itself_is_taken() -> None:
    assert kind_of(b"") is SoundRefusal.EMPTY
    start = silence()
    assert kind_of(start.ljust(LARGEST, b"\x80")) is Sound.WAV
    assert kind_of(start.ljust(LARGEST + 1, b"\x80")) is SoundRefusal.TOO_LARGE


@given(st.binary(max_size=80))
def test_any_bytes_are_either_a_kind_or_refused(content: bytes) -> None:
    assert isinstance(kind_of(content), Sound | SoundRefusal)


@given(st.text(min_size=1, max_size=80).filter(lambda text: not text.startswith("ID3")))
def test_no_text_of_letters_is_taken_for_a_frame_of_sound(text: str) -> None:
    start = text.encode("utf-8", "ignore")
    assert not start or kind_of(start) not in (Sound.MP3, Sound.AAC)
