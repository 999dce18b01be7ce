"""Readings of questions, recorded by people: which kinds of sound are taken, and how each is known."""

from __future__ import annotations

from enum import StrEnum

LONGEST_SECONDS = 120
LARGEST = 1024 * 1024
"""Bytes: two minutes of speech, and three seconds of waiting at 3 Mbit/s."""


class Sound(StrEnum):
    """The value is the ending in its address."""

    MP3 = "mp3"
    OPUS = "ogg"
    M4A = "m4a"
    AAC = "aac"
    WAV = "wav"
    WEBM = "webm"
    OPUS_MP4 = "mp4"
    """Opus in an MP4: what Chromium makes where it has no AAC."""

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @property
    def plays_everywhere(self) -> bool:
        """Opus does not on older iPhones: in WebM from iOS 15, in Ogg and MP4 later still."""
        return self not in (Sound.OPUS, Sound.WEBM, Sound.OPUS_MP4)


class SoundRefusal(StrEnum):
    """Words for the catalogs; each text says what to do instead."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    TEXT_CHANGED = "text_changed"
    """The wording that was read is no longer the one that stands."""


_MEDIA_TYPES = {
    Sound.MP3: "audio/mpeg",
    Sound.OPUS: "audio/ogg",
    Sound.M4A: "audio/mp4",
    Sound.AAC: "audio/aac",
    Sound.WAV: "audio/wav",
    Sound.WEBM: "audio/webm",
    Sound.OPUS_MP4: "audio/mp4",
}
_MP4_BRANDS = (b"M4A ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash")
_EBML = b"\x1a\x45\xdf\xa3"
_OPUS_BOX = b"dOps"
"""Names the codec in an MP4 (Encapsulation of Opus in ISO Base Media File Format)."""
_OPUS_AT = 28
"""Behind the header of an Ogg page with one segment (RFC 3533, RFC 7845)."""


def kind_of(content: bytes) -> Sound | SoundRefusal:
    """By its first bytes: neither the name nor what the browser says counts."""
    if not content:
        return SoundRefusal.EMPTY
    if len(content) > LARGEST:
        return SoundRefusal.TOO_LARGE
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return Sound.WAV
    if content[:4] == b"OggS" and content[_OPUS_AT : _OPUS_AT + 8] == b"OpusHead":
        return Sound.OPUS
    if content[4:8] == b"ftyp" and content[8:12] in _MP4_BRANDS:
        return Sound.OPUS_MP4 if _OPUS_BOX in content else Sound.M4A
    if content[:4] == _EBML and b"webm" in content[:64]:
        return Sound.WEBM
    return Sound.MP3 if content[:3] == b"ID3" else _by_frame(content)


def _by_frame(content: bytes) -> Sound | SoundRefusal:
    """MPEG audio without a tag: eleven bits of sync, then version and layer. ADTS has layer 0, MP3 layer III."""
    if len(content) < 4 or content[0] != 0xFF:
        return SoundRefusal.OTHER_KIND
    if content[1] & 0xF6 == 0xF0:
        return Sound.AAC
    is_layer_three = content[1] & 0xE6 == 0xE2 and content[1] & 0x18 != 0x08
    has_rates = content[2] & 0xF0 != 0xF0 and content[2] & 0x0C != 0x0C
    return Sound.MP3 if is_layer_three and has_rates else SoundRefusal.OTHER_KIND
