"""The first bytes of each kind of sound that is taken, and a whole WAV of silence."""

from __future__ import annotations

import io
import wave

from portal.domain.recordings import Sound


def silence(samples: int = 80) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * samples)
    return out.getvalue()


STARTS = (
    (b"ID3\x04\x00\x00\x00\x00\x00\x00", Sound.MP3),
    (b"\xff\xfb\x90\x64\x00\x00", Sound.MP3),
    (b"\xff\xf3\x48\xc4\x00\x00", Sound.MP3),
    (b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01", Sound.OPUS),
    (b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00", Sound.M4A),
    (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", Sound.M4A),
    (b"\x00\x00\x00\x1cftypisom\x00\x00\x00\x00" + bytes(400) + b"\x00\x00\x00\x13dOps", Sound.OPUS_MP4),
    (b"\xff\xf1\x50\x80\x2e\x7f", Sound.AAC),
    (silence(), Sound.WAV),
    (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm", Sound.WEBM),
)
